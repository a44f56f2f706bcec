"""What is noted while a scenario runs: who said what and when, and what each side was shown.

Nothing is judged here, and nothing is asked of the target: a note costs microseconds. Instants are
seconds since the epoch on the clock of this machine, as in the log of exchanges.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import unescape
from time import time

from harness.errors import HarnessError, Refused
from harness.protocol.conversations import Conversation, Line, Role, State


@dataclass(slots=True)
class Said:
    """A message that somebody of the cast sent: `accepted` once the target has taken it.

    `refused` says why it was not taken. `with_person` is whether, before it was sent, the desk
    had shown that the bot had let go of the conversation.
    """

    who: str
    role: Role
    text: str
    sent: float
    with_person: bool = False
    accepted: float | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """A line as it was last shown to somebody, and when it was shown first."""

    line: Line
    first: float
    is_gone: bool = False
    """Whether the last look no longer had it."""


class View:
    """What one side has been shown: line by line, over all looks."""

    def __init__(self) -> None:
        self.seen_by = ""
        self.last: Sequence[Line] = ()
        self._shown: dict[tuple[str, int], Look] = {}
        self._order: list[tuple[str, int]] = []

    def shows(self, lines: Sequence[Line], who: str, now: float) -> None:
        """Note a look; the same lines once more cost one comparison."""
        self.seen_by = who
        if lines == self.last or not lines:
            return
        self.last = tuple(lines)
        count: Counter[str] = Counter()
        self._order = []
        for line in self.last:
            letters = bare(line.text)
            key = letters, count[letters]
            count[letters] += 1
            known = self._shown.get(key)
            self._shown[key] = Look(line, known.first if known else now)
            self._order.append(key)

    @property
    def looks(self) -> list[Look]:
        """Every line that was ever shown: those of the last look in its order, others before."""
        now = set(self._order)
        shown = self._shown.items()
        gone = [replace(look, is_gone=True) for key, look in shown if key not in now]
        return gone + [self._shown[key] for key in self._order]


@dataclass(slots=True)
class Desk:
    """What the desk's side of one conversation noted; `seen` is the last look."""

    view: View = field(default_factory=View)
    seen: Conversation | None = None
    held_by_person: bool = False
    """Whether the desk last showed that the bot has let go."""
    holder: str = ""
    reader: str = ""
    """The agent who accepted or read it last."""
    settled: bool = False
    """Whether the last look has been taken."""
    bot_again: list[tuple[int, int]] = field(default_factory=list)
    """Where a bot had it again: the numbers of lines that the desk showed before and after."""
    returned_at: int | None = None
    """Lines that the desk showed when an agent last passed it on; None while it is not."""

    def looked(self, seen: Conversation, who: str, now: float) -> None:
        """Note a look at the conversation, and who has it."""
        if seen.assignee and seen.assignee.role is Role.BOT and self.held_by_person:
            self.returned_at = len(self.view.last)
        self.seen = seen
        self.view.shows(seen.transcript, who, now)
        if seen.assignee is not None:
            self.held_by_person = seen.assignee.role is Role.AGENT
            self.holder = seen.assignee.name if self.held_by_person else self.holder
        elif seen.state in (State.OPEN, State.WAITING, State.WRAP_UP):
            self.held_by_person = True


@dataclass(slots=True, eq=False)
class Talk:
    """One conversation as one customer has it."""

    customer: str
    conversation: str = ""
    view: View = field(default_factory=View)
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """All that is known of one conversation, to be reconciled.

    `unseen` says why the desk's or the customer's side could not be looked at in the end.
    """

    customer: str
    conversation: str
    said: Sequence[Said]
    at_customer: Sequence[Look]
    at_desk: Sequence[Look]
    desk: str = "the desk"
    holder: str = ""
    private: Sequence[str] = ()
    bot_again: Sequence[tuple[int, int]] = ()
    customer_unseen: str = ""
    desk_unseen: str = ""


class Book:
    """The notes of one scenario."""

    def __init__(self) -> None:
        self.talks: list[Talk] = []
        self.desks: dict[str, Desk] = {}
        self._said: list[tuple[Talk | str, Said]] = []

    def talk(self, customer: str) -> Talk | None:
        """The customer's latest conversation."""
        return next((talk for talk in reversed(self.talks) if talk.customer == customer), None)

    def begins(self, customer: str) -> None:
        """A new chat of the customer: what follows is about that one."""
        self.talks.append(Talk(customer))

    def desk(self, conversation: str) -> Desk:
        """The desk's notes of a conversation."""
        return self.desks.setdefault(conversation, Desk())

    @contextmanager
    def saying(self, about: Talk | str, who: str, role: Role, text: str) -> Iterator[None]:
        """Note a message while it is sent; `about` is a talk, or the desk's id of it."""
        desk = self.desks.get(about.conversation if isinstance(about, Talk) else about)
        said = Said(
            who, role, text, time(), role is Role.AGENT or bool(desk and desk.held_by_person)
        )
        self._said.append((about, said))
        try:
            yield
        except Refused as refused:
            said.refused = str(refused)
            raise
        except HarnessError as error:
            said.refused = f"nobody knows: {error}"
            raise
        said.accepted = time()

    def account(self, talk: Talk, customer_unseen: str = "", desk_unseen: str = "") -> Account:
        """All that is known of a conversation now."""
        desk = self.desks.get(talk.conversation, Desk())
        private = desk.seen.private_message if desk.seen else None
        return Account(
            customer=talk.customer,
            conversation=talk.conversation,
            said=[
                said for about, said in self._said if about is talk or about == talk.conversation
            ],
            at_customer=talk.view.looks,
            at_desk=desk.view.looks,
            desk=desk.view.seen_by or "the desk",
            holder=desk.holder,
            private=(private,) if private else (),
            bot_again=[*desk.bot_again, *_open(desk)],
            customer_unseen=customer_unseen,
            desk_unseen=desk_unseen,
        )


def _open(desk: Desk) -> Iterator[tuple[int, int]]:
    """From where on a bot may have it, if it was passed on and no person has taken it since."""
    if desk.returned_at is not None:
        yield desk.returned_at, sys.maxsize


def drawn(text: str) -> str:
    """What a page makes of a text with markup: nothing may be left of it."""
    shown = re.sub(r"(?is)<(script|style)\b.*?</\1>|<[a-z/!][^>]*>", "", text)
    return unescape(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", shown)).strip()


def bare(text: str) -> str:
    """A text without what Markdown, typography and spacing change; itself if nothing is left."""
    return re.sub(r"\W|_", "", text) or text
