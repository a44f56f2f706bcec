"""Who waits where and who is busy, looked up once and kept up to date."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from harness.protocol.conversations import State
from harness.reference.clock import START
from harness.reference.domain.conversations import Conversation, Offer
from harness.reference.domain.floors import COST, Floor, is_waiting
from tests.reference.builders import conversation

STATES = (State.OPEN, State.OPEN, State.ACTIVE, State.WRAP_UP)


def drawn(chance: Random, id: str) -> Conversation:
    """A conversation as it may be at some moment."""
    state = chance.choice(STATES)
    made = conversation(id=id, state=state, queue=chance.choice("ab"))
    made = replace(made, queued=START + timedelta(seconds=chance.randrange(5)))
    if state is State.OPEN:
        return replace(made, offer=chance.choice((None, Offer("ben", START))))
    return replace(made, agent=chance.choice(("ben", "bea")))


def test_it_knows_after_any_changes_what_a_fresh_look_would_tell() -> None:
    chance = Random(5)
    floor, now = Floor(), dict[str, Conversation]()
    for _ in range(600):
        id = str(chance.randrange(30))
        now[id] = drawn(chance, id)
        floor.note(now[id])
    fresh = Floor(now.values())
    for each in now.values():
        assert floor.ahead(each) == fresh.ahead(each) == counted(each, list(now.values()))
    for agent in ("ben", "bea"):
        assert floor.load(agent) == fresh.load(agent) == COST * held(agent, list(now.values()))
    waiting = [each for each in now.values() if is_waiting(each)]
    assert floor.waiting() == waiting
    assert floor.crowd("a") + floor.crowd("b") == len(waiting)


def counted(one: Conversation, known: list[Conversation]) -> int:
    """How many wait longer in its queue, in plain words; of two at once the older comes first."""
    place = (one.queued, known.index(one))
    others = (each for each in known if is_waiting(each) and each.queue == one.queue)
    return sum((each.queued, known.index(each)) < place for each in others)


def held(agent: str, known: list[Conversation]) -> int:
    rings = sum(each.offer is not None and each.offer.agent == agent for each in known)
    return rings + sum(each.agent == agent for each in known)


def test_who_is_not_on_it_yet_comes_last() -> None:
    floor = Floor([conversation(id="1", queue="a", queued=START)])
    assert floor.ahead(conversation(id="2", queue="a", queued=START)) == 1
    assert floor.ahead(conversation(id="3", queue="b", queued=START)) == 0
