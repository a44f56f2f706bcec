"""Whether the tokens are there, and open the doors that they are meant for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from harness.actors.session import Session
from harness.cast import ADMINISTRATORS, AGENTS, MAKERS, PLATFORM, SUPERVISORS, Cast
from harness.doctor.findings import Finding, good, wrong
from harness.errors import HarnessError, NotApplicable, Refused
from harness.target import Target

FORBIDDEN = 403
"""The status of who is known, and may not."""


def secrets(target: Target) -> Iterator[Finding]:
    """Whether each variable that the file names is set."""
    for person, variable in target.secrets.items():
        if os.environ.get(variable):
            yield good(f"{person}'s token is in {variable}")
        else:
            yield wrong(f"{person}'s token is missing: set the environment variable {variable}")


def accounts(target: Target, refused: dict[str, str]) -> Iterator[Finding]:
    """Whether everybody whose token is set can sign in.

    Who signs in and is turned away comes into `refused`, with the words: a role is missing.
    """
    cast = Cast(target, target.generation)
    looks: dict[str, Callable[[str], object]] = {
        **dict.fromkeys(AGENTS, lambda name: cast.agent(name).notifications()),
        **dict.fromkeys(SUPERVISORS, lambda name: cast.supervisor(name).ongoing()),
        **dict.fromkeys(MAKERS, lambda name: _bots(cast, name)),
        **dict.fromkeys(ADMINISTRATORS, lambda name: cast.administrator(name).application_users()),
        **dict.fromkeys(PLATFORM, lambda name: cast.platform(name).environments()),
    }
    for person, variable in target.secrets.items():
        if person not in looks:
            yield wrong(f"[secrets] {person} is nobody; there are {', '.join(looks)}")
        elif os.environ.get(variable):
            yield from _tried(person, variable, looks[person], refused)


def _bots(cast: Cast, name: str) -> object:
    """The bots that a maker sees. `cast.maker` would read all that a run gives back afterwards."""
    if cast.target.drivers("maker") == ("none",):
        raise NotApplicable("the target names nobody who plays makers")
    made, account = cast.organisation, cast.organisation.account(name)
    assert account, f"{name}'s token is set"
    return Session(cast.target.client, f"{made.url}/portal/{made.id}", account).get("bots")


def _tried(
    person: str, variable: str, look: Callable[[str], object], refused: dict[str, str]
) -> Iterator[Finding]:
    try:
        look(person)
    except NotApplicable:
        return
    except HarnessError as failure:
        if not (isinstance(failure, Refused) and failure.status == FORBIDDEN):
            yield wrong(f"{person} cannot sign in with {variable}: {failure}")
            return
        refused[person] = failure.message
    yield good(f"{person} can sign in")
