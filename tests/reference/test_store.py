"""The contract of a store; every version of it is a parameter here."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from harness.protocol.conversations import ContextVariable, Generation, Role, State
from harness.reference.clock import START
from harness.reference.domain import widgets
from harness.reference.domain.activities import Trace
from harness.reference.domain.attachments import Attachment
from harness.reference.domain.bots import Bot, BotConnection, BotUser, Topics
from harness.reference.domain.calls import Call, Utterance
from harness.reference.domain.conversations import Channel, Conversation, Offer
from harness.reference.domain.desk import Declared, Kind, Queue, Rule, Tenant, User, Workstream
from harness.reference.domain.environments import (
    AppRegistration,
    Environment,
    Extension,
    Licence,
)
from harness.reference.domain.feedback import Invitation
from harness.reference.domain.letters import Delivery, Letter
from harness.reference.domain.messages import Message
from harness.reference.domain.records import CustomerRecord, RecordType
from harness.reference.store.port import INDEXED, Question, Record, Store
from harness.reference.store.schema import TABLES
from harness.reference.store.sqlite import SqliteStore

STORES: dict[str, Callable[[Path], Store]] = {
    "memory": lambda folder: SqliteStore(),
    "file": lambda folder: SqliteStore(folder / "reference.db"),
}

RECORDS: list[Record] = [
    Tenant("x", Generation.CLASSIC, "env", "w", START, START, "+1", ("+2",), ("a_fault",)),
    User("x", "Ben", ("Omnichannel agent",), assigned=START),
    Environment("x", "Alps", "Europe", True, tuple(Licence), tuple(Extension)),
    AppRegistration("x", "a", "Alpine Desk"),
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
    widgets.ChatWidget(
        "x",
        pre_chat=(widgets.Question("Town", "Where do you live?"),),
        hours=widgets.Hours(),
        masking=(widgets.MaskingRule("Card", r"\d{16}"),),
    ),
    Attachment("x", "t1", "label.png", Role.AGENT, 3),
    Letter("x", "c1", "ada@post.example", START, Delivery.FAILED, problem="550"),
    Invitation("x", "c1", Role.BOT, {"satisfaction": "4"}, START, is_sent=True),
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


def test_a_customers_message_is_found_by_its_metadata(store: Store) -> None:
    odd = 'a"b\\c é'
    kept = replace(message(1), role=Role.CUSTOMER, metadata={"own": odd, "other": '"own":"x"'})
    for each in (kept, replace(kept, id=2), replace(kept, id=3, role=Role.BOT)):
        store.append("o", each)
    assert store.said("o", "t1", "own", odd) == kept
    for name, value in (("own", "x"), ("own", "a"), ("other", odd), ("", "")):
        assert store.said("o", "t1", name, value) is None
    assert store.said("o", "t2", "own", odd) is None
    assert store.said("p", "t1", "own", odd) is None


def test_a_dialogue_is_kept_as_bytes(store: Store) -> None:
    assert store.dialogue("o", "c1") is None
    store.put_dialogue("o", "c1", b"{}")
    store.put_dialogue("o", "c1", b'{"a":1}')
    assert store.dialogue("o", "c1") == b'{"a":1}'


def test_a_file_is_kept_byte_by_byte(store: Store) -> None:
    assert store.file("o", "f") is None
    for content in (b"", bytes(range(256)) * 1000):
        store.put_file("o", "f", content)
        assert store.file("o", "f") == content
    assert store.file("other", "f") is None
    store.forget("o")
    assert store.file("o", "f") is None


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


def bot(id: str, name: str, environment: str = "env", user: str = "") -> Bot:
    connection = BotConnection(user=BotUser(user, name)) if user else BotConnection()
    return Bot(id, name, Generation.PREVIEW, environment, connection=connection)


BOTS = [
    bot("b3", "Straße", user="u3"),
    bot("b1", "alpine HELPER", "other", user="u1"),
    bot("b2", "Alpine Guide", user="u2"),
    bot("b5", "O'Hara; %_*"),
    bot("b4", "Ölberg"),
]


@pytest.fixture
def bots(store: Store) -> Store:
    for each in BOTS:
        store.put("o", each)
    store.put("another", bot("b9", "Alpine Stranger", user="u1"))
    store.put("o", User("u", "Alpine Guide", ()))
    return store


def ids(found: list[Bot]) -> list[str]:
    return [each.id for each in found]


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("connection.user.id", "u1", ["b1"]),
        ("connection.user.id", "nobody", []),
        ("environment", "env", ["b3", "b2", "b5", "b4"]),
        ("name", "Alpine Guide", ["b2"]),
        ("name", "alpine guide", []),
        ("name", "O'Hara; %_*", ["b5"]),
    ],
)
def test_records_are_found_by_the_value_of_a_field(
    bots: Store, field: str, value: str, found: list[str]
) -> None:
    assert ids(bots.find("o", Bot, field, value)) == found


def test_what_was_changed_is_found_by_its_new_value_alone(bots: Store) -> None:
    bots.put("o", replace(BOTS[2], name="Guide"))
    assert bots.find("o", Bot, "name", "Alpine Guide") == []
    assert ids(bots.find("o", Bot, "name", "Guide")) == ["b2"]


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
@pytest.mark.parametrize(
    ("question", "listed"),
    [
        (Question(), ["b3", "b1", "b2", "b5", "b4"]),
        (Question(having=("environment", "env")), ["b3", "b2", "b5", "b4"]),
        (Question("ALPINE"), ["b2", "b1"]),
        (Question("alpine", having=("environment", "other")), ["b1"]),
        (Question("ö"), ["b4"]),
        (Question("strasse"), ["b3"]),
        (Question("%"), ["b5"]),
        (Question("nothing"), []),
        (Question(by="name"), ["b2", "b1", "b5", "b3", "b4"]),
        (Question(by="connection.user.name"), ["b2", "b1", "b3"]),
        (Question("straße", by="connection.user.name"), ["b3"]),
    ],
)
def test_a_list_is_read_page_by_page(
    bots: Store, question: Question, listed: list[str], limit: int
) -> None:
    read: list[str] = []
    while page := bots.page("o", Bot, read[-1] if read else None, limit, question):
        assert len(page) <= limit
        read += ids(page)
    assert read == listed
    assert bots.count("o", Bot, question) == len(listed)


def test_nothing_comes_after_an_id_that_names_nothing(bots: Store) -> None:
    assert bots.page("o", Bot, "b9") == []
    assert bots.page("o", Bot, "u") == []
    assert bots.page("o", Bot, "b5", question=Question(by="connection.user.name")) == []


def test_the_last_is_the_one_that_was_first_put_last(bots: Store) -> None:
    bots.put("o", replace(BOTS[0], name="changed"))
    found = bots.last("o", Bot)
    assert found is not None
    assert found.id == "b4"
    assert bots.last("o", Queue) is None


def test_records_are_found_by_how_their_ids_begin(bots: Store) -> None:
    bots.put("o", replace(BOTS[0], id="c1"))
    assert ids(bots.starting("o", Bot, "c")) == ["c1"]
    assert ids(bots.starting("o", Bot, "b")) == sorted(bot.id for bot in BOTS)
    assert bots.starting("o", Bot, "x") == []


def test_records_are_found_by_what_is_true_of_them(bots: Store) -> None:
    disabled = Question(having=("connection.user.disabled", True))
    users = {bot.id: bot.connection.user for bot in bots.all("o", Bot)}
    expected = {id for id, user in users.items() if user and user.disabled}
    assert set(ids(bots.page("o", Bot, question=disabled))) == expected


def test_a_record_that_is_removed_is_gone_from_every_list(bots: Store) -> None:
    for _ in range(2):
        bots.remove("o", Bot, "b1")
    assert bots.get("o", Bot, "b1") is None
    assert ids(bots.page("o", Bot, question=Question("alpine"))) == ["b2"]
    assert bots.find("o", Bot, "connection.user.id", "u1") == []
    assert bots.count("o", Bot) == 4
    assert bots.get("another", Bot, "b9") is not None


def fields(kind: type, path: str) -> bool:
    """Whether a field of a field is there: an index over a name that is misspelt finds nothing."""
    name, _, rest = path.partition(".")
    hint = get_type_hints(kind).get(name)
    kinds = [each for each in (hint, *get_args(hint)) if hasattr(each, "__dataclass_fields__")]
    return hint is not None and (not rest or any(fields(each, rest) for each in kinds))


@pytest.mark.parametrize(
    ("kind", "path"), [(kind, path) for kind, paths in INDEXED.items() for path in paths]
)
def test_every_indexed_field_is_one(kind: type, path: str) -> None:
    assert fields(kind, path)


def test_a_file_of_before_there_were_indexes_is_searched_too(tmp_path: Path) -> None:
    first = SqliteStore(tmp_path / "x.db")
    first.put("o", BOTS[2])
    first.close()
    with sqlite3.connect(tmp_path / "x.db") as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%body%'")
        for (name,) in names.fetchall():
            if name != "records" and name not in TABLES:
                database.execute(f"DROP INDEX {name}")
    database.close()
    second = SqliteStore(tmp_path / "x.db")
    assert ids(second.page("o", Bot, question=Question("guide"))) == ["b2"]
    second.close()
