"""What Power Apps shows of a moved bot, and the notice that the portal shows of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harness.errors import Refused
from harness.expect import solutions
from harness.protocol.lifecycle import Component, Layer, Solution
from harness.protocol.portal import Connection, ConnectionState, Notice

BOT = Component("b", "Alpine Helper", "cr_alpine")
HELD = Solution("s", "parcels", "Parcels", "1.0.0.1", managed=True, components=(BOT,))
TOP, BELOW = Layer("Active", managed=False, order=1), Layer("Parcels", managed=True, order=2)
REMOVABLE = Layer("Active", managed=False, order=1, offers=("Remove unmanaged layer",))


@dataclass
class Portal:
    """A maker whose bot has these notices."""

    notice: str = ""

    def connection(self) -> Connection:
        told = Notice(self.notice, "It is unknown.") if self.notice else None
        return Connection(ConnectionState.CONNECTED, notice=told)


@dataclass
class PowerApps:
    """Somebody who finds these solutions; `shut` lets nobody in."""

    listed: Sequence[Solution] = (HELD,)
    shut: bool = False

    def solutions(self, environment: str) -> Sequence[Solution]:
        if self.shut:
            raise Refused(0, None, "NotShown", "no link")
        return self.listed


def portal(notice: str = "") -> Any:
    return Portal(notice)


def leads(**found: Any) -> Callable[[], None]:
    lifecycle: Any = PowerApps(**found)
    return lambda: solutions.leads_to(lifecycle, "e", "b")


Case = tuple[str, Callable[[], None], Callable[[], None]]
CASES: tuple[Case, ...] = (
    (
        "solutions.shows_notice",
        lambda: solutions.shows_notice(portal("cannotDetermine")),
        lambda: solutions.shows_notice(portal()),
    ),
    (
        "solutions.shows_notice",
        lambda: solutions.shows_notice(portal("cannotDetermine")),
        lambda: solutions.shows_notice(portal("missingExtensions")),
    ),
    (
        "solutions.hides_notice",
        lambda: solutions.hides_notice(portal()),
        lambda: solutions.hides_notice(portal("cannotDetermine")),
    ),
    (
        "solutions.offers_command",
        lambda: solutions.offers_command(["See solution layers"], "See solution layers"),
        lambda: solutions.offers_command([], "See solution layers"),
    ),
    (
        "solutions.offers_for_unmanaged",
        lambda: solutions.offers_for_unmanaged([REMOVABLE, BELOW], "Remove unmanaged layer"),
        lambda: solutions.offers_for_unmanaged([TOP, BELOW], "Remove unmanaged layer"),
    ),
    (
        "solutions.offers_for_unmanaged",
        lambda: solutions.offers_for_unmanaged([REMOVABLE], "Remove unmanaged layer"),
        lambda: solutions.offers_for_unmanaged([BELOW], "Remove unmanaged layer"),
    ),
    ("solutions.leads_to", leads(), leads(listed=(replace(HELD, components=()),))),
    ("solutions.leads_to", leads(), leads(listed=())),
    ("solutions.leads_to", leads(), leads(shut=True)),
)
