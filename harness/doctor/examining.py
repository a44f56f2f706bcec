"""Looks at a target, one thing after the other, and says what was found."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace

from harness import chromium
from harness.actors.operator import Operator
from harness.doctor import diagnosis, embedding, looking, people, widget
from harness.doctor.findings import MARKS, Condition, Finding, condition, good, wrong
from harness.doctor.reaching import ask
from harness.errors import Inconclusive, NotReachable, Refused, TargetInvalid
from harness.protocol.organisations import Organisation
from harness.target import Target, load


def main(given: argparse.Namespace) -> int:
    """`handoff doctor`."""
    return report(given.target)


def report(name: str) -> int:
    """Examine a target and print what was found; 0 when nothing is wrong, else 1."""
    findings = []
    for finding in examine(name):
        findings.append(finding)
        print(f"{MARKS[finding.condition]}  {finding.text}", flush=True)
    worst = condition(findings)
    if worst is Condition.NOTED:
        worst = Condition.READY
    print(f"{name}: {worst}")
    return 0 if worst is Condition.READY else 1


def examine(name: str) -> Iterator[Finding]:
    """Look at one thing after the other; what cannot be looked at is said, and nothing twice."""
    said = set()
    for finding in _examined(name):
        if finding not in said:
            said.add(finding)
            yield finding


def _examined(name: str) -> Iterator[Finding]:
    try:
        target = load(name)
    except TargetInvalid as invalid:
        yield wrong(str(invalid))
        return
    yield good(f"the file says: {target.name}, a {target.kind}, {_claims(target)}")
    yield from people.secrets(target)
    yield from _browser(target)
    try:
        yield from _started(target)
    finally:
        target.stop()


def _started(target: Target) -> Iterator[Finding]:
    if target.kind != "deployment":
        target.start()
    try:
        target.ready()
        organisation = _organisation(target)
        _ = target.client  # Raises TargetInvalid here, for whoever asks later.
    except NotReachable as failure:
        yield Finding(Condition.UNREACHABLE, str(failure))
    except (Inconclusive, Refused, TargetInvalid) as failure:
        yield wrong(str(failure))
    else:
        yield from _customers_side(target, organisation)
        yield from _other_sides(target, organisation)


def _customers_side(target: Target, organisation: Organisation) -> Iterator[Finding]:
    """The widget, and the page that should have it."""
    found = list(widget.examined(target, organisation.snippet))
    yield from found
    if organisation.snippet.page and "widget" in target.drivers("customer"):
        is_known = widget.IS_KNOWN in found
        yield from embedding.examined(target, organisation.snippet, is_known=is_known)


def _other_sides(target: Target, organisation: Organisation) -> Iterator[Finding]:
    """Everybody else's surfaces, and what is wrong with the bot."""
    refused: dict[str, str] = {}
    answer = ask(target, organisation.url) if organisation.url else None
    if isinstance(answer, Finding):
        yield answer
        organisation = replace(organisation, url="")
    elif organisation.url:
        yield from people.accounts(target, refused)
    world, seen = looking.looked(target, organisation, refused)
    yield from seen
    yield from diagnosis.diagnosed(world)


def _organisation(target: Target) -> Organisation:
    control = target.address().get("control")
    if not control:
        return target.organisation()
    return Operator(target.client, control).makes_organisation(target.generation, ())


def _claims(target: Target) -> str:
    generations = ", ".join(generation.value for generation in target.generations)
    played = [f"{role} by {' and '.join(target.drivers(role))}" for role in target.roles]
    capabilities = ", ".join(sorted(target.capabilities)) or "nothing"
    return f"{generations}; supports {capabilities}; plays {', '.join(played) or 'nobody'}"


def _browser(target: Target) -> Iterator[Finding]:
    if "widget" not in target.drivers("customer"):
        return
    try:
        executable = chromium.find()
    except chromium.ChromiumMissing as missing:
        yield wrong(str(missing))
        return
    if executable:
        yield good(f"the widget runs in {executable}")
    else:
        yield wrong("no Chromium for the widget: run `make setup`, or set HANDOFF_CHROMIUM")
