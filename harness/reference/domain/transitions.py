"""Which step of connecting follows which: the state machine of specification 2.6, as a table."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState
from harness.reference.domain import errors
from harness.reference.domain.errors import NotNow


class Verb(StrEnum):
    """What makers do with a connection; the values are what `next` of a connection holds."""

    ENABLE = "enable"
    CHOOSE = "environment"
    TRIAL = "trial"
    CONNECT = "connect"
    REFRESH = "refresh"
    DISABLE = "disable"
    DISCONNECT = "disconnect"


Step: TypeAlias = tuple[ConnectionState, Verb]

NEW, PANE, CHOSEN, ON, OFF, GONE = (
    ConnectionState.NOT_CONFIGURED,
    ConnectionState.PANE_OPEN,
    ConnectionState.ENVIRONMENT_SELECTED,
    ConnectionState.CONNECTED,
    ConnectionState.DISABLED,
    ConnectionState.DISCONNECTED,
)

_PROCEDURE: dict[Step, ConnectionState] = {
    (NEW, Verb.ENABLE): PANE,
    (PANE, Verb.CHOOSE): CHOSEN,
    (CHOSEN, Verb.CHOOSE): CHOSEN,
    (CHOSEN, Verb.CONNECT): ON,
    (ON, Verb.DISCONNECT): GONE,
    (GONE, Verb.CHOOSE): CHOSEN,
}

MOVES: dict[Generation, dict[Step, ConnectionState]] = {
    # The tile is back to unconfigured after a disconnect: it can be gone through from the start.
    Generation.PREVIEW: _PROCEDURE | {(GONE, Verb.ENABLE): PANE},
    Generation.CLASSIC: _PROCEDURE
    | {
        (PANE, Verb.TRIAL): PANE,
        (CHOSEN, Verb.TRIAL): CHOSEN,
        (GONE, Verb.TRIAL): GONE,
        (ON, Verb.REFRESH): ON,
        (ON, Verb.DISABLE): OFF,
        (OFF, Verb.ENABLE): ON,
        (OFF, Verb.DISCONNECT): GONE,
    },
    Generation.WEB_APP: {
        (NEW, Verb.CONNECT): ON,
        (ON, Verb.DISCONNECT): GONE,
        (GONE, Verb.CONNECT): ON,
    },
}
"""What leads from one state to the next."""

_REPEATS = frozenset(
    {
        (PANE, Verb.ENABLE),
        (CHOSEN, Verb.ENABLE),
        (ON, Verb.ENABLE),
        (ON, Verb.CHOOSE),
        (ON, Verb.CONNECT),
        (OFF, Verb.DISABLE),
        (GONE, Verb.DISCONNECT),
    }
)
"""What has been done before and may be asked for again: the answer is lost sometimes."""

OFFERED: dict[Generation, frozenset[Verb]] = {
    generation: frozenset(verb for _, verb in moves) for generation, moves in MOVES.items()
}
"""The verbs that a generation has at all."""

_REFUSALS: dict[Step, type[NotNow]] = {
    (NEW, Verb.CHOOSE): errors.NotEnabled,
    (NEW, Verb.TRIAL): errors.NotEnabled,
    (NEW, Verb.CONNECT): errors.NotEnabled,
    (PANE, Verb.CONNECT): errors.EnvironmentNotSelected,
    (GONE, Verb.CONNECT): errors.EnvironmentNotSelected,
    (ON, Verb.TRIAL): errors.AlreadyConnected,
    (OFF, Verb.CHOOSE): errors.NotEnabled,
    (OFF, Verb.TRIAL): errors.NotEnabled,
    (OFF, Verb.CONNECT): errors.NotEnabled,
    (GONE, Verb.ENABLE): errors.NotOffered,
}
"""The condition that is lacking; refreshing, disabling, disconnecting lack a connection."""

ADVICE: dict[type[NotNow], str] = {
    errors.PrivacyNotAcknowledged: "Nobody has acknowledged that {bot} will store and send user"
    " information to Omnichannel. Read the caution on data sovereignty and acknowledge it first.",
    errors.NotEnabled: "The connection of {bot} is {state}. Enable it first.",
    errors.EnvironmentNotSelected: "No environment is selected for {bot}."
    " Select the one where Omnichannel is first.",
    errors.AlreadyConnected: "{bot} is connected already. Disconnect it before you change to which"
    " environment or with which application.",
    errors.NotConnected: "{bot} is not connected, its connection is {state}. Connect it first.",
    errors.NotOffered: "{verb} is not offered in {generation} when the connection of {bot} is"
    " {state}. What leads on: {next}.",
}

WORDS: dict[Verb, str] = {
    Verb.ENABLE: "Enabling",
    Verb.CHOOSE: "Selecting an environment",
    Verb.TRIAL: "A trial",
    Verb.CONNECT: "Connecting",
    Verb.REFRESH: "Refreshing",
    Verb.DISABLE: "Disabling",
    Verb.DISCONNECT: "Disconnecting",
}
"""The verbs as a sentence names them; a state is named as it is: not configured, disabled."""


def after(generation: Generation, state: ConnectionState, verb: Verb) -> ConnectionState | None:
    """The state that a verb leads to, the same one for a repetition; None where it is illegal."""
    moved = MOVES[generation].get((state, verb))
    if moved is None and verb in OFFERED[generation] and (state, verb) in _REPEATS:
        return state
    return moved


def following(generation: Generation, state: ConnectionState) -> list[Verb]:
    """The verbs that lead on from a state, in the order of the procedure."""
    return [verb for verb in Verb if (state, verb) in MOVES[generation]]


def condition(generation: Generation, state: ConnectionState, verb: Verb) -> type[NotNow]:
    """By which name an illegal step is refused."""
    if verb not in OFFERED[generation]:
        return errors.NotOffered
    if state is NEW and generation is Generation.PREVIEW and (state, verb) in _REFUSALS:
        return errors.PrivacyNotAcknowledged
    return _REFUSALS.get((state, verb), errors.NotConnected)


def refused(
    refusal: type[NotNow], generation: Generation, bot: str, state: ConnectionState, verb: Verb
) -> NotNow:
    """The refusal, with what to do next."""
    return refusal(
        ADVICE[refusal].format(
            bot=repr(bot),
            state="begun" if state in (PANE, CHOSEN) else state,
            verb=WORDS[verb],
            generation=generation,
            next=", ".join(following(generation, state)) or "nothing",
        )
    )
