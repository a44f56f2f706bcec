"""How much of one kind is taken in a minute."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from harness.reference.domain.errors import TooManyCalls

MINUTE = timedelta(minutes=1)


class Rate:
    """Lets `most` through in any minute; it is not kept over a restart."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: deque[datetime] = deque()

    def take(self, now: datetime, what: str) -> None:
        """One more; raises TooManyCalls, which says of `what` there were too many."""
        taken = self._taken
        while taken and taken[0] <= now - MINUTE:
            taken.popleft()
        if len(taken) >= self._most:
            raise TooManyCalls(f"{what} {self._most} times within a minute.", self._wait(now))
        taken.append(now)

    def _wait(self, now: datetime) -> timedelta:
        """Until the next one is taken; of a rate of none, which is no rate, a minute."""
        return self._taken[0] + MINUTE - now if self._taken else MINUTE
