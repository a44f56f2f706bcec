"""People whose words and looks are noted; in everything else they are who they were.

A step, a check and the type checker get the same verbs. An actor or a page knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import time
from typing import Any

from harness.ledger.book import Book, Talk
from harness.protocol.conversations import Conversation, Line, Role


class Noted:
    """Somebody of the cast: what is not noted goes straight through."""

    def __init__(self, person: Any, book: Book) -> None:
        self.name: str = person.name
        self._person = person
        self._book = book

    def __repr__(self) -> str:
        return self.name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._person, name)


class NotedCustomer(Noted):
    """A customer: every chat is a conversation of its own."""

    def starts_chat(self) -> None:
        self._starts(self._person.starts_chat)

    def starts_chat_with_context(self, name: str, value: str) -> None:
        self._starts(lambda: self._person.starts_chat_with_context(name, value))

    def accepts_invitation(self) -> None:
        self._starts(self._person.accepts_invitation)

    def _starts(self, act: Callable[[], None]) -> None:
        if (talk := self._talk()) and not talk.conversation:
            # The next chat will be the only one that the customer can name.
            self.conversation_id()
        act()
        self._book.begins(self.name)

    def says(self, text: str) -> None:
        talk = self._talk()
        if talk is None:  # the actor says why this cannot be
            self._person.says(text)
            return
        with self._book.saying(talk, self.name, Role.CUSTOMER, text):
            self._person.says(text)

    def transcript(self) -> Sequence[Line]:
        seen: Sequence[Line] = self._person.transcript()
        if talk := self._talk():
            talk.view.shows(seen, self.name, time())
        return seen

    def conversation_id(self) -> str:
        found: str = self._person.conversation_id()
        if talk := self._talk():
            talk.conversation = found
        return found

    def ends_chat(self) -> None:
        self._person.ends_chat()
        self._has_left()

    def disappears(self) -> None:
        self._person.disappears()
        self._has_left()

    def follows(self, link: str) -> None:
        """Whoever comes from elsewhere has left the page on which the chat was."""
        self._has_left()
        self._person.follows(link)

    def _has_left(self) -> None:
        if talk := self._talk():
            talk.has_left = True

    def _talk(self) -> Talk | None:
        return self._book.talk(self.name)


class NotedSupervisor(Noted):
    """Somebody at the desk who looks."""

    def reads(self, conversation: str) -> Conversation:
        seen: Conversation = self._person.reads(conversation)
        self._book.desk(conversation).looked(seen, self.name, time())
        return seen


class NotedAgent(NotedSupervisor):
    """Somebody at the desk who looks and talks."""

    def reads(self, conversation: str) -> Conversation:
        seen = super().reads(conversation)
        self._book.desk(conversation).reader = self.name
        return seen

    def says(self, conversation: str, text: str) -> None:
        with self._book.saying(conversation, self.name, Role.AGENT, text):
            self._person.says(conversation, text)

    def accepts(self, conversation: str) -> None:
        self._person.accepts(conversation)
        desk = self._book.desk(conversation)
        desk.reader = desk.holder = self.name
        desk.held_by_person = True
        if desk.returned_at is not None:
            shown = len(self.reads(conversation).transcript)
            desk.bot_again.append((desk.returned_at, shown))
            desk.returned_at = None

    def transfers(self, conversation: str, queue: str) -> None:
        """Passing it on: to people or, for what its queue says, to a bot."""
        desk = self._book.desk(conversation)
        shown = len(self.reads(conversation).transcript)
        self._person.transfers(conversation, queue)
        desk.returned_at, desk.held_by_person = shown, False

    def last_seen(self) -> Sequence[Line]:
        """What the agent saw last; the ledger's own last look need not be made twice."""
        for desk in self._book.desks.values():
            if desk.holder == desk.reader == desk.view.seen_by == self.name and desk.settled:
                return desk.view.last
        seen: Sequence[Line] = self._person.last_seen()
        return seen
