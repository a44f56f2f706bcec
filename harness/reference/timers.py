"""What will happen by itself: the due instants of many owners, first come first fired."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from datetime import datetime

from harness.reference.domain.closings import Alarm


class Timers:
    """The alarms of one organisation. Owners replace theirs as a whole whenever they change."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, str, Alarm]] = []
        self._valid: dict[str, frozenset[int]] = {}
        self._number = 0

    def set(self, owner: str, alarms: Iterable[Alarm]) -> None:
        """These and no others are the owner's alarms from now on."""
        numbers = []
        for alarm in alarms:
            self._number += 1
            numbers.append(self._number)
            heapq.heappush(self._heap, (alarm.at, self._number, owner, alarm))
        if numbers:
            self._valid[owner] = frozenset(numbers)
        else:
            self._valid.pop(owner, None)

    def due(self) -> datetime | None:
        """When the next alarm is due."""
        self._drop_replaced()
        return self._heap[0][0] if self._heap else None

    def take(self, until: datetime) -> tuple[str, Alarm] | None:
        """The first alarm due at or before an instant, with its owner; it will not come again."""
        self._drop_replaced()
        if not self._heap or self._heap[0][0] > until:
            return None
        _, number, owner, alarm = heapq.heappop(self._heap)
        self._valid[owner] -= {number}
        return owner, alarm

    def _drop_replaced(self) -> None:
        while self._heap and self._heap[0][1] not in self._valid.get(self._heap[0][2], ()):
            heapq.heappop(self._heap)
