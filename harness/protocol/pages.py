"""What somebody sees on a page of the portal or of a centre beside it, as it is right now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from harness.protocol.portal import ApplicationUser
from harness.protocol.roles import Maker

WARNING = "warning"
"""The severity of what a page warns of."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a page tells of its own accord: its id and severity where the page has them.

    `first` when everything that its reader could use stands below it.
    """

    id: str
    text: str
    severity: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A bot's entry in the admin centre, as the page shows it.

    `bot` is an id, `environment` a name; `sections` are the headings.
    """

    bot: str
    state: str = ""
    application_user: ApplicationUser | None = None
    application: str = ""
    environment: str = ""
    sections: tuple[str, ...] = ()


class Page(Protocol):
    """Anybody before a page: every question is a look that does not wait."""

    def offers(self) -> Sequence[str]:
        """What the page lets its reader press or choose right now."""

    def asks_for(self) -> Sequence[str]:
        """The labels of what can be filled in right now."""

    def says(self) -> Sequence[Said]:
        """What the page tells of its own accord, from top to bottom."""

    def presses(self, label: str) -> None:
        """The link, button, tile or menu of exactly that label."""

    def walks(self, labels: Sequence[str]) -> None:
        """Press one after the other."""


class Portal(Page, Maker, Protocol):
    """A maker before the pages of the portal."""

    def enters(self, labels: Sequence[str]) -> None:
        """From the bot's first page, press one label after the other."""

    def opens_connection(self) -> None:
        """The pane of the bot's connection, wherever this generation keeps it."""

    def tiles(self) -> Sequence[str]:
        """The names of the tiles that are shown."""

    def entry(self) -> Entry:
        """The bot's entry in the admin centre, once a link has led there; raises Refused."""
