"""Whether the tokens are there, and open the doors that they are meant for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from harness.cast import ADMINISTRATORS, AGENTS, MAKERS, PLATFORM, SUPERVISORS, Cast
from harness.doctor.findings import Finding, good, wrong
from harness.errors import HarnessError, NotApplicable
from harness.target import Target


def secrets(target: Target) -> Iterator[Finding]:
    """Whether each variable that the file names is set."""
    for person, variable in target.secrets.items():
        if os.environ.get(variable):
            yield good(f"{person}'s token is in {variable}")
        else:
            yield wrong(f"{person}'s token is missing: set the environment variable {variable}")


def accounts(target: Target) -> Iterator[Finding]:
    """Whether everybody whose token is set can sign in."""
    cast = Cast(target, target.generation)
    looks: dict[str, Callable[[str], object]] = {
        **dict.fromkeys(AGENTS, lambda name: cast.agent(name).notifications()),
        **dict.fromkeys(SUPERVISORS, lambda name: cast.supervisor(name).ongoing()),
        **dict.fromkeys(MAKERS, lambda name: cast.maker(name).bot()),
        **dict.fromkeys(ADMINISTRATORS, lambda name: cast.administrator(name).application_users()),
        **dict.fromkeys(PLATFORM, lambda name: cast.platform(name).environments()),
    }
    for person, variable in target.secrets.items():
        if person not in looks:
            yield wrong(f"[secrets] {person} is nobody; there are {', '.join(looks)}")
        elif os.environ.get(variable):
            yield from _tried(person, variable, looks[person])


def _tried(person: str, variable: str, look: Callable[[str], object]) -> Iterator[Finding]:
    try:
        look(person)
    except NotApplicable:
        return
    except HarnessError as failure:
        yield wrong(f"{person} cannot sign in with {variable}: {failure}")
    else:
        yield good(f"{person} can sign in")
