"""Talks with a bot outside the desk, in the operations and over Direct Line."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import Generation
from harness.reference.domain.errors import ConversationClosed, NotFound
from harness.reference.domain.talks import Channel, Talk
from harness.reference.operations import agents, firing, makers, metrics, setup, talks
from harness.reference.operations.organisations import World
from tests.reference.desk import Desk

SILENT = """
kind: AdaptiveDialog
beginDialog:
  kind: OnInactivity
  id: main
  durationInSeconds: 60
  actions:
    - {kind: SendActivity, id: said, activity: "On {System.Activity.Channel}"}
"""

ODD = """
kind: AdaptiveDialog
beginDialog:
  kind: OnConversationStart
  id: main
  actions:
    - {kind: MadeUpNode, id: odd}
"""

TOLD = """
kind: AdaptiveDialog
beginDialog:
  kind: OnActivity
  id: main
  type: Event
  condition: =System.Activity.Name = "basketChanged"
  actions:
    - {kind: SendActivity, id: said, activity: "{System.Activity.Value.items} in your basket"}
"""


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world, setup.create(world, setup.Plan(Generation.WEB_APP)))


def begun(desk: Desk, channel: Channel = Channel.DIRECT_LINE, *, draft: bool = False) -> Talk:
    return talks.begin(desk.organisation, desk.bot().id, channel, draft=draft, user="dl_1")


def words(desk: Desk, talk: Talk) -> list[str]:
    return [line.text or line.event for line in talks.find(desk.organisation, talk.id).lines]


def write(desk: Desk, content: str = SILENT) -> None:
    makers.write_topic(desk.organisation, desk.user("Mia"), desk.bot().id, "Silent", content)


def test_the_bot_greets_and_answers_and_the_desk_knows_nothing(desk: Desk) -> None:
    talk = begun(desk)
    assert talk.lines
    heard = talks.hear(desk.organisation, talk.id, "opening hours")
    assert [line.id for line in heard.lines] == list(range(len(heard.lines)))
    assert agents.ongoing(desk.organisation, desk.user("Sam")) == []
    assert metrics.metrics(desk.organisation, desk.user("Sam"))["states"]["Active"] == 0


def test_the_shipped_reminders_stay_silent_outside_the_desk(desk: Desk) -> None:
    talk = begun(desk)
    before = words(desk, talk)
    desk.pass_time(minutes=60)
    assert words(desk, talk) == before


def test_a_topic_for_any_channel_speaks_once(desk: Desk) -> None:
    write(desk)
    makers.publish(desk.organisation, desk.user("Mia"), desk.bot().id)
    talk = begun(desk)
    desk.pass_time(minutes=5)
    assert words(desk, talk)[-1] == "On directline"
    assert words(desk, talk).count("On directline") == 1


def test_a_draft_is_tried_before_it_is_published(desk: Desk) -> None:
    write(desk)
    tried, published = begun(desk, Channel.TEST_PANE, draft=True), begun(desk)
    desk.pass_time(minutes=1)
    assert words(desk, tried)[-1] == "On pva-studio"
    assert words(desk, published)[-1] != "On directline"


def test_a_talk_goes_on_after_a_restart(desk: Desk) -> None:
    write(desk)
    talk = begun(desk, draft=True)
    desk.organisation.timers.set(talk.id, [])
    firing.arm_all(desk.organisation)
    desk.pass_time(minutes=1)
    assert words(desk, talk)[-1] == "On directline"


def test_an_event_of_the_website_starts_its_topic_alone(desk: Desk) -> None:
    write(desk, TOLD)
    talk = begun(desk, draft=True)
    before = words(desk, talk)
    talks.tell(desk.organisation, talk.id, "pageTurned")
    assert words(desk, talk) == before
    talks.tell(desk.organisation, talk.id, "basketChanged", {"items": 3})
    assert words(desk, talk) == [*before, "3 in your basket"]


def test_a_talk_that_is_over_hears_of_no_event(desk: Desk) -> None:
    talk = talks.hear(desk.organisation, begun(desk).id, "goodbye")
    with pytest.raises(ConversationClosed):
        talks.tell(desk.organisation, talk.id, "basketChanged")


@pytest.mark.parametrize(
    ("text", "event"), [("talk to agent", "handoff.initiate"), ("goodbye", "endOfConversation")]
)
def test_a_talk_that_the_bot_lets_go_of_is_over(desk: Desk, text: str, event: str) -> None:
    talk = talks.hear(desk.organisation, begun(desk).id, text)
    assert (talk.is_over, talk.lines[-1].event) == (True, event)
    desk.pass_time(minutes=60)
    assert words(desk, talk)[-1] == event
    with pytest.raises(ConversationClosed):
        talks.hear(desk.organisation, talk.id, "hello")


def test_a_bot_that_was_never_published_apologises(world: World) -> None:
    desk = Desk(world, setup.create(world, setup.Plan(published=False)))
    talk = talks.hear(desk.organisation, begun(desk).id, "hello")
    assert [problem.code for problem in talk.errors] == [2009, 2009]
    assert "Error code: 2009" in talk.lines[0].text


def test_the_log_has_what_a_bot_apologised_for(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    write(desk, ODD)
    talk = begun(desk, draft=True)
    assert f"{talk.id}: code 3000: Silent, line" in caplog.text
    assert "node odd: MadeUpNode is not supported" in caplog.text


def test_nobody_talks_with_what_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        talks.begin(desk.organisation, "gone", Channel.TEST_PANE, draft=True, user="Mia")
    with pytest.raises(NotFound):
        talks.find(desk.organisation, "gone")
