"""Where an organisation is found and who works in it: what an actor needs to begin."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from harness.protocol.conversations import Generation
from harness.protocol.environments import Environment


@dataclass(frozen=True, slots=True)
class Snippet:
    """What the widget's script tag says: the widget, its organisation, and the page that has it."""

    app_id: str
    org_id: str
    org_url: str
    page: str


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in; the token never shows in a report."""

    name: str
    roles: tuple[str, ...]
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of a target.

    `url` carries portal, admin centre, workspace and telephony; empty where a target has none of
    them. `number` is what callers dial, `callers` the numbers that they may call from. `now` is
    the instant at which its clock stood when it was made, None where the clock is the real one.
    `environments` are those that it began with, `environment` the id of the one with the desk.
    """

    id: str
    generation: Generation
    url: str
    snippet: Snippet
    bot: str = ""
    environment: str = ""
    accounts: tuple[Account, ...] = ()
    number: str = ""
    callers: tuple[str, ...] = ()
    now: datetime | None = None
    environments: tuple[Environment, ...] = ()

    def account(self, name: str) -> Account | None:
        """The account of that name, None when this target has none for it."""
        return next((account for account in self.accounts if account.name == name), None)
