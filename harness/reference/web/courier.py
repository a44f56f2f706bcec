"""Posts activities to bots that run elsewhere, as the Bot Connector does (wire notes 4).

One errand at a time for each conversation, so a bot gets everything in order; a bot that hangs
holds up its own conversations alone. These timers are transport: they run on the machine's time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from harness.reference.domain.deliveries import Errand, Outcome, outcome
from harness.reference.operations import deliveries
from harness.reference.operations.organisations import Organisation, World

if TYPE_CHECKING:
    import httpx

PATIENCE = 15.0
"""Seconds that a bot may take to answer: what the product's connector gives it."""

WAITS = (0.5, 1.0, 2.0, 4.0)
"""Seconds before each further attempt."""

FLUSH = 5.0
"""Seconds that letting time pass waits for bots: one that hangs holds nobody up."""

Post = Callable[[Errand], Awaitable[tuple[Outcome, str]]]
"""Brings one activity to its bot: what became of it, and in words why."""


class Courier:
    """Runs the errands of a world, each conversation's in its own task."""

    def __init__(self, post: Post | None = None, waits: Sequence[float] = WAITS) -> None:
        self._post = post or Wire()
        self._waits = tuple(waits)
        self._world: World | None = None
        self._rounds: dict[tuple[str, str], asyncio.Task[None]] = {}

    def serve(self, world: World) -> None:
        """Begins, inside the running loop, with whatever was left undone at the last stop."""
        self._world = world
        for organisation in world:
            for conversation in deliveries.unfinished(organisation):
                self.call(organisation.id, conversation)

    def call(self, organisation: str, conversation: str) -> None:
        """Sets out for a conversation, unless somebody is on the way for it already."""
        key = (organisation, conversation)
        if self._world is None or key in self._rounds:
            return
        found = self._world.find(organisation)
        self._rounds[key] = asyncio.create_task(self._round(self._world, found, conversation))

    async def flush(self, organisation: str, conversation: str = "") -> None:
        """Waits until the rounds of an organisation are done, `FLUSH` seconds at most."""
        rounds = [
            task
            for (owner, one), task in self._rounds.items()
            if owner == organisation and conversation in ("", one)
        ]
        if rounds:
            await asyncio.wait(rounds, timeout=FLUSH)

    def forget(self, organisation: str) -> None:
        """Calls everybody back who is under way for an organisation."""
        for (owner, _), task in tuple(self._rounds.items()):
            if owner == organisation:
                task.cancel()

    async def _round(self, world: World, organisation: Organisation, conversation: str) -> None:
        """Everything that there is for the bots of one conversation, in order."""
        try:
            while errand := deliveries.next_errand(world, organisation, conversation):
                result, why = await self._brought(errand)
                if result is Outcome.TAKEN:
                    deliveries.delivered(organisation, errand)
                elif result is Outcome.REFUSED:
                    deliveries.refused(organisation, errand, why)
                else:
                    deliveries.given_up(organisation, errand, why)
                    return
        except Exception:
            # A defect of ours in one round; everybody else's goes on.
            logging.getLogger(__name__).exception("conversation %s", conversation)
        finally:
            # Between the last look and this nothing is awaited, so no call is missed.
            del self._rounds[organisation.id, conversation]

    async def _brought(self, errand: Errand) -> tuple[Outcome, str]:
        """What became of an errand, after as many attempts as it takes, or as there are."""
        result, why = await self._post(errand)
        for wait in self._waits:
            if result is not Outcome.FAILED:
                break
            await asyncio.sleep(wait)
            result, why = await self._post(errand)
        return result, why


class Wire:
    """Posts over HTTP, on connections that are kept."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._client: httpx.AsyncClient | None = None

    async def __call__(self, errand: Errand) -> tuple[Outcome, str]:
        # Imported with the first errand: most runs have none, and start-up is measured.
        import httpx  # noqa: PLC0415

        if self._client is None:
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
            self._client = httpx.AsyncClient(timeout=self._patience, limits=limits, trust_env=False)
        try:
            async with (
                asyncio.timeout(self._patience),
                self._client.stream("POST", errand.endpoint, json=errand.activity) as answer,
            ):
                # What it answers beside the status is nobody's: a bot speaks to the service URL.
                return outcome(answer.status_code), f"it answered {answer.status_code}"
        except TimeoutError:
            return Outcome.FAILED, f"no answer within {self._patience:g} s"
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            # UnicodeError: the host is no name of the internet's.
            return Outcome.FAILED, str(error) or type(error).__name__
