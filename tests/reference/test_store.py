"""The contract of a store; every version of it is a parameter here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from harness.protocol.conversations import ContextVariable, Generation, Role, State
from harness.reference.clock import START
from harness.reference.domain.activities import Trace
from harness.reference.domain.bots import Bot, BotConnection, BotUser, Topics
from harness.reference.domain.calls import Call, Utterance
from harness.reference.domain.conversations import Channel, Conversation, Offer
from harness.reference.domain.desk import Declared, Kind, Queue, Rule, Tenant, User, Workstream
from harness.reference.domain.messages import Message
from harness.reference.domain.records import CustomerRecord, RecordType
from harness.reference.store.port import Record, Store
from harness.reference.store.sqlite import SqliteStore

STORES: dict[str, Callable[[Path], Store]] = {
    "memory": lambda folder: SqliteStore(),
    "file": lambda folder: SqliteStore(folder / "reference.db"),
}

RECORDS: list[Record] = [
    Tenant("x", Generation.CLASSIC, "env", "w", START, START, "+1", ("+2",), ("a_fault",)),
    User("x", "Ben", ("Omnichannel agent",), assigned=START),
    Bot("x", "B", Generation.PREVIEW, "env", connection=BotConnection(user=BotUser("u", "B"))),
    Topics("x", {"Greeting": "kind: AdaptiveDialog"}),
    Workstream(
        "x",
        "Live chat",
        "Messaging",
        None,
        "q",
        (Rule("a", "b", "q"),),
        context_variables=(Declared("a", Kind.NUMBER),),
    ),
    Queue("x", "Support", ("ben",), "bot"),
    CustomerRecord("x", RecordType.INCIDENT, "Lost parcel", case_number="CAS-1", active=False),
    Call("x", "c", "+1", "+2", pending=(Utterance("hi"), Utterance(None)), until=START),
]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = STORES[request.param](tmp_path)
    yield made
    made.close()


def conversation(number: int = 1) -> Conversation:
    return Conversation(
        id=f"c{number}",
        organisation="o",
        request=f"r{number}",
        thread=f"t{number}",
        visitor="v",
        channel=Channel.VOICE,
        customer="Ada",
        workstream="w",
        bot=None,
        started=START,
        changed=START,
        context=(ContextVariable("a", 1, displayable=False), ContextVariable("b", ["x"])),
        offer=Offer("ben", START),
        declined=("bea",),
    )


def message(number: int, hidden: bool = False) -> Message:
    return Message(number, "t1", Role.BOT, "b", "Bot", "ä\x00\n", START, ("x",), {"k": "v"}, hidden)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_comes_back_as_it_was(store: Store, record: Record) -> None:
    store.put("o", record)
    assert store.get("o", type(record), "x") == record
    assert store.get("another", type(record), "x") is None
    assert store.get("o", type(record), "y") is None


def test_records_are_listed_in_the_order_of_their_first_put(store: Store) -> None:
    for id in ("b", "a"):
        store.put("o", Queue(id, id))
    store.put("o", Queue("b", "renamed"))
    assert [queue.name for queue in store.all("o", Queue)] == ["renamed", "a"]


def test_a_conversation_is_found_by_each_of_its_names(store: Store) -> None:
    first = conversation()
    store.save(first)
    assert store.conversation("o", "c1") == first
    assert store.by_request("o", "r1") == first
    assert store.by_thread("o", "t1") == first
    assert store.by_thread("another", "t1") is None


def test_saving_again_changes_in_place(store: Store) -> None:
    for number in (1, 2):
        store.save(conversation(number))
    closed = replace(conversation(1), state=State.CLOSED)
    store.save(closed)
    assert [each.id for each in store.conversations("o")] == ["c1", "c2"]
    assert [each.id for each in store.ongoing("o")] == ["c2"]
    assert store.conversation("o", "c1") == closed


def test_messages_come_oldest_first_after_an_id(store: Store) -> None:
    assert store.last_message("o") == 0
    for each in (message(2, hidden=True), message(1)):
        store.append("o", each)
    assert store.messages("o", "t1") == [message(1), message(2, hidden=True)]
    assert store.messages("o", "t1", after=1) == [message(2, hidden=True)]
    assert store.last_message("o") == 2


def test_a_dialogue_is_kept_as_bytes(store: Store) -> None:
    assert store.dialogue("o", "c1") is None
    store.put_dialogue("o", "c1", b"{}")
    store.put_dialogue("o", "c1", b'{"a":1}')
    assert store.dialogue("o", "c1") == b'{"a":1}'


def test_a_setting_keeps_its_first_value(store: Store) -> None:
    assert store.setting("secret", "one") == "one"
    assert store.setting("secret", "two") == "one"


def failing(store: Store) -> None:
    with store.transaction():
        store.put("o", Queue("q", "Support"))
        with store.transaction():
            store.save(conversation())
        raise RuntimeError


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError):
        failing(store)
    assert store.all("o", Queue) == []
    assert store.conversations("o") == []
    with store.transaction():
        store.put("o", Queue("q", "Support"))
    assert len(store.all("o", Queue)) == 1


def test_an_organisation_is_forgotten_as_a_whole(store: Store) -> None:
    for record in RECORDS:
        store.put("o", record)
    store.put("kept", RECORDS[0])
    store.save(conversation())
    store.append("o", message(1))
    store.put_dialogue("o", "c1", b"{}")
    store.forget("o")
    assert all(store.all("o", type(record)) == [] for record in RECORDS)
    assert store.conversations("o") == []
    assert store.messages("o", "t1") == []
    assert store.dialogue("o", "c1") is None
    assert store.tenants() == [RECORDS[0]]


def test_a_file_is_read_again_by_the_next_process(tmp_path: Path) -> None:
    first = SqliteStore(tmp_path / "x.db")
    first.save(conversation())
    first.close()
    second = SqliteStore(tmp_path / "x.db")
    assert second.conversation("o", "c1") == conversation()
    second.close()


def test_traces_are_kept_in_their_order_and_forgotten(store: Store) -> None:
    traces = [
        Trace("b", 7, START, {"type": "trace", "value": {"n": None}}),
        Trace("b", 7, START, {"type": "event"}, last=True),
    ]
    for trace in traces:
        store.append_trace("o", "c", trace)
    assert store.traces("o", "c") == traces
    assert store.traces("o", "d") == store.traces("p", "c") == []
    store.forget("o")
    assert store.traces("o", "c") == []
