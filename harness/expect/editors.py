"""What the topic editor of the portal must show and do (INA, surface portal)."""

from __future__ import annotations

from datetime import timedelta

from harness.durations import said
from harness.errors import Refused
from harness.expect.checks import check, compare
from harness.expect.matching import Mismatch, equals
from harness.protocol.roles import Editor

LOSS = "lost"
"""The word that a warning cannot do without."""


@check
def starts_from(editor: Editor, trigger: str) -> Mismatch | None:
    """The open topic's trigger node has this title."""
    return compare(equals("the trigger", trigger), editor.trigger())


@check
def warns_of_loss(editor: Editor) -> Mismatch | None:
    """The page asks before what the topic holds is lost (INA-15)."""

    def match(warning: str) -> Mismatch | None:
        shown = warning or "no question at all"
        return None if LOSS in warning else Mismatch("a warning that content will be lost", shown)

    return compare(match, editor.warning())


@check
def waits_for(editor: Editor, silence: timedelta) -> Mismatch | None:
    """The open topic says that it waits for this silence."""

    def match(found: timedelta | None) -> Mismatch | None:
        shown = said(found) if found is not None else "no duration"
        return None if found == silence else Mismatch(f"a wait of {said(silence)}", shown)

    return compare(match, editor.silence())


@check
def depends_on(editor: Editor, variable: str, value: str) -> Mismatch | None:
    """The open topic says that it runs when the variable has this value."""

    def match(condition: str) -> Mismatch | None:
        holds = variable in condition and condition.endswith(value)
        expected = f"the condition that {variable} is {value}"
        return None if holds else Mismatch(expected, condition or "no condition")

    return compare(match, editor.condition())


@check
def has_refused(refusal: Refused | None, why: str) -> Mismatch | None:
    """The topic was not saved, and the page says why."""

    def match(found: Refused | None) -> Mismatch | None:
        expected = f"a refusal that speaks of {why!r}"
        if found is None:
            return Mismatch(expected, "that the topic was saved")
        return None if why in str(found) else Mismatch(expected, str(found))

    return compare(match, refusal)


@check
def has_saved(refusal: Refused | None) -> Mismatch | None:
    """The topic was saved."""

    def match(found: Refused | None) -> Mismatch | None:
        return None if found is None else Mismatch("that the topic was saved", str(found))

    return compare(match, refusal)
