"""The state machine of connecting, against a table that was written by hand from 2.6."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState
from harness.reference.domain import transitions
from harness.reference.domain.transitions import Verb

PREVIEW, CLASSIC, WEB_APP = Generation

TABLE = {
    PREVIEW: """
            enable  environment  trial    connect     refresh  disable  disconnect
    new     pane    Privacy      Offered  Privacy     Offered  Offered  Connected
    pane    pane    chosen       Offered  Environment Offered  Offered  Connected
    chosen  chosen  chosen       Offered  on          Offered  Offered  Connected
    on      on      on           Offered  on          Offered  Offered  gone
    gone    pane    chosen       Offered  Environment Offered  Offered  gone
    """,
    CLASSIC: """
            enable  environment  trial    connect     refresh   disable   disconnect
    new     pane    Enabled      Enabled  Enabled     Connected Connected Connected
    pane    pane    chosen       pane     Environment Connected Connected Connected
    chosen  chosen  chosen       chosen   on          Connected Connected Connected
    on      on      on           Already  on          on        off       gone
    off     on      Enabled      Enabled  Enabled     Connected off       gone
    gone    Offered chosen       gone     Environment Connected Connected gone
    """,
    WEB_APP: """
            enable  environment  trial    connect  refresh  disable  disconnect
    new     Offered Offered      Offered  on       Offered  Offered  Connected
    on      Offered Offered      Offered  on       Offered  Offered  gone
    gone    Offered Offered      Offered  on       Offered  Offered  gone
    """,
}
"""What every verb does in every state: the next state (small), or the refusal (capital)."""

STATES = {
    "new": ConnectionState.NOT_CONFIGURED,
    "pane": ConnectionState.PANE_OPEN,
    "chosen": ConnectionState.ENVIRONMENT_SELECTED,
    "on": ConnectionState.CONNECTED,
    "off": ConnectionState.DISABLED,
    "gone": ConnectionState.DISCONNECTED,
}
REFUSALS = {
    "Privacy": "PrivacyNotAcknowledged",
    "Environment": "EnvironmentNotSelected",
    "Enabled": "NotEnabled",
    "Connected": "NotConnected",
    "Offered": "NotOffered",
    "Already": "AlreadyConnected",
}


def cells() -> list[tuple[Generation, ConnectionState, Verb, str]]:
    """Every cell of the table, with the state or name in full."""
    return [
        (generation, STATES[state], verb, {**STATES, **REFUSALS}[outcome])
        for generation, written in TABLE.items()
        for state, *outcomes in map(str.split, written.strip().splitlines()[1:])
        for verb, outcome in zip(Verb, outcomes, strict=True)
    ]


@pytest.mark.parametrize(("generation", "state", "verb", "outcome"), cells())
def test_a_verb_leads_on_or_is_refused_by_name(
    generation: Generation, state: ConnectionState, verb: Verb, outcome: str
) -> None:
    after = transitions.after(generation, state, verb)
    if after is not None:
        assert after == outcome
        return
    condition = transitions.condition(generation, state, verb)
    refused = transitions.refused(condition, generation, "Alpine Helper", state, verb)
    assert type(refused).__name__ == outcome
    assert "{" not in str(refused), "it says what to do next"


def test_what_leads_on_is_told_without_repetitions() -> None:
    told = {
        state: transitions.following(CLASSIC, state)
        for state in (ConnectionState.PANE_OPEN, ConnectionState.CONNECTED)
    }
    assert told == {
        ConnectionState.PANE_OPEN: [Verb.CHOOSE, Verb.TRIAL],
        ConnectionState.CONNECTED: [Verb.REFRESH, Verb.DISABLE, Verb.DISCONNECT],
    }
    assert transitions.following(WEB_APP, ConnectionState.NOT_CONFIGURED) == [Verb.CONNECT]
