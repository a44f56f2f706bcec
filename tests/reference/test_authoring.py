"""What the portal knows of topics: those of a new bot, names too long, two makers at once."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot import content
from harness.reference.bot.editor import editing
from harness.reference.domain.errors import InsufficientRole, NotFound, TopicChanged, TopicInvalid
from harness.reference.operations import authoring, makers, rehearsals, setup, talks
from harness.reference.operations.organisations import World
from tests.reference.desk import Desk

TRANSFER = "TransferConversationV2"
SETS = """\
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  actions:
  - {kind: SetVariable, variable: Global.%s, value: 1}
"""


@pytest.mark.parametrize("generation", Generation)
def test_a_bot_from_the_portal_escalates_in_words_only(
    world: World, generation: Generation
) -> None:
    desk = Desk(world, setup.create(world, setup.Plan(generation)))
    plain = authoring.shipped(desk.organisation, "portal")
    full = authoring.shipped(desk.organisation, "d365")
    assert TRANSFER in full["Escalate"]
    assert TRANSFER not in plain["Escalate"]
    assert "looking for a colleague" in plain["Escalate"]
    assert [step.line for step in content.load_topic("Escalate", plain["Escalate"]).steps]
    silent = {"Session Timeout", "Session Timeout Reminder"}
    assert silent & set(full) == (silent if generation is Generation.WEB_APP else set())
    assert not silent & set(plain)


@pytest.mark.parametrize(
    ("generation", "longest"),
    [(Generation.PREVIEW, 200), (Generation.CLASSIC, 100), (Generation.WEB_APP, 100)],
)
def test_names_of_variables_end_where_the_desk_ends(
    world: World, generation: Generation, longest: int
) -> None:
    desk = Desk(world, setup.create(world, setup.Plan(generation)))
    mia, bot = desk.user("Mia"), desk.bot().id
    makers.write_topic(desk.organisation, mia, bot, "Long", SETS % ("v" * longest))
    with pytest.raises(TopicInvalid, match=f"more than {longest} characters"):
        makers.write_topic(desk.organisation, mia, bot, "Long", SETS % ("v" * (longest + 1)))


def test_two_makers_at_once(desk: Desk) -> None:
    mia, bot = desk.user("Mia"), desk.bot().id
    first = SETS % "First"
    makers.write_topic(desk.organisation, mia, bot, "New", first, base="")
    base = authoring.version(desk.organisation, bot, "New")
    assert base == editing.version(first)
    makers.write_topic(desk.organisation, mia, bot, "New", SETS % "Second", base=base)
    for late in (base, ""):
        with pytest.raises(TopicChanged):
            makers.write_topic(desk.organisation, mia, bot, "New", SETS % "Third", base=late)
    makers.delete_topic(desk.organisation, mia, bot, "New")
    with pytest.raises(TopicChanged):
        makers.write_topic(desk.organisation, mia, bot, "New", SETS % "Third", base=base)


def test_an_invalid_topic_is_listed_with_its_line() -> None:
    shown = authoring.topic("Broken", "kind: AdaptiveDialog\nbeginDialog:\n  kind: [\n")
    assert (shown["trigger"], shown["problem"][:7]) == ("", "Line 4:")


def test_a_test_is_no_conversation_of_the_desk(desk: Desk) -> None:
    mia, bot = desk.user("Mia"), desk.bot().id
    talk = rehearsals.start(desk.organisation, mia, bot)
    talk = rehearsals.say(desk.organisation, mia, bot, talk.id, "talk to agent")
    assert talk.is_over
    assert desk.organisation.store.conversations(desk.organisation.id) == []
    with pytest.raises(NotFound):
        rehearsals.look(desk.organisation, desk.user("Noah"), bot, talk.id)
    with pytest.raises(InsufficientRole):
        rehearsals.start(desk.organisation, desk.user("Olga"), bot)
    assert talks.find(desk.organisation, talk.id) == talk
