"""Holds every message that passes against its schema (`harness.protocol.messages`).

What the target sent, its own pages included, is the target's to get right, so a violation is a
failed check. What one of our drivers sent is ours: a violation is an error of the harness.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec

from harness.errors import OwnMessageInvalid
from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Mismatch
from harness.protocol import messages as shapes
from harness.protocol.roles import Customer
from harness.transport.exchanges import Exchange

CUSTOMER = "Customer"
"""What the chat client calls whoever writes in it."""

_NOTHING = (None, None)
_PLACES: Sequence[tuple[str, str, tuple[Any, Any]]] = (
    # Method, path, and the schemas of what is asked and what is answered.
    ("POST", r"/chat/threads/[^/]+/messages", (shapes.SentMessage, shapes.Created)),
    ("GET", r"/chat/threads/[^/]+/messages", (None, shapes.ThreadMessages)),
    ("GET", r"/chat/threads/[^/]+/messages/[^/]+", (None, shapes.ThreadMessage)),
    ("GET", r"/livechatconnector/.+/getchattranscripts/.+", (None, shapes.Transcript)),
    ("POST", r"/v3/.*conversations/[^/]+/activities(/[^/]+)?", (shapes.Activity, shapes.Accepted)),
    ("GET", r"/v3/.*conversations/[^/]+/activities", (None, shapes.ActivitySet)),
    ("GET", r"/portal/.+/sessions/[^/]+", (None, shapes.SessionActivities)),
)
_PATTERNS = [(method, re.compile(f".*{path}$"), both) for method, path, both in _PLACES]


@dataclass(frozen=True, slots=True)
class Passed:
    """A message, or a list of them, as it passed: raw JSON, and the schema that it must keep to."""

    what: str
    raw: str
    schema: Any
    ours: bool

    def violation(self) -> str:
        """What is wrong with it, in a sentence; empty when nothing is."""
        try:
            msgspec.json.decode(self.raw, type=self.schema)
        except (msgspec.DecodeError, UnicodeEncodeError) as problem:
            return f"{self.what}: {problem} in {self.raw[:300]}"
        return ""


def passed(exchanges: Iterable[Exchange]) -> Iterator[Passed]:
    """Every message among what went over the wire; what was read twice is told once."""
    seen: set[Passed] = set()
    for exchange in exchanges:
        found = _in_frame(exchange) if exchange.kind == "socket" else _in_call(exchange)
        for message in found:
            if message not in seen:
                seen.add(message)
                yield message


def _in_call(exchange: Exchange) -> Iterator[Passed]:
    path = urlsplit(exchange.url).path
    schemas = next((s for m, p, s in _PATTERNS if m == exchange.method and p.match(path)), _NOTHING)
    # What was refused is no message: whether it should have been is for the steps to say.
    if schemas == _NOTHING or not 200 <= (exchange.status or 200) < 300:
        return
    asked, answered = schemas
    call = f"{exchange.who}, {exchange.method} {path}"
    if asked and exchange.request:
        yield Passed(f"{call} (sent)", exchange.request, asked, ours=not exchange.by_page)
    # What answers a page is handed out by its browser one by one, and left out here.
    if answered and (exchange.response or (exchange.status and not exchange.by_page)):
        yield Passed(f"{call} (answered)", exchange.response, answered, ours=False)


def _in_frame(exchange: Exchange) -> Iterator[Passed]:
    frame, path = exchange.response, urlsplit(exchange.url).path
    if "/socket.io/" in path and frame.startswith("3:"):
        push = _push(frame)
        what = f"{exchange.who}, push"
        yield Passed(what, push, _schema_of(push), ours=False)
    elif "/directline/" in path and frame:
        yield Passed(f"{exchange.who}, stream", frame, shapes.ActivitySet, ours=False)


def _push(frame: str) -> str:
    """The body of a push, which is JSON in JSON in a frame; the frame when it is none."""
    try:
        return str(msgspec.json.decode(frame.split(":", 3)[3])["body"])
    except (msgspec.DecodeError, LookupError, TypeError):
        return frame


def _schema_of(push: str) -> Any:
    try:
        number = msgspec.json.decode(push, type=shapes.PushedEvent).event_id
    except msgspec.DecodeError:
        return shapes.PushedEvent
    return shapes.PUSHES.get(number, shapes.PushedEvent)


def hold(exchanges: Sequence[Exchange]) -> None:
    """Hold all that passed; raises OwnMessageInvalid first, for what answers our own mistakes."""
    found = list(passed(exchanges))
    for message in found:
        if message.ours and (wrong := message.violation()):
            raise OwnMessageInvalid(f"the driver sent what no client sends: {wrong}")
    are_valid(found)


@check
def are_valid(found: Iterable[Passed]) -> Mismatch | None:
    """Each message of the target keeps to the schema of its kind (wire notes 1, 2b, 2c, 4)."""
    for message in found:
        if not message.ours and (mismatch := compare(_keeps_to_schema, message)):
            return mismatch
    return None


def _keeps_to_schema(message: Passed) -> Mismatch | None:
    wrong = message.violation()
    return Mismatch("messages that keep to their schemas", wrong, final=True) if wrong else None


@check
def carry_customer_tags(
    customer: Customer, overheard: Callable[[], Sequence[Exchange]]
) -> Mismatch | None:
    """Each message of the customer that the target sends or passes on has both tags (EMB-34)."""

    def look() -> list[frozenset[str]]:
        customer.transcript()
        return list(_tags(overheard()))

    return eventually(look, _tagged)


def _tagged(found: Sequence[frozenset[str]]) -> Mismatch | None:
    wanted = {shapes.CHANNEL_TAG, shapes.CUSTOMER_TAG}
    expected = f"messages of the customer, each with the tags {' and '.join(sorted(wanted))}"
    if not found:
        return Mismatch(expected, "none on the wire")
    lacking = next((tags for tags in found if not wanted <= tags), None)
    if lacking is None:
        return None
    return Mismatch(expected, f"one with {', '.join(sorted(lacking)) or 'no tags'}", final=True)


def _tags(exchanges: Sequence[Exchange]) -> Iterator[frozenset[str]]:
    """The tags of each message of the customer, as the target has sent it or passed it on."""
    for message in passed(exchanges):
        if message.ours or message.violation():
            continue
        told = msgspec.json.decode(message.raw, type=message.schema)
        listed = told.value if isinstance(told, shapes.ThreadMessages) else [told]
        for one in listed:
            if getattr(one, "sender_display_name", "") == CUSTOMER:
                yield shapes.tags_of(one.metadata)
