"""Long random walks through connecting, by makers and administrators, held to a few sentences."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState
from harness.reference.domain.bots import Bot
from harness.reference.domain.errors import DomainError
from harness.reference.domain.transitions import Verb
from harness.reference.operations import administrators, health
from harness.reference.operations.organisations import World
from tests.reference.test_transitions import cells
from tests.reference.workshop import WEB_APP, Workshop

STEPS = 500
TABLE = {cell[:3]: cell[3] for cell in cells()}


class Walk:
    """Two bots, three applications, two environments, and everything that can happen to them."""

    def __init__(self, world: World, generation: Generation, seed: int) -> None:
        self.shop = Workshop(world, generation)
        self.bots = [self.shop.id, self.shop.new("Second")]
        self.choice = random.Random(seed)
        self.places = [self.shop.place("Production"), self.shop.provide("North")]
        self.applications = [self.shop.register() for _ in range(3)]

    def step(self) -> None:
        self.shop.id = self.choice.choice(self.bots)
        happen: list[Callable[[], None]] = [self._press] * 6
        happen += [self._switch_user, self._remove_user, self._switch_channel]
        self.choice.choice(happen)()

    def _press(self) -> None:
        shop, verb = self.shop, self.choice.choice(list(Verb))
        given = {
            Verb.CHOOSE: self.choice.choice(self.places),
            Verb.TRIAL: shop.place(),
            Verb.CONNECT: self._written(),
        }.get(verb, "")
        before = shop.kept()
        outcome = TABLE[shop.organisation.generation, before.connection.state, verb]
        try:
            assert shop.do(verb, given)["state"] == outcome
        except DomainError as refused:
            assert shop.kept() == before, "a refusal changes nothing"
            named = type(refused).__name__
            if outcome not in tuple(ConnectionState):
                assert outcome == named
            else:
                assert named in {"DuplicateBotAppId", "AlreadyConnected", "ApplicationIdMalformed"}

    def _written(self) -> str:
        if self.shop.organisation.generation is WEB_APP:
            return ""
        return self.choice.choice(["", *self.applications])

    def _switch_user(self) -> None:
        if user := self.shop.kept().connection.user:
            olga, disabled = self.shop.user("Olga"), self.choice.random() < 0.5
            administrators.disable_application_user(self.shop.organisation, olga, user.id, disabled)

    def _remove_user(self) -> None:
        if user := self.shop.kept().connection.user:
            olga = self.shop.user("Olga")
            administrators.delete_application_user(self.shop.organisation, olga, user.id)

    def _switch_channel(self) -> None:
        self.shop.alter(teams_channel=self.choice.random() < 0.5)

    def look(self) -> set[ConnectionState]:
        """What must hold after every step; the states of the bots."""
        kept = [self._kept(id) for id in self.bots]
        for bot in kept:
            self._look_at(bot)
        first, second = (bot.connection for bot in kept)
        if first.application and first.application == second.application:
            assert self.shop.organisation.generation is Generation.PREVIEW
            assert first.environment != second.environment
        return {first.state, second.state}

    def _kept(self, id: str) -> Bot:
        self.shop.id = id
        return self.shop.kept()

    def _look_at(self, bot: Bot) -> None:
        made = bot.connection
        if made.state in (ConnectionState.CONNECTED, ConnectionState.DISABLED):
            assert made.environment
            assert bool(made.application) is (bot.generation is not WEB_APP)
        if made.user and made.application:
            assert made.user.application == made.application
        answers = health.trouble(self.shop.organisation, bot) is None
        assert answers is (
            made.state is ConnectionState.CONNECTED
            and made.user is not None
            and not made.user.disabled
            and (bot.teams_channel or bot.generation is WEB_APP)
            and made.environment == self.places[0]
        )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("generation", Generation)
def test_whatever_happens_in_whichever_order(
    world: World, generation: Generation, seed: int
) -> None:
    walk = Walk(world, generation, seed)
    seen: set[ConnectionState] = set()
    for _ in range(STEPS):
        walk.step()
        seen |= walk.look()
    states = {state for each, state, _ in TABLE if each is generation}
    assert seen == states, "every state was visited"
