"""The layout of a solution: `bots/SCHEMA/bot.xml`, `botcomponents/SCHEMA/{botcomponent.xml,data}`.

The same files lie in a solution zip and in the folder into which it was unpacked.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from harness.reference.bot.exports.packages import (
    TOPIC,
    Component,
    Export,
    Package,
    Problem,
    component,
)
from harness.reference.bot.exports.trees import Files, Reading, said

BOT = re.compile(r"(?P<root>(?:.*/)?)bots/(?P<schema>[^/]+)/(?P<part>bot\.xml|configuration\.json)")
PART = re.compile(
    r"(?P<root>(?:.*/)?)botcomponents/(?P<schema>[^/]+)/(?P<part>botcomponent\.xml|data(?:\.ya?ml)?)"
)
TEXTS = ("data", "data.yml", "data.yaml")
"""What the YAML of a component is called."""

TRANSLATION = "10"
OLD = frozenset(map(str, range(9)))
"""Component types of the first Power Virtual Agents: its topics are no YAML."""


def roots(files: Files) -> set[str]:
    """The folders in which a solution lies: what stands before `bots/` and `botcomponents/`."""
    found = (BOT.fullmatch(path) or PART.fullmatch(path) for path in files)
    return {match["root"] for match in found if match}


def read(files: Files, root: str) -> Export:
    """The bots of the solution below a root, oldest problem first."""
    reading = Reading(root, files, [])
    parts = sorted({m["schema"] for m in map(PART.fullmatch, files) if m and m["root"] == root})
    found = [part for schema in parts if (part := _part(reading, schema))]
    bots = sorted({m["schema"] for m in map(BOT.fullmatch, files) if m and m["root"] == root})
    bots = [bot for bot in bots if _is_there(reading, f"{root}bots/{bot}/bot.xml")]
    owned: dict[str, list[Component]] = defaultdict(list)
    for component_, parent in found:
        owned[_owner(component_.schema, parent, bots)].append(component_)
    packages = [_package(reading, bot, owned.pop(bot, [])) for bot in bots]
    packages += _collections(reading, owned, bots)
    return Export(tuple(packages), tuple(reading.problems))


def _is_there(reading: Reading, path: str) -> bool:
    if not reading.has(path):
        reading.problems.append(Problem(path, 1, "this file is missing; export the solution again"))
    return reading.has(path)


def _part(reading: Reading, schema: str) -> tuple[Component, str] | None:
    """A component and the bot that it says it belongs to; None for what holds no content."""
    folder = f"{reading.root}botcomponents/{schema}"
    about = None
    if reading.has(f"{folder}/botcomponent.xml"):
        about = reading.xml(f"{folder}/botcomponent.xml")
    kind = said(about, "componenttype")
    path = next(
        (p for end in TEXTS if reading.has(p := f"{folder}/{end}")),
        None,
    )
    if path is None:
        _miss(reading, folder, kind)
        return None
    text = reading.text(path)
    if text is None or kind == TRANSLATION:
        return None
    schema = about.get("schemaname", schema) if about is not None else schema
    part = component(
        path, schema, text, name=said(about, "name"), active=said(about, "statecode") != "1"
    )
    if not part.kind and ".topic." in schema:
        # A topic that is torn has lost its kind; it is told as what it was.
        part = replace(part, kind=TOPIC)
    return part, said(about, "parentbotid/schemaname")


def _miss(reading: Reading, folder: str, kind: str) -> None:
    if kind in OLD:
        what = (
            "a component of the first Power Virtual Agents (now Classic), whose content is no YAML"
            " and is not read; make the topic in Copilot Studio, and export that bot"
        )
    elif kind == "9" and ".topic." in folder:
        what = "a topic whose `data` is missing; export the solution again"
    else:
        return
    reading.problems.append(Problem(f"{folder}/botcomponent.xml", 1, what))


def owner_of(reading: Reading, schema: str, bots: list[str]) -> str:
    """The bot that the component of a schema name belongs to."""
    path = f"{reading.root}botcomponents/{schema}/botcomponent.xml"
    about = reading.xml(path) if reading.has(path) else None
    return _owner(schema, said(about, "parentbotid/schemaname"), bots)


def _owner(schema: str, parent: str, bots: list[str]) -> str:
    """The bot of a component; without one the part of its own name that would name it."""
    if parent in bots:
        return parent
    prefixes = [bot for bot in bots if schema.startswith(f"{bot}.")]
    if prefixes:
        return max(prefixes, key=len)
    # What a component collection brings is written for another bot and used by this one.
    return bots[0] if len(bots) == 1 else schema.partition(".")[0]


def _package(reading: Reading, schema: str, parts: list[Component]) -> Package:
    file = f"{reading.root}bots/{schema}/bot.xml"
    about = reading.xml(file)
    return Package(
        name=said(about, "name") or schema,
        schema=schema,
        components=tuple(parts),
        language=said(about, "language"),
        template=said(about, "template"),
        recognizer=_recognizer(reading, f"{reading.root}bots/{schema}/configuration.json"),
        file=file,
        # Sign-in by Teams (2) asks nobody in a chat.
        signs_in=said(about, "authenticationmode") in ("3", "4")
        and said(about, "authenticationtrigger") == "1",
    )


def _recognizer(reading: Reading, path: str) -> str:
    if not reading.has(path) or (text := reading.text(path)) is None:
        return ""
    try:
        found = json.loads(text)
        recognizer = found.get("recognizer") or {}
        return str(recognizer.get("$kind", ""))
    except (ValueError, AttributeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        reading.problems.append(Problem(path, line, "not the JSON of a bot's configuration", False))
    return ""


def _collections(
    reading: Reading, owned: Mapping[str, list[Component]], bots: list[str]
) -> Iterator[Package]:
    """What belongs to no bot here: a collection of topics, which is run as a bot of its own."""
    for schema, parts in sorted(owned.items()):
        if bots:
            what = f"belongs to no bot of this solution ({', '.join(bots)}); it is left out"
            reading.problems += [Problem(part.file, 1, what, fatal=False) for part in parts]
        else:
            yield Package(schema, schema, tuple(parts), file=f"{reading.root}botcomponents")
