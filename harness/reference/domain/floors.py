"""What goes on at the desk at one moment: who waits in which queue, and how busy everybody is.

Looking it up once for a whole round of assigning keeps that in step with the number of chats, not
with its square.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from harness.protocol.conversations import State
from harness.reference.domain.conversations import Conversation

COST = 5
"""What one conversation takes of an agent's capacity, in units."""

Place = tuple[datetime, int]
"""Since when somebody waits, and as how many-th they came."""


class Floor:
    """The conversations that go on, oldest first; `note` tells it what has become of one."""

    def __init__(self, ongoing: Iterable[Conversation] = ()) -> None:
        self._known: dict[str, Conversation] = {}
        self._numbers: dict[str, int] = {}
        self._queues: defaultdict[str | None, list[Place]] = defaultdict(list)
        self._busy: Counter[str] = Counter()
        for conversation in ongoing:
            self.note(conversation)

    def note(self, conversation: Conversation) -> None:
        """A conversation as it is from now on."""
        before = self._known.get(conversation.id)
        if before is not None:
            self._count(before, -1)
            if is_waiting(before):
                self._queues[before.queue].remove(self._place(before))
        self._numbers.setdefault(conversation.id, len(self._numbers))
        self._known[conversation.id] = conversation
        self._count(conversation, 1)
        if is_waiting(conversation):
            insort(self._queues[conversation.queue], self._place(conversation))

    def load(self, agent: str) -> int:
        """Units that an agent's conversations take: ringing, active or in wrap-up."""
        return COST * self._busy[agent]

    def waiting(self) -> list[Conversation]:
        """Those that wait, in the order in which they came."""
        return [each for each in self._known.values() if is_waiting(each)]

    def crowd(self, queue: str | None) -> int:
        """How many wait in a queue."""
        return len(self._queues[queue])

    def ahead(self, conversation: Conversation) -> int:
        """How many wait longer in the same queue."""
        return bisect_left(self._queues[conversation.queue], self._place(conversation))

    def _place(self, conversation: Conversation) -> Place:
        since = conversation.queued or conversation.changed
        return since, self._numbers.get(conversation.id, len(self._numbers))

    def _count(self, conversation: Conversation, by: int) -> None:
        if conversation.agent and conversation.state in (State.ACTIVE, State.WRAP_UP):
            self._busy[conversation.agent] += by
        if conversation.offer is not None:
            self._busy[conversation.offer.agent] += by


def is_waiting(conversation: Conversation) -> bool:
    """Whether it is in a queue with nobody called yet."""
    return conversation.state is State.OPEN and conversation.offer is None
