"""Bots as folders of YAML: a workspace of Copilot Studio's editor extension, or topics alone.

A workspace has `settings.mcs.yml` or `agent.mcs.yml` and, beside it, a folder for each kind of
component. A component's schema name is its bot's, the kind of its folder and the file's own name,
unless the file is called by its whole schema name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from harness.reference.bot import documents
from harness.reference.bot.exports.packages import (
    ENTITIES,
    STUBS,
    TOPIC,
    VARIABLES,
    Component,
    Export,
    Package,
    Problem,
    component,
    decoded,
)
from harness.reference.bot.reading import Reader, TopicInvalid

YAML = re.compile(
    r"(?P<stem>.+?)(?:\.(?:topic|entity|variable|action))?(?:\.mcs)?\.ya?ml", re.IGNORECASE
)
HEAD = re.compile(r"(?P<root>(?:.*/)?)(?:settings|agent|collection)\.mcs\.ya?ml")
FOLDERS = {
    "topics": "topic",
    "entities": "entity",
    "variables": "GlobalVariableComponent",
    "actions": "action",
}
"""Folders of a workspace, and the word that their components have in a schema name.

Those that are not here hold other languages' topics, other agents, knowledge and settings.
"""

Files = Mapping[str, bytes]


def roots(files: Files) -> set[str]:
    """The folders that are workspaces; an agent inside an agent is a part of that one."""
    found = {match["root"] for match in map(HEAD.fullmatch, files) if match}
    return {
        root for root in found if not any(root.startswith(f"{other}agents/") for other in found)
    }


def read(files: Files, root: str) -> Export:
    """The bot of the workspace below a root."""
    problems: list[Problem] = []
    settings = _head(files, root, "settings", problems) or _head(
        files, root, "collection", problems
    )
    agent = _head(files, root, "agent", problems)
    schema = _word(settings, "schemaName") or _folder(root)
    name = (
        _word(settings, "displayName", "name")
        or _word(agent, "displayName")
        or _component_name(agent)
        or _folder(root)
    )
    parts = [*_components(files, root, schema, problems)]
    for collection in _collections(files, root, problems):
        parts += _components(files, collection, schema, problems)
    recognizer = _inner(_inner(settings, "configuration"), "recognizer")
    package = Package(
        name,
        schema,
        tuple(parts),
        language=_word(settings, "language"),
        template=_word(settings, "template"),
        recognizer=_word(recognizer, "kind"),
        file=f"{root}settings.mcs.yml",
        signs_in=_word(settings, "authenticationMode") not in ("", "None", "Integrated")
        and _word(settings, "authenticationTrigger") == "Always",
    )
    return Export((package,), tuple(problems))


def loose(files: Files, name: str) -> Export:
    """The bot of topics that lie in folders without anything that says whose they are."""
    problems: list[Problem] = []
    parts = []
    for path in sorted(files):
        if posixpath.basename(path) == STUBS:
            continue
        if (match := YAML.fullmatch(path)) and (text := _text(files, path, problems)) is not None:
            part = component(path, f"{name}.{posixpath.basename(match['stem'])}", text)
            if part.kind in (TOPIC, *ENTITIES, *VARIABLES):
                parts.append(part)
            else:
                problems.append(Problem(path, 1, _foreign(part.kind), fatal=False))
    if not any(part.kind == TOPIC for part in parts):
        return Export((), tuple(problems))
    return Export((Package(name, name, tuple(parts)),), tuple(problems))


def _foreign(kind: str) -> str:
    if kind == "BotDefinition":
        return (
            "a template of a whole bot (kind: BotDefinition), which is not read; export the"
            " bot's solution instead"
        )
    return f"no topic: it has the kind {kind}" if kind else "no topic: it has no kind"


def _head(files: Files, root: str, what: str, problems: list[Problem]) -> Reader | None:
    for path in (f"{root}{what}.mcs.yml", f"{root}{what}.mcs.yaml"):
        if path in files and (text := _text(files, path, problems)):
            try:
                return Reader.of(documents.read(text), what)
            except (documents.DocumentInvalid, TopicInvalid) as error:
                problems.append(Problem(path, error.line, error.reason, fatal=False))
    return None


def _text(files: Files, path: str, problems: list[Problem]) -> str | None:
    try:
        return decoded(files[path])
    except TopicInvalid as error:
        problems.append(Problem(path, error.line, error.reason))
    return None


def _word(reader: Reader | None, *keys: str) -> str:
    words = (reader.scalar(key) for key in keys) if reader else ()
    return next((str(word).strip() for word in words if word is not None), "")


def _inner(reader: Reader | None, key: str) -> Reader | None:
    found = reader.node(key) if reader else None
    return Reader.of(found, key) if isinstance(found, documents.Mapping) else None


def _component_name(agent: Reader | None) -> str:
    return _word(_inner(agent, "mcs.metadata"), "componentName")


def _folder(root: str) -> str:
    return posixpath.basename(root.rstrip("/")) or "bot"


def _components(
    files: Files, root: str, schema: str, problems: list[Problem]
) -> Iterator[Component]:
    for path, word in _paths(files, root):
        if (text := _text(files, path, problems)) is None:
            continue
        stem = posixpath.basename(path)[: -len(_ending(path))]
        part = component(path, stem if word in stem else f"{schema}{word}{stem}", text)
        if part.kind:
            yield part
        else:
            problems.append(Problem(path, 1, _foreign(""), fatal=False))


def _paths(files: Files, root: str) -> Iterator[tuple[str, str]]:
    """The files of components, and what stands in their schema names between bot and own name."""
    for path in sorted(path for path in files if path.startswith(root)):
        folder, _, rest = path.removeprefix(root).partition("/")
        if folder in FOLDERS and rest and YAML.fullmatch(path) and not HEAD.fullmatch(path):
            yield path, f".{FOLDERS[folder]}."


def _ending(path: str) -> str:
    match = YAML.fullmatch(path)
    return path[len(match["stem"]) :] if match else ""


def _collections(files: Files, root: str, problems: list[Problem]) -> Iterator[str]:
    """The folders of the component collections that the workspace refers to."""
    path = f"{root}references.mcs.yml"
    reader = _head(files, root, "references", problems)
    for item in reader.readers("componentCollections") if reader else ():
        wanted = posixpath.normpath(posixpath.join(root, _word(item, "directory"))) + "/"
        if any(file.startswith(wanted) for file in files):
            yield wanted
        else:
            what = f"the collection {wanted} is not here; name the folder that holds both"
            problems.append(Problem(path, item.line, what, fatal=False))
