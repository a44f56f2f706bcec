"""What a package says of itself and of its bots, beside what the bots say to customers.

`solution.xml` names the solution, its version and its publisher; `bot.xml` and
`configuration.json` say how often a bot was changed, whether it was published, and which channels
are on. A package whose files cannot be read, or are not those of the layout, is a list of problems.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from harness.reference.bot import documents
from harness.reference.bot.exports import solutions, trees
from harness.reference.bot.exports.packages import Export, Problem
from harness.reference.bot.exports.trees import Files, Reading, said

MANIFEST, CUSTOMISATIONS, TYPES = "solution.xml", "customizations.xml", "[Content_Types].xml"
UNPACKED = {"Other/Solution.xml": MANIFEST, "Other/Customizations.xml": CUSTOMISATIONS}
"""What the platform's own tool calls them when it unpacks a package, and their names in one."""

OMNICHANNEL, TEAMS, TELEPHONY = "Omnichannel", "MsTeams", "Telephony"
"""Channels of `configuration.json`; that of Teams is documented, the others are inferred (0009)."""

DEEPEST = 200
"""How deep XML may be nested that is no bot's: forms of tables go far deeper than bots."""

ROOTS = (
    (re.compile(r"solution\.xml|Other/Solution\.xml"), "ImportExportXml"),
    (re.compile(r"customizations\.xml|Other/Customizations\.xml"), "ImportExportXml"),
    (re.compile(r"bots/[^/]+/bot\.xml"), "bot"),
    (re.compile(r"botcomponents/[^/]+/botcomponent\.xml"), "botcomponent"),
)
"""What the files of a package begin with; what begins otherwise is of something else."""

MOST_SAID = 4 * 1024 * 1024
"""Bytes of YAML that the bots of one package may have: a thousand topics of some kilobytes."""

LONGEST_TITLE = 256
ARCHIVES = (".zip", ".7z", ".gz", ".bz2", ".xz", ".tar", ".rar", ".cab", ".jar")
HOLDERS = (".msapp", ".docx", ".xlsx", ".pptx", ".nupkg")
"""Files that are zip archives by their nature; they are kept shut."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,64}")
_SCHEMA = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,99}")
_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){1,3}")
_SPELLED = re.compile(r"(?P<root>.*?)(?:Other/Solution\.xml|solution\.xml)")
NEEDED = "MissingDependencies/MissingDependency/Required"
_EXACT = {"bots", "botcomponents"}


@dataclass(frozen=True, slots=True)
class Need:
    """Something that the package says must be there already: in that solution, by that name."""

    solution: str
    schema: str
    what: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `solution.xml` says; `prefix` is what the publisher's names begin with."""

    name: str
    title: str
    version: str
    managed: bool
    publisher: str
    prefix: str
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a bot stood when it was exported; a package of another maker may say less."""

    revision: int = 1
    published: bool = False
    channels: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Parcel:
    """A package that was read: its manifest, its bots, and each file by what it belongs to.

    `standings` and `files` go by the bot's schema name; `rest` belongs to the solution.
    """

    manifest: Manifest
    export: Export
    standings: Mapping[str, Standing] = field(default_factory=dict)
    files: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    rest: Mapping[str, bytes] = field(default_factory=dict)


def read(files: Files) -> tuple[Parcel | None, tuple[Problem, ...]]:
    """The package in these files, and everything that is wrong with it; None without a manifest."""
    root, problems = _root(files)
    if root is None:
        return None, tuple(problems)
    reading = Reading(root, files, problems)
    problems += _misplaced(files, root)
    if too_much := _too_much(files):
        return None, (*problems, too_much)
    manifest = _manifest(reading)
    _check_xml(reading)
    export = solutions.read(files, root)
    problems += [problem for problem in export.problems if problem.fatal]
    problems += _torn(export)
    problems += _misnamed(export)
    bots = {package.schema: package.file for package in export.packages}
    for schema, file in bots.items():
        if not file.endswith("/bot.xml"):
            reading.wrong(file, f"{schema} is no bot: a package of components alone brings none")
    if not bots:
        reading.wrong(f"{root}bots", "there is no bot in this solution")
    standings = {schema: _standing(reading, schema) for schema in bots}
    if manifest is None or problems:
        return None, tuple(dict.fromkeys(problems))
    owned, rest = _shared_out(reading, sorted(bots))
    return Parcel(manifest, export, standings, owned, rest), ()


def _root(files: Files) -> tuple[str | None, list[Problem]]:
    """Where the solution lies: at the top, or in one folder that somebody zipped as a whole."""
    found = [path for path in files if posixpath.basename(path).casefold() == MANIFEST]
    found = [path for path in found if "/bots/" not in f"/{path}" and "/botcomponents/" not in path]
    if not found:
        return None, [Problem(MANIFEST, 1, "this file is missing, so it is no solution package")]
    if len(found) > 1:
        return None, [Problem(path, 1, "there is more than one solution in here") for path in found]
    match = _SPELLED.fullmatch(found[0])
    if match is None:
        what = f"the platform reads {MANIFEST} in exactly these letters; export the solution again"
        return None, [Problem(found[0], 1, what)]
    return match["root"], []


def _misplaced(files: Files, root: str) -> Iterator[Problem]:
    """Files that no package has: outside, in other letters, archives in the archive."""
    customised = {f"{root}{CUSTOMISATIONS}", f"{root}Other/Customizations.xml"}
    if not customised & files.keys():
        yield Problem(f"{root}{CUSTOMISATIONS}", 1, "this file is missing; export it again")
    for path, content in files.items():
        top = path.removeprefix(root).partition("/")[0]
        ending = posixpath.splitext(path)[1].casefold()
        if not path.startswith(root):
            yield Problem(path, 1, f"it lies outside the solution, which is in {root}")
        elif top.casefold() in _EXACT and top not in _EXACT:
            yield Problem(path, 1, f"the platform reads the folder {top.casefold()}, not {top}")
        elif ending in ARCHIVES or (content.startswith(b"PK\3\4") and ending not in HOLDERS):
            yield Problem(path, 1, "an archive in the archive; no export has one")


def _manifest(reading: Reading) -> Manifest | None:
    path = f"{reading.root}{MANIFEST}"
    if not reading.has(path):
        path = f"{reading.root}Other/Solution.xml"
    tree = reading.xml(path)
    about = None if tree is None else tree.find("SolutionManifest")
    if tree is None:
        return None
    name, version = said(about, "UniqueName"), said(about, "Version")
    managed, publisher = said(about, "Managed"), said(about, "Publisher/UniqueName")
    prefix = said(about, "Publisher/CustomizationPrefix")
    localized = None if about is None else about.find("LocalizedNames/LocalizedName")
    title = (localized is not None and localized.get("description", "").strip()) or name
    for value, fits, what in (
        (name, _NAME.fullmatch(name), "UniqueName"),
        (version, _VERSION.fullmatch(version), "Version"),
        (managed, managed in ("0", "1"), "Managed"),
        (publisher, _NAME.fullmatch(publisher), "Publisher/UniqueName"),
        (prefix or "none", not prefix or _NAME.fullmatch(prefix), "Publisher/CustomizationPrefix"),
        (title, len(title) <= LONGEST_TITLE, "LocalizedNames/LocalizedName"),
    ):
        if not fits:
            wrong = f"cannot be {value[:60]!r}" if value else "is missing"
            reading.wrong(path, f"SolutionManifest/{what} {wrong}")
    return Manifest(
        name,
        title,
        version,
        managed == "1",
        publisher,
        prefix,
        () if about is None else tuple(map(_need, about.iterfind(NEEDED))),
    )


def _need(required: Element) -> Need:
    schema = required.get("schemaName") or required.get("id.schemaname") or ""
    what = required.get("displayName") or schema or required.get("type") or "something"
    # `Name (version)`, or `Active` for what is in no managed solution.
    return Need((required.get("solution") or "").partition(" ")[0], schema, what[:100])


def _too_much(files: Files) -> Problem | None:
    """Found before any of it is read: YAML takes a second for each megabyte or less."""
    said_so_far = 0
    for path, content in files.items():
        if posixpath.basename(path) in solutions.TEXTS:
            said_so_far += len(content)
        if said_so_far > MOST_SAID:
            return Problem(path, 1, f"with it the bots have more than {MOST_SAID:,} bytes of YAML")
    return None


def _check_xml(reading: Reading) -> None:
    """Reads what the bots do not need, too: it is kept, and nobody should be given a trap."""
    for path in reading.files:
        if not path.casefold().endswith(".xml"):
            continue
        place = path.removeprefix(reading.root)
        kind = next((kind for form, kind in ROOTS if form.fullmatch(place)), "")
        tree = reading.xml(path, DEEPEST if not kind.startswith("bot") else trees.DEEPEST)
        if tree is not None and kind and tree.tag != kind:
            reading.wrong(path, f"it begins with <{tree.tag[:60]}>, not with <{kind}>")


def _misnamed(export: Export) -> Iterator[Problem]:
    """Bots and components that are called otherwise than the folders in which they lie."""
    for package in export.packages:
        if not _SCHEMA.fullmatch(package.schema):
            yield Problem(package.file, 1, f"{package.schema[:60]!r} is no schema name of a bot")
        for part in package.components:
            folder = posixpath.basename(posixpath.dirname(part.file))
            if part.schema.casefold() != folder.casefold():
                what = f"it is of {part.schema[:60]!r}, not {folder!r}"
                yield Problem(f"{posixpath.dirname(part.file)}/botcomponent.xml", 1, what)


def _torn(export: Export) -> Iterator[Problem]:
    """Entities and variables whose YAML cannot be read; of topics the export tells by itself."""
    for package in export.packages:
        for part in (*package.entities, *package.variables):
            try:
                documents.read(part.text)
            except documents.DocumentInvalid as error:
                yield Problem(part.file, error.line, error.reason)


def _standing(reading: Reading, schema: str) -> Standing:
    folder = f"{reading.root}bots/{schema}"
    if not reading.has(f"{folder}/bot.xml"):
        return Standing()
    about = reading.xml(f"{folder}/bot.xml")
    named = schema if about is None else about.get("schemaname", schema)
    if named != schema:
        reading.wrong(f"{folder}/bot.xml", f"it is of {named[:60]!r}, not {schema!r}")
    counted = said(about, "versionnumber")
    if counted and not (counted.isdecimal() and len(counted) < 10):
        reading.wrong(f"{folder}/bot.xml", f"versionnumber cannot be {counted[:60]!r}")
        counted = ""
    published = _json(reading, f"{folder}/bot.xml", said(about, "synchronizationstatus"))
    path = f"{folder}/configuration.json"
    text = (reading.text(path) if reading.has(path) else "") or ""
    configuration = _json(reading, path, text)
    if not _lists_channels(configuration.get("channels") or []):
        reading.wrong(path, "channels is a list of objects, each with a channelId that is text")
    return Standing(
        int(counted or 1),
        isinstance(published.get("lastPublishedDetails"), dict),
        channels(configuration),
    )


def _lists_channels(found: Any) -> bool:
    return isinstance(found, list) and all(
        isinstance(each, dict) and isinstance(each.get("channelId"), str) for each in found
    )


def channels(configuration: Mapping[str, Any]) -> frozenset[str]:
    """The channels that a bot's `configuration.json` has on."""
    found = configuration.get("channels")
    listed = found if isinstance(found, list) else []
    return frozenset(str(each.get("channelId")) for each in listed if isinstance(each, dict))


def _json(reading: Reading, path: str, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text else {}
        # Written again with the next export: half a character has no bytes.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        reading.wrong(path, f"not JSON: {error}", line)
        return {}
    if not isinstance(found, dict):
        reading.wrong(path, "not a JSON object")
        return {}
    return found


def _shared_out(
    reading: Reading, bots: list[str]
) -> tuple[dict[str, dict[str, bytes]], dict[str, bytes]]:
    """Each file by the bot that it belongs to, and the solution's own; paths below the root."""
    owned: dict[str, dict[str, bytes]] = {bot: {} for bot in bots}
    rest: dict[str, bytes] = {}
    owners: dict[str, str] = {}
    for path, content in reading.files.items():
        place = path.removeprefix(reading.root)
        folder, _, name = place.partition("/")
        schema = name.partition("/")[0]
        if folder == "bots" and schema in owned:
            owned[schema][place] = content
        elif folder == "botcomponents":
            if schema not in owners:
                owners[schema] = solutions.owner_of(reading, schema, bots)
            owned.get(owners[schema], rest)[place] = content
        else:
            rest[UNPACKED.get(place, place)] = content
    return owned, rest
