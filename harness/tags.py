"""Tags select: what a tag on a Feature, Rule or Scenario means, and which tags there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from harness.errors import UnknownRequirement, UnregisteredTag
from harness.protocol.conversations import Generation
from harness.requirements import Register

REQUIREMENT = "req:"
GENERATIONS = tuple(generation.value for generation in Generation)
WIDGET, PORTAL, API = "widget", "portal", "api"
DRIVERS = (WIDGET, PORTAL, API)
"""Who is played how: customers in the widget, makers in their pages, everybody over the API."""
INFERRED = "inferred"

KNOWN = {
    "preview": "the generation of 2020",
    "classic": "the generation of 2021 to 2023",
    "web-app": "the generation of today",
    "widget": "speaks of what a customer sees: only the widget can play the customer",
    "portal": "speaks of what a maker sees: only the pages can play makers and administrators",
    "api": "speaks of what no page can do: everybody is played over the API",
    INFERRED: "judges what no document says outright: a target that differs gets a warning",
    "connection": "connecting and disconnecting a bot",
    "routing": "workstreams, queues and assignment",
    "conversation": "states and closings of a conversation",
    "escalation": "handing a conversation to a person",
    "inactivity": "silent customers",
    "voice": "calls",
}
"""Every tag that is ours, with its meaning. Others are declared as pytest's `markers`."""


def requirements_of(tags: Iterable[str]) -> tuple[str, ...]:
    """The requirement ids among the tags, sorted: `@req:ESC-01` gives `ESC-01`."""
    return tuple(sorted(tag[len(REQUIREMENT) :] for tag in tags if tag.startswith(REQUIREMENT)))


def generations_of(tags: Collection[str]) -> tuple[str, ...]:
    """The generations a scenario is written for; all of them when its tags name none."""
    return tuple(name for name in GENERATIONS if name in tags) or GENERATIONS


def hold(where: str, tags: Iterable[str], register: Register, markers: Collection[str]) -> None:
    """Refuse tags that nobody declared.

    `where` is `path:line` of what carries them, `markers` the names that pytest knows. Raises
    `UnknownRequirement` or `UnregisteredTag`, each naming the nearest known one.
    """
    for tag in sorted(tags):
        if tag.startswith(REQUIREMENT):
            _hold_requirement(where, tag[len(REQUIREMENT) :], register)
        elif tag not in KNOWN and tag not in markers:
            raise UnregisteredTag(f"{where}: nobody declared the tag @{tag}.{_hint(tag, markers)}")


def _hold_requirement(where: str, id_: str, register: Register) -> None:
    if id_ not in register:
        raise UnknownRequirement(
            f"{where}: no requirement {id_}; the nearest known one is {register.nearest(id_)}"
        )


def _hint(tag: str, markers: Collection[str]) -> str:
    near = get_close_matches(tag, (*KNOWN, *markers), n=1)
    meant = f" Was @{near[0]} meant?" if near else ""
    return f"{meant} Declare a tag of your own as a marker of pytest: -o markers='{tag}: meaning'"
