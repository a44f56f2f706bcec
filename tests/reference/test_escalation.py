"""What a bot passes on when it lets go, as the desk takes it and as it crosses the wire."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from harness.protocol.conversations import Presence, Role, State
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import Rule
from harness.reference.domain.errors import InsufficientRole, NotFound
from harness.reference.domain.records import CustomerRecord, RecordType
from harness.reference.faults import Faults
from harness.reference.operations import (
    administrators,
    agents,
    customers,
    makers,
    records,
    transcripts,
)
from harness.reference.operations.administrators import Settings
from tests.reference.desk import Desk

ESCALATE = """
kind: AdaptiveDialog
beginDialog:
  kind: OnEscalate
  id: main
  intent:
    triggerQueries: [talk to agent]
  actions:
    - kind: SetVariable
      variable: Topic.Long
      value: ={value}
    - kind: TransferConversationV2
      transferType:
        kind: TransferToAgent
        messageToAgent: Only for the agent
        context:
          kind: AutomaticTransferContext
"""


def spoil(desk: Desk, *faults: str) -> None:
    """These deviations alone, whether or not a check is named for them yet."""
    desk.organisation.faults = Faults(frozenset(faults))


def session(desk: Desk, chat: Conversation, bot: str = "") -> dict[str, Any]:
    mia = desk.user("Mia")
    return transcripts.read(desk.organisation, mia, bot or desk.bot().id, chat.id)


def event(desk: Desk, chat: Conversation) -> dict[str, Any]:
    found: list[dict[str, Any]]
    found = [a for a in session(desk, chat)["activities"] if "relatesTo" in a]
    assert len(found) == 1
    return found[0]


def kinds(activities: list[dict[str, Any]]) -> list[str]:
    named = ("name", "valueType", "text")
    return [next((a[key] for key in named if key in a), a["type"]) for a in activities]


def rewrite(desk: Desk, value: str) -> None:
    mia, bot = desk.user("Mia"), desk.bot().id
    text = ESCALATE.replace("{value}", value)
    makers.write_topic(desk.organisation, mia, bot, "Escalate", text)
    makers.publish(desk.organisation, mia, bot)


def test_the_hand_off_crosses_the_wire_with_all_its_parts(desk: Desk) -> None:
    chat = desk.chat("hello", "return a parcel", "ZX-1", "talk to agent")
    sent = event(desk, chat)
    assert sent["type"] == "event"
    assert sent["name"] == "handoff.initiate"
    assert sent["channelId"] == "directline"
    assert sent["conversation"] == {"id": chat.id}
    assert sent["from"] == {"id": desk.bot().id, "name": "Alpine Helper", "role": "bot"}
    assert sent["value"]["ParcelNumber"] == "ZX-1"
    assert sent["value"]["va_LastPhrase"] == "talk to agent"
    assert sent["entities"] == []
    assert sent["relatesTo"]["activityId"] == sent["replyToId"]
    assert sent["relatesTo"]["user"] == {"id": chat.visitor, "role": "user"}
    [transcript] = sent["attachments"]
    assert (transcript["name"], transcript["contentType"]) == ("Transcript", "application/json")
    said = [f"{a['from']['role']}: {a['text']}" for a in transcript["content"]["activities"]]
    seen = desk.lines(chat)[: len(said)]
    assert said == [line.replace("customer:", "user:") for line in seen]


def test_activities_are_numbered_in_their_order(desk: Desk) -> None:
    chat = desk.chat("hello", "talk to agent")
    activities = session(desk, chat)["activities"]
    ids = [activity["id"] for activity in activities]
    assert ids == [f"{chat.id}|{number:07d}" for number in range(len(ids))]
    assert kinds(activities)[:3] == ["ConversationInfo", "conversationUpdate", "startConversation"]
    assert kinds(activities)[-2:] == ["handoff.initiate", "SessionInfo"]
    assert activities[-1]["value"]["outcome"] == "Escalated"


@pytest.mark.parametrize("part", ["name", "conversation", "value", "transcript"])
def test_a_part_of_the_hand_off_may_be_missing(desk: Desk, part: str) -> None:
    spoil(desk, f"hand_off_without_{part}")
    sent = event(desk, desk.chat("talk to agent"))
    assert ("attachments" if part == "transcript" else part) not in sent


def test_the_transcript_may_be_spoilt(desk: Desk) -> None:
    whole = event(desk, desk.chat("hello", "talk to agent"))
    spoil(desk, "transcript_truncated", "transcript_altered")
    spoilt = event(desk, desk.chat("hello", "talk to agent"))
    whole_said, said = (sent["attachments"][0]["content"]["activities"] for sent in (whole, spoilt))
    assert 0 < len(said) < len(whole_said)
    assert said[-1]["text"] != whole_said[-1]["text"]


def test_what_the_customer_says_to_a_person_is_not_the_bots(desk: Desk) -> None:
    chat = desk.with_agent()
    desk.say(chat, "for Ben alone")
    assert "for Ben alone" not in kinds(session(desk, chat)["activities"])


def test_a_session_is_read_by_makers_of_its_bot(desk: Desk) -> None:
    chat = desk.chat("hello")
    with pytest.raises(NotFound):
        session(desk, chat, "another")
    with pytest.raises(NotFound):
        transcripts.read(desk.organisation, desk.user("Mia"), desk.bot().id, "none")
    with pytest.raises(InsufficientRole):
        transcripts.read(desk.organisation, desk.user("Ben"), desk.bot().id, chat.id)


def test_a_value_over_the_limit_prevents_the_hand_off(desk: Desk) -> None:
    rewrite(desk, f'Substitute("{"x" * 800}", "x", "yyyyy")')
    assert desk.chat("talk to agent").state is State.OPEN
    rewrite(desk, f'Substitute("{"x" * 800}", "x", "yyyyyz")')
    chat = desk.chat("talk to agent")
    assert (chat.state, chat.held_by) == (State.ACTIVE, Role.BOT)
    assert "Error code: 3000" in desk.lines(chat)[-1]
    assert all(session.outcome is None for session in chat.sessions)
    [error] = session(desk, chat)["errors"]
    assert error["code"] == 3000
    assert "Long has 4800 characters" in error["detail"]
    desk.say(chat, "hello")
    assert desk.lines(chat)[-1].startswith("bot: ")


def queue(desk: Desk, name: str, *members: str, bot: str | None = None) -> str:
    made = administrators.create_queue(desk.organisation, desk.user("Olga"), name, members, bot)
    return str(made["id"])


def route(desk: Desk, settings: Settings) -> None:
    olga = desk.user("Olga")
    stream = administrators.workstreams(desk.organisation, olga)[0]
    administrators.set_workstream(desk.organisation, olga, stream["id"], settings)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("", "Gold"),
        ("routing_not_rerun", "Support"),
        ("escalation_goes_to_wrong_queue", "Support"),
    ],
)
def test_routing_runs_again_with_the_bots_values(desk: Desk, fault: str, expected: str) -> None:
    gold = queue(desk, "Gold", "Bea")
    route(desk, Settings(rules=(Rule("ParcelNumber", "GOLD", gold),)))
    spoil(desk, fault)
    chat = desk.chat("return a parcel", "GOLD", "talk to agent")
    shown = agents.read(desk.organisation, desk.user("Sam"), chat.id)
    assert shown["queue"] == expected


def test_only_the_agents_of_the_queue_are_rung(desk: Desk) -> None:
    route(desk, Settings(queue=queue(desk, "Bens", "Ben")))
    desk.presence("Bea")
    assert desk.ringing("Bea") == []
    chat = desk.chat("talk to agent")
    assert desk.ringing("Bea") == []
    spoil(desk, "rings_beyond_the_queue")
    desk.presence("Ben", Presence.AWAY)
    assert desk.ringing("Bea") == [chat.id]


def record(desk: Desk, kind: RecordType, name: str, **more: Any) -> str:
    made = CustomerRecord("", kind, name, **more)
    return str(records.create(desk.organisation, desk.user("Olga"), made)["id"])


def opened(desk: Desk, **pre_chat: object) -> Conversation:
    opening = customers.Opening(pre_chat=dict(pre_chat))
    return customers.start(desk.organisation, str(uuid4()), opening)


@pytest.mark.parametrize(
    ("given", "linked"),
    [
        ({"Name": "ada lovelace "}, {"contact": "Ada Lovelace"}),
        ({"Name": "Kim"}, {}),
        ({"Name": "Kim", "Email": "kim@one.example"}, {"contact": "Kim"}),
        ({"Email": "gone@example"}, {}),
        ({"Phone": "+1"}, {"account": "Alpine"}),
        ({"CaseNumber": "CAS-1"}, {"incident": "Lost parcel"}),
        ({"Name": ""}, {}),
        ({"Town": "Oslo"}, {}),
    ],
)
def test_exactly_one_active_record_is_linked(
    desk: Desk, given: dict[str, object], linked: dict[str, str]
) -> None:
    record(desk, RecordType.CONTACT, "Ada Lovelace")
    record(desk, RecordType.CONTACT, "Kim", email="kim@one.example")
    record(desk, RecordType.CONTACT, "Kim", email="kim@two.example")
    record(desk, RecordType.CONTACT, "Gone", email="gone@example", active=False)
    record(desk, RecordType.ACCOUNT, "Alpine", phone="+1")
    record(desk, RecordType.INCIDENT, "Lost parcel", case_number="cas-1")
    chat = opened(desk, **given)
    shown = agents.read(desk.organisation, desk.user("Sam"), chat.id)["linked"]
    assert {kind: entry["name"] for kind, entry in shown.items()} == linked


@pytest.mark.parametrize(
    ("fault", "given", "linked"),
    [
        ("nothing_is_linked", "one@example", []),
        ("first_of_many_is_linked", "two@example", ["contact"]),
        ("inactive_record_linked", "gone@example", ["contact"]),
    ],
)
def test_deviations_of_linking(desk: Desk, fault: str, given: str, linked: list[str]) -> None:
    record(desk, RecordType.CONTACT, "One", email="one@example")
    for name in ("Two", "Too"):
        record(desk, RecordType.CONTACT, name, email="two@example")
    record(desk, RecordType.CONTACT, "Gone", email="gone@example", active=False)
    spoil(desk, fault)
    assert list(opened(desk, Email=given).linked) == linked


def test_a_record_is_looked_for_again_when_the_bot_lets_go(desk: Desk) -> None:
    record(desk, RecordType.INCIDENT, "Lost parcel", case_number="ZX-1")
    mia, bot = desk.user("Mia"), desk.bot().id
    text = ESCALATE.replace("{value}", '"ZX-1"').replace("Topic.Long", "Topic.CaseNumber")
    makers.write_topic(desk.organisation, mia, bot, "Escalate", text)
    makers.publish(desk.organisation, mia, bot)
    assert "incident" in desk.chat("talk to agent").linked


def test_a_bot_may_read_what_the_desk_supplies(desk: Desk) -> None:
    customer = record(desk, RecordType.CONTACT, "Ada")
    record(desk, RecordType.ACCOUNT, "Alpine", email="ada@example")
    chat = opened(desk, Name="Ada")
    [given] = [a for a in session(desk, chat)["activities"] if a.get("name") == "startConversation"]
    value = given["value"]
    assert value["msdyn_ConversationId"] == value["msdyn_liveworkitemid"] == chat.id
    assert value["msdyn_CustomerType"] == "contact"
    assert value["msdyn_CustomerName"] == "Ada"
    row = {"RecordId": customer, "PrimaryDisplayValue": "Ada"}
    assert value["msdyn_contact_msdyn_ocliveworkitem_Customer"] == [row]
    spoil(desk, "supplied_context_unreadable")
    silent = opened(desk, Name="Ada")
    [none] = [
        a for a in session(desk, silent)["activities"] if a.get("name") == "startConversation"
    ]
    assert none["value"] == {}


def test_while_nobody_is_free_the_customer_is_told_the_place(desk: Desk) -> None:
    first, second = desk.chat("talk to agent"), desk.chat("talk to agent")
    assert desk.lines(first)[-1] == "system: You're next in line..."
    assert desk.lines(second)[-1] == "system: People ahead of you: 1."
    customers.end(desk.organisation, first.request)
    assert desk.lines(second)[-1] == "system: People ahead of you: 1."
    desk.pass_time(seconds=30)
    assert desk.lines(second)[-1] == "system: You're next in line..."


def test_the_average_wait_is_told_once_it_is_known(desk: Desk) -> None:
    for _ in range(20):
        chat = desk.chat("talk to agent")
        desk.pass_time(minutes=3)
        desk.presence("Ben")
        desk.accept("Ben", chat)
        desk.end("Ben", chat)
        agents.close(desk.organisation, desk.user("Ben"), chat.id)
        desk.presence("Ben", Presence.AWAY)
    chat = desk.chat("talk to agent")
    assert desk.lines(chat)[-1] == "system: Average wait time 3 mins."


def test_the_place_may_stay_untold(desk: Desk) -> None:
    spoil(desk, "queue_position_not_told")
    assert "next in line" not in "".join(desk.lines(desk.chat("talk to agent")))


@pytest.mark.parametrize("missing", [False, True])
def test_a_bot_without_a_working_user_apologises(desk: Desk, missing: bool) -> None:
    olga = desk.user("Olga")
    [user] = administrators.application_users(desk.organisation, olga)["value"]
    if missing:
        administrators.delete_application_user(desk.organisation, olga, user["id"])
    else:
        administrators.disable_application_user(desk.organisation, olga, user["id"], True)
    assert "Error code: 2013" in desk.lines(desk.chat("hello"))[-1]
    if not missing:
        administrators.disable_application_user(desk.organisation, olga, user["id"], False)
        assert desk.lines(desk.chat("hello"))[-1].startswith("bot: ")
    with pytest.raises(NotFound):
        administrators.delete_application_user(desk.organisation, olga, "none")
