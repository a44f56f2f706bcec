"""What must happen in a call (VOI); there is no audio, so what is heard is an event."""

from __future__ import annotations

from collections.abc import Callable

from harness.expect.checks import check
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch
from harness.protocol.conversations import Call, Role
from harness.protocol.roles import Caller


@check
def is_connected(caller: Caller) -> Mismatch | None:
    """The call stands."""
    return eventually(caller.call, _is("a call that is connected", lambda call: not _ended(call)))


@check
def is_ended(caller: Caller) -> Mismatch | None:
    """The call is over."""
    return eventually(caller.call, _is("a call that is ended", _ended))


@check
def is_held_by_agent(caller: Caller) -> Mismatch | None:
    """A person holds the call."""
    return eventually(
        caller.call, _is("a call held by an agent", lambda call: call.held_by is Role.AGENT)
    )


@check
def was_heard_whole(caller: Caller, text: str) -> Mismatch | None:
    """The message was heard to its end: nothing that the caller did has cut it."""
    return eventually(caller.call, _happened("heard", text, unless="cut"))


@check
def was_cut(caller: Caller, text: str) -> Mismatch | None:
    """The caller has interrupted the message."""
    return eventually(caller.call, _happened("cut", text, unless="heard"))


def _ended(call: Call) -> bool:
    return call.state == "ended"


def _is(expected: str, holds: Callable[[Call], bool]) -> Matcher[Call]:
    def match(call: Call) -> Mismatch | None:
        if holds(call):
            return None
        held = call.held_by.value if call.held_by else "nobody"
        return Mismatch(expected, f"{call.state}, held by {held}", final=_ended(call))

    return match


def _happened(kind: str, text: str, *, unless: str) -> Matcher[Call]:
    def match(call: Call) -> Mismatch | None:
        kinds = [event.kind for event in call.events if text in event.text]
        if kind in kinds:
            return None
        story = ", ".join(f"{event.kind} {event.text!r}" for event in call.events)
        return Mismatch(f"{text!r} to be {kind}", story, final=unless in kinds)

    return match
