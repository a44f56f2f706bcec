"""What a supervisor's list of ongoing conversations must say (INA-11)."""

from __future__ import annotations

from collections.abc import Sequence

from harness.expect.checks import check
from harness.expect.conversations import stands
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch
from harness.protocol.conversations import Conversation, State
from harness.protocol.roles import Supervisor


@check
def lists(supervisor: Supervisor, conversation: str) -> Mismatch | None:
    """The conversation is among the ongoing ones."""
    return eventually(supervisor.ongoing, _listed(conversation, True))


@check
def does_not_list(supervisor: Supervisor, conversation: str) -> Mismatch | None:
    """The closed conversation has left the list of ongoing ones.

    The witness is the conversation itself: the desk says that it is closed, so it could be gone.
    """
    witness = eventually(lambda: supervisor.reads(conversation), stands(State.CLOSED))
    return witness or eventually(supervisor.ongoing, _listed(conversation, False))


def _listed(conversation: str, wanted: bool) -> Matcher[Sequence[Conversation]]:
    expected = f"conversation {conversation} {'' if wanted else 'not '}among the ongoing ones"

    def match(ongoing: Sequence[Conversation]) -> Mismatch | None:
        if any(item.id == conversation for item in ongoing) is wanted:
            return None
        return Mismatch(expected, f"{[item.id for item in ongoing]}")

    return match
