"""Somebody who builds a bot in the portal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from harness.protocol.metrics import Analytics
from harness.protocol.portal import (
    DYNAMICS,
    Bot,
    Connection,
    Connector,
    Session,
    Topic,
)


class Maker(Protocol):
    """A person who builds a bot in the portal and connects it."""

    name: str
    works_on: str

    def bot(self) -> Bot: ...
    def makes_bot(self, name: str, origin: str = DYNAMICS) -> None:
        """A new bot, to work on from now: neither published nor connected."""

    def moves_bot(self, environment: str) -> None:
        """Put the bot into another environment."""

    def renames_bot(self, name: str) -> None: ...
    def connects(self, application: str | None = None) -> None:
        """Connect the bot, whatever that takes: what is done already is not done again.

        In preview and classic that is the whole procedure, in the environment of the desk, with
        this application, the one it had before, or one that is registered for it.
        """

    def enables(self, *, acknowledged: bool = True) -> None:
        """`Next` of the preview, `Enable` of Classic."""

    def chooses_environment(self, environment: str) -> None:
        """Select the environment (id) whose Omnichannel the bot is to be in."""

    def begins_trial(self, environment: str) -> None:
        """Have Omnichannel provisioned in the environment (id), as a trial."""

    def adds_bot(self, application: str) -> None:
        """The commit alone, with what is given as Application ID: `Next`, `Add your bot`."""

    def refreshes(self) -> None:
        """Have the connection tested; what was found is its `verification`."""

    def disables_connection(self) -> None: ...
    def disconnects(self) -> None: ...
    def connection(self) -> Connection: ...
    def registers_application(self, name: str) -> str:
        """The Application (client) ID of an application that is registered in Azure now."""

    def sets_manual_authentication(self, on: bool) -> None:
        """Whether topics of the bot can ask customers to sign in (EMB-36)."""

    def sets_teams_channel(self, on: bool) -> None: ...
    def topics(self) -> Sequence[Topic]: ...
    def writes_topic(self, name: str, content: str) -> None: ...
    def deletes_topic(self, name: str) -> None: ...
    def publishes(self) -> None: ...
    def sessions(self) -> Sequence[Session]:
        """The bot's sessions as its analytics list them, without transcripts."""

    def analytics(self) -> Analytics:
        """How many of the sessions ended in which way."""

    def session(self, conversation: str, bot: str = "") -> Session:
        """What the bot and the desk told each other; raises for one that the bot never had.

        `bot` is the id of another bot than the one worked on.
        """

    def makes_outside_bot(self, name: str) -> Connector:
        """A bot that runs elsewhere, to work on from now: published, not connected."""


class Editor(Maker, Protocol):
    """A maker before the topic editor: verbs on the open topic, and looks at it as it is.

    The words are those that the product's pages have (specification 6.1 and 5.1).
    """

    def begins_topic(self, name: str) -> None:
        """`New topic` > `From blank`, and a name; nothing is saved."""

    def opens_topic(self, name: str) -> None:
        """The topic as it was saved."""

    def trigger(self) -> str:
        """The title of the trigger node, such as `Phrases`."""

    def offers(self) -> Sequence[str]:
        """What the page lets its reader press or choose right now."""

    def warning(self) -> str:
        """What the page asks before something is lost; empty when it asks nothing."""

    def silence(self) -> timedelta | None:
        """How long the topic says that it waits."""

    def condition(self) -> str:
        """When the topic says that it runs; empty for always."""

    def nodes(self) -> Sequence[str]:
        """The titles of the nodes below the trigger."""

    def hovers_over_trigger(self) -> None: ...
    def opens_triggers(self) -> None:
        """Hover over the trigger node, `Change trigger`."""

    def chooses_trigger(self, label: str) -> None:
        """Another trigger of that list; what the page may ask then is not answered."""

    def confirms(self) -> None:
        """Answer with yes, if the page has asked."""

    def edits_trigger(self) -> None: ...
    def sets_silence(self, by: str, written: str) -> None:
        """`Edit`, then by `Value`, a label of the list, or by `Formula`, seconds."""

    def opens_variables(self, tab: str) -> None:
        """`Edit`, `Select a variable`, and one of its tabs."""

    def selects_variable(self, tab: str, name: str) -> None:
        """A variable of a tab, for the condition."""

    def compares_with(self, value: str) -> None:
        """One of the values that the condition offers for the variable."""

    def opens_menu(self, *titles: str) -> None:
        """`(+)` below the last node, and menus in it."""

    def adds(self, label: str, *titles: str) -> None:
        """A node of such a menu, below the last one."""

    def writes(self, field: str, text: str) -> None:
        """Text into a field of the open node."""

    def saves_topic(self) -> None: ...
