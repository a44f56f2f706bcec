"""Says what an exported bot holds and what of it does not run: `handoff bot`.

Exit codes: 0 all of it runs, 1 something is not supported or unknown, 2 it, or a part of it, cannot
be read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.reference.bot import documents, kinds
from harness.reference.bot.exports.packages import GENERATIVE, Component, Export, Package
from harness.reference.bot.kinds import Runs
from harness.reference.bot.topics import Topic
from harness.reference.domain.errors import ArchiveRefused
from harness.reference.operations import imports

LABELS = {
    Runs.EXECUTED: "Kinds that run",
    Runs.STUBBED: "Kinds that run with declared answers",
    Runs.NAMED: "Kinds that are not supported",
    Runs.NEVER: "Triggers that start nothing here",
}
RUNS, SOME, UNREADABLE = 0, 1, 2
Shown = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Prints the report; the exit code says how well the bot runs."""
    parser = argparse.ArgumentParser(prog="handoff bot", description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    try:
        found = report(imports.survey(given.path))
    except ArchiveRefused as refused:
        problem = {"file": refused.file, "line": 1, "what": refused.reason, "fatal": True}
        found = {"bots": [], "problems": [problem]}
    show(json.dumps(found, indent=2, ensure_ascii=False) if given.json else "\n".join(told(found)))
    return verdict(found)


def show(text: str) -> None:
    """Prints a report, of which the reader (`| head`) may want the beginning only."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # What is left unwritten would be complained about at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def report(export: Export) -> Shown:
    """Everything about an export, as plain data; the keys are those of docs/your-own-bot.md."""
    return {
        "bots": [_bot(package) for package in export.packages],
        "problems": [asdict(problem) for problem in export.problems],
    }


def verdict(found: Shown) -> int:
    """The exit code of a report."""
    if not found["bots"] or any(problem["fatal"] for problem in found["problems"]):
        return UNREADABLE
    some = found["problems"] or any(bot["findings"] for bot in found["bots"])
    return SOME if some else RUNS


def _bot(package: Package) -> Shown:
    return {
        "name": package.name,
        "schema": package.schema,
        "language": package.language,
        "recognizer": package.recognizer,
        "topics": [_topic(part, topic) for part, topic in package.loaded],
        "kinds": [
            {"kind": kind, "count": count, "runs": kinds.runs(kind)}
            for kind, count in sorted(_kinds(package).items())
        ],
        "entities": [{"name": part.schema, "kind": part.kind} for part in package.entities],
        "variables": [{"name": n, "default": value} for n, value in package.bot.variables.items()],
        "not_run": dict(sorted(Counter(part.kind or "no kind" for part in package.others).items())),
        "findings": [asdict(finding) for finding in package.findings],
    }


def _topic(part: Component, topic: Topic) -> Shown:
    return {
        "name": topic.name,
        "trigger": topic.trigger,
        "phrases": len(topic.start.phrases),
        "active": part.active,
        "file": part.file,
    }


def _kinds(package: Package) -> Counter[str]:
    """How often each kind of trigger and node occurs."""
    found: Counter[str] = Counter()
    for part in package.topics:
        try:
            found.update(_kinds_in(documents.read(part.text)))
        except documents.DocumentInvalid:
            continue
    return found


def _kinds_in(document: documents.Node) -> Iterator[str]:
    """The kinds of the trigger and of each action, wherever it is nested."""
    waiting: list[tuple[str, documents.Node]] = [("", document)]
    while waiting:
        key, node = waiting.pop()
        if isinstance(node, documents.Sequence):
            waiting += [(key, item) for item in node.items]
        elif isinstance(node, documents.Mapping):
            kind = node.entries.get("kind")
            if key in ("beginDialog", "actions", "elseActions") and isinstance(
                kind, documents.Scalar
            ):
                yield str(kind.value)
            waiting += list(node.entries.items())


def told(found: Shown) -> Iterator[str]:
    """The report for people."""
    for bot in found["bots"]:
        yield from _told_bot(bot)
    if found["problems"]:
        yield "Not read:"
        for problem in found["problems"]:
            yield f"  {problem['file']}, line {problem['line']}: {problem['what']}"
    yield _summary(found)


def _told_bot(bot: Shown) -> Iterator[str]:
    yield f"{bot['name']} ({bot['schema']})"
    if bot["recognizer"] == GENERATIVE:
        yield "  Its topics are chosen by a language model; the reference goes by trigger phrases."
    width = max((len(topic["name"]) for topic in bot["topics"]), default=0)
    for topic in bot["topics"]:
        off = "" if topic["active"] else "  switched off"
        yield f"  {topic['name']:{width}}  {_started(topic)}{off}"
    yield from _told_words(bot)
    for finding in bot["findings"]:
        at = f"{finding['file']}, line {finding['line']}"
        yield f"  ! {at}, {finding['node']}: {finding['what']}"
    yield ""


def _started(topic: Shown) -> str:
    if topic["trigger"] == "OnRecognizedIntent" or topic["phrases"]:
        return f"{topic['trigger']}, {_plural(topic['phrases'], 'phrase')}"
    return str(topic["trigger"])


def _told_words(bot: Shown) -> Iterator[str]:
    for runs, label in LABELS.items():
        found = {each["kind"]: each["count"] for each in bot["kinds"] if each["runs"] == runs}
        if found:
            yield f"  {label}: {_counted(found)}"
    if bot["entities"]:
        yield "  Entities: " + ", ".join(f"{e['name']} ({e['kind']})" for e in bot["entities"])
    if bot["variables"]:
        yield "  Global variables: " + ", ".join(
            v["name"] if v["default"] is None else f"{v['name']} = {v['default']!r}"
            for v in bot["variables"]
        )
    if bot["not_run"]:
        yield f"  Not run by the reference: {_counted(bot['not_run'])}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"


def _summary(found: Shown) -> str:
    if not found["bots"]:
        return "no bot was found"
    topics = sum(len(bot["topics"]) for bot in found["bots"])
    findings = sum(len(bot["findings"]) for bot in found["bots"])
    told = f"{_plural(len(found['bots']), 'bot')}, {_plural(topics, 'topic')}; "
    told += _plural(findings, "finding") if findings else "all of it runs"
    problems = len(found["problems"])
    return f"{told}; {problems} not read" if problems else told


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
