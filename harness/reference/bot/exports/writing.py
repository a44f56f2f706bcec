"""Writes a solution package as the platform lays it out (docs/decisions/0009-solutions.md).

A bot that came from a package is written over the files it came with: what the reference does not
run (knowledge, settings, flows) is given back as it was, and a topic that nobody has changed keeps
its very bytes. The same bots give the same files, in the same order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml.ElementTree import fromstring

from harness.reference.bot.exports import manifests
from harness.reference.bot.exports.manifests import Manifest, Standing
from harness.reference.bot.exports.packages import decoded

PRODUCT = "9.2.24000.00000"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
STREAM = "application/octet-stream"
ENGLISH = "1033"
NEWEST = "9"
"""The component type of what is written as YAML."""

_SECTIONS = (
    "Entities",
    "Roles",
    "Workflows",
    "FieldSecurityProfiles",
    "Templates",
    "EntityMaps",
    "EntityRelationships",
    "OrganizationSettings",
    "optionsets",
    "CustomControls",
    "EntityDataProviders",
)
_UNWRITABLE = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has no way to say; a name that somebody pasted may have it."""

_WORD = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True)
class Written:
    """A bot to be written. `topics` are YAML by name, `dialogs` a topic's name by schema name.

    `entities` and `variables` are YAML by schema name; `files` those that the bot came with.
    """

    schema: str
    name: str
    standing: Standing
    topics: Mapping[str, str]
    dialogs: Mapping[str, str] = field(default_factory=dict)
    off: tuple[str, ...] = ()
    entities: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    signs_in: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)


def written(
    manifest: Manifest, bots: Iterable[Written], rest: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Every file of the package by path, in the order in which the platform puts them."""
    heads = (manifests.TYPES, manifests.CUSTOMISATIONS, manifests.MANIFEST)
    files = {
        manifests.CUSTOMISATIONS: rest.get(manifests.CUSTOMISATIONS) or _customisations(),
        manifests.MANIFEST: _manifest(manifest, rest.get(manifests.MANIFEST)),
    }
    files |= {path: rest[path] for path in sorted(rest) if path not in heads}
    for bot in sorted(bots, key=lambda bot: bot.schema):
        files |= dict(sorted(_bot(bot).items()))
    return {manifests.TYPES: _types(files, rest.get(manifests.TYPES)), **files}


def _bot(bot: Written) -> dict[str, bytes]:
    folder = f"bots/{bot.schema}"
    parts = dict(_components(bot))
    gone = {schema for schema, name in bot.dialogs.items() if name not in bot.topics}
    kept = {path: content for path, content in bot.files.items() if path.split("/")[1] not in gone}
    about, settings = f"{folder}/bot.xml", f"{folder}/configuration.json"
    head = {
        about: _about(bot, kept.get(about)),
        settings: _configuration(bot.standing.channels, kept.get(settings)),
    }
    return kept | _changed(parts, kept) | head


def _changed(parts: Mapping[str, str], kept: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts whose text is another one than that which they came with."""
    there = {
        path: next((p for p in (path, f"{path}.yml", f"{path}.yaml") if p in kept), path)
        for path in parts
    }
    return {
        there[path]: text.encode()
        for path, text in parts.items()
        if there[path] not in kept
        or (path.endswith("/data") and decoded(kept[there[path]]) != text)
    }


def _components(bot: Written) -> Iterator[tuple[str, str]]:
    schemas = {name: schema for schema, name in bot.dialogs.items()}
    taken = {each.casefold() for each in (*bot.dialogs, *bot.entities, *bot.variables)}
    for name, text in bot.topics.items():
        schema = schemas.get(name) or _free(f"{bot.schema}.topic.{_WORD.sub('', name)}", taken)
        taken.add(schema.casefold())
        yield from _component(bot, schema, name, text, active=name not in bot.off)
    for schema, text in (*bot.entities.items(), *bot.variables.items()):
        yield from _component(bot, schema, schema.rpartition(".")[2], text)


def _free(schema: str, taken: set[str]) -> str:
    number, tried = 1, schema.rstrip(".")
    while tried.casefold() in taken or tried.endswith(".topic"):
        number += 1
        tried = f"{schema}{number}"
    return tried


def _component(
    bot: Written, schema: str, name: str, text: str, *, active: bool = True
) -> Iterator[tuple[str, str]]:
    about = Element("botcomponent", schemaname=schema)
    for tag, value in (("componenttype", NEWEST), ("iscustomizable", "0"), ("name", name)):
        SubElement(about, tag).text = value
    SubElement(SubElement(about, "parentbotid"), "schemaname").text = bot.schema
    SubElement(about, "statecode").text = "0" if active else "1"
    SubElement(about, "statuscode").text = "1" if active else "2"
    yield f"botcomponents/{schema}/botcomponent.xml", _xml(about).decode()
    yield f"botcomponents/{schema}/data", text


def _about(bot: Written, kept: bytes | None) -> bytes:
    """`bot.xml`; of what the bot came with, only what has changed since is written anew."""
    standing = bot.standing
    about = _new_bot(bot) if kept is None else fromstring(kept)
    status: dict[str, Any] = json.loads(about.findtext("synchronizationstatus") or "{}")
    was = (
        (about.findtext("name") or "").strip() or bot.schema,
        (about.findtext("versionnumber") or "1").strip(),
    )
    # Published where it came from is published: whoever develops it here has not taken that back.
    published = not standing.published or "lastPublishedDetails" in status
    if kept is not None and published and was == (bot.name, str(standing.revision)):
        return kept
    if not published:
        status["lastPublishedDetails"] = {"$kind": "SuccessfulPublishResultDetails"}
    _put(about, "name", bot.name)
    _put(about, "versionnumber", str(standing.revision))
    if status:
        _put(about, "synchronizationstatus", json.dumps(status, indent=2, ensure_ascii=False))
    about[:] = sorted(about, key=lambda child: str(child.tag))
    return _xml(about)


def _new_bot(bot: Written) -> Element:
    about = Element("bot", schemaname=bot.schema)
    for tag, value in (
        ("authenticationmode", "3" if bot.signs_in else "1"),
        ("authenticationtrigger", "1" if bot.signs_in else "0"),
        ("iscustomizable", "0"),
        ("language", ENGLISH),
        ("runtimeprovider", "0"),
        ("template", "default-2.1.0"),
    ):
        SubElement(about, tag).text = value
    return about


def _put(about: Element, tag: str, value: str) -> None:
    child = about.find(tag)
    (SubElement(about, tag) if child is None else child).text = value


def channels_in(files: Mapping[str, bytes], schema: str) -> frozenset[str]:
    """The channels of the configuration that a bot came with; none of one made here."""
    kept = files.get(f"bots/{schema}/configuration.json")
    return manifests.channels(json.loads(decoded(kept))) if kept else frozenset()


def _configuration(channels: frozenset[str], kept: bytes | None) -> bytes:
    plain: dict[str, Any] = {"$kind": "BotConfiguration"}
    settings: dict[str, Any] = plain if kept is None else json.loads(decoded(kept))
    if kept is not None and manifests.channels(settings) == channels:
        return kept
    there = [each for each in settings.get("channels") or () if each.get("channelId") in channels]
    new = channels - manifests.channels(settings)
    there += [{"$kind": "ChannelDefinition", "channelId": channel} for channel in sorted(new)]
    settings.pop("channels", None)
    whole = ({"channels": there} if there else {}) | settings
    return json.dumps({"$kind": "BotConfiguration"} | whole, indent=2, ensure_ascii=False).encode()


def _manifest(manifest: Manifest, kept: bytes | None) -> bytes:
    """`solution.xml`; that with which the solution came says more than we know of."""
    root = _new_manifest(manifest) if kept is None else fromstring(kept)
    about = root.find("SolutionManifest")
    assert about is not None, "whoever kept it has read it"
    now = {"Version": manifest.version, "Managed": "1" if manifest.managed else "0"}
    if kept is not None and all((about.findtext(tag) or "").strip() == now[tag] for tag in now):
        return kept
    for tag, value in now.items():
        _put(about, tag, value)
    return _xml(root)


def _new_manifest(manifest: Manifest) -> Element:
    root = _head()
    root.set("version", PRODUCT)
    root.set("SolutionPackageVersion", "9.2")
    root.set("languagecode", ENGLISH)
    about = SubElement(root, "SolutionManifest")
    SubElement(about, "UniqueName").text = manifest.name
    _named(about, manifest.title)
    for tag in ("Descriptions", "Version", "Managed"):
        SubElement(about, tag)
    publisher = SubElement(about, "Publisher")
    SubElement(publisher, "UniqueName").text = manifest.publisher
    _named(publisher, manifest.publisher)
    SubElement(publisher, "Descriptions")
    for tag in ("EMailAddress", "SupportingWebsiteUrl"):
        SubElement(publisher, tag, {"xsi:nil": "true"})
    SubElement(publisher, "CustomizationPrefix").text = manifest.prefix
    SubElement(publisher, "CustomizationOptionValuePrefix").text = "10000"
    SubElement(publisher, "Addresses")
    SubElement(about, "RootComponents")
    SubElement(about, "MissingDependencies")
    return root


def _head() -> Element:
    return Element("ImportExportXml", {"xmlns:xsi": INSTANCE, "OrganizationVersion": PRODUCT})


def _named(parent: Element, title: str) -> None:
    names = SubElement(parent, "LocalizedNames")
    SubElement(names, "LocalizedName", description=title, languagecode=ENGLISH)


def _customisations() -> bytes:
    root = _head()
    for section in _SECTIONS:
        SubElement(root, section)
    SubElement(SubElement(root, "Languages"), "Language").text = ENGLISH
    return _xml(root)


def _types(files: Iterable[str], kept: bytes | None) -> bytes:
    """Endings by their kind, and each file without one by its path."""
    root = Element("Types", xmlns=CONTENT)
    names = sorted(files)
    endings = {name.rpartition(".")[2] for name in names if "." in name.rpartition("/")[2]}
    for ending in sorted({"xml", *endings}):
        SubElement(root, "Default", Extension=ending, ContentType=STREAM)
    for name in names:
        if "." not in name.rpartition("/")[2]:
            SubElement(root, "Override", PartName=f"/{name}", ContentType=STREAM)
    made = _xml(root)
    return kept if kept is not None and _listed(kept) == _listed(made) else made


def _listed(types: bytes) -> set[tuple[str, str]]:
    return {item for part in fromstring(types) for item in part.items()}


def _xml(root: Element) -> bytes:
    for element in root.iter():
        element.text = element.text and _UNWRITABLE.sub("", element.text)
        element.attrib = {key: _UNWRITABLE.sub("", value) for key, value in element.items()}
    indent(root)
    return (
        b'<?xml version="1.0" encoding="utf-8"?>\n'
        + tostring(root, encoding="unicode").encode()
        + b"\n"
    )
