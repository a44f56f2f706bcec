"""What a page owes to those who see badly, hear it read out, or use the keyboard (EMB-24 to 26).

A scan is one look: a barrier that goes away while somebody waits was there nevertheless.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from harness.expect.checks import check, compare
from harness.expect.eventually import delivery, eventually
from harness.expect.matching import Matcher, Mismatch
from harness.protocol.accessibility import Announcement, Barrier, Part, Politeness, Senses
from harness.protocol.roles import Widget

T = TypeVar("T")

MOMENT = timedelta(seconds=2)
"""How long a page may take for what needs no answer of the target."""

FOLDED = "lcw:onMinimize"
RIGHT_TO_LEFT = "rtl"
LAID_OUT = (Part.HEADER, Part.TRANSCRIPT, Part.SEND_BOX)
"""The parts of an open chat that have a direction."""


@check
def bars_nobody(examined: Mapping[str, Sequence[Barrier]]) -> Mismatch | None:
    """axe-core found nothing against WCAG 2.1 AA in any of the states that the page was in."""
    found = (compare(_open_in(state), barriers) for state, barriers in examined.items())
    return next((mismatch for mismatch in found if mismatch), None)


@check
def has_focus(senses: Senses, part: Part) -> Mismatch | None:
    """The focus is there, or comes there."""
    return eventually(senses.focus, _is(part))


@check
def has_focus_back(senses: Senses, part: Part) -> Mismatch | None:
    """The focus is where it was before something was asked; nobody has to deliver it."""
    return _soon(senses.focus, _is(part))


@check
def opens_by_key(widget: Widget) -> Mismatch | None:
    """The chat opens, stays open, and what is typed next goes into its send box."""
    return eventually(lambda: (widget.senses.focus(), widget.raised()), _opened)


@check
def is_gone(senses: Senses, part: Part) -> Mismatch | None:
    """The part is not on the page any more."""
    return _soon(lambda: senses.direction(part), _absent(part))


@check
def kept_focus(visited: Sequence[Part], part: Part) -> Mismatch | None:
    """Wherever Tab led, it was inside of this part."""
    return compare(_all_in(part), visited)


@check
def reads_out(senses: Senses, words: str) -> Mismatch | None:
    """Whoever hears the page is told so."""
    return eventually(senses.announced, _told(words))


@check
def tells_politely(senses: Senses, part: Part) -> Mismatch | None:
    """The part is in a live region that waits until the reader has finished its sentence."""
    return eventually(lambda: senses.politeness(part), _polite(part))


@check
def runs_from_right_to_left(senses: Senses) -> Mismatch | None:
    """Header, transcript and send box are laid out from right to left."""
    return eventually(
        lambda: {part: senses.direction(part) for part in LAID_OUT}, _all_from_right_to_left
    )


@check
def is_within_reach(senses: Senses) -> Mismatch | None:
    """All that can be used in the chat can be seen, and nothing has to be pushed sideways."""
    return eventually(senses.out_of_reach, _nothing("everything of the chat on the page"))


@check
def keeps_forced_colours(senses: Senses) -> Mismatch | None:
    """The chat is written in the colours that the reader's machine forces."""
    return eventually(senses.own_colours, _nothing("only colours of the reader's machine"))


def _soon(see: Callable[[], T], match: Matcher[T]) -> Mismatch | None:
    return eventually(see, match, min(MOMENT, delivery.get()))


def _open_in(state: str) -> Matcher[Sequence[Barrier]]:
    def match(barriers: Sequence[Barrier]) -> Mismatch | None:
        found = "; ".join(map(str, barriers))
        return Mismatch(f"nothing against WCAG 2.1 AA {state}", found) if found else None

    return match


def _is(part: Part) -> Matcher[Part]:
    return lambda found: None if found is part else Mismatch(f"the focus in the {part}", found)


def _opened(seen: tuple[Part, Sequence[str]]) -> Mismatch | None:
    focus, events = seen
    if FOLDED in events:
        # The key that has opened it has closed it, too; it does not open again by itself.
        return Mismatch("a chat that opens", "one that is folded away at once", final=True)
    return _is(Part.SEND_BOX)(focus)


def _absent(part: Part) -> Matcher[str]:
    return lambda direction: Mismatch(f"no {part}", "that it is there") if direction else None


def _all_in(part: Part) -> Matcher[Sequence[Part]]:
    def match(visited: Sequence[Part]) -> Mismatch | None:
        if visited and set(visited) == {part}:
            return None
        return Mismatch(f"the focus to stay in the {part}", ", ".join(visited) or "no focus")

    return match


def _told(words: str) -> Matcher[Sequence[Announcement]]:
    def match(announced: Sequence[Announcement]) -> Mismatch | None:
        if any(words in each.words for each in announced):
            return None
        told = " / ".join(each.words for each in announced)
        return Mismatch(f"{words!r} read out", told or "silence")

    return match


def _polite(part: Part) -> Matcher[str]:
    def match(politeness: str) -> Mismatch | None:
        if politeness == Politeness.POLITE:
            return None
        return Mismatch(f"the {part} in a polite live region", politeness or "no live region")

    return match


def _all_from_right_to_left(directions: Mapping[Part, str]) -> Mismatch | None:
    wrong = [
        f"{part} {found or 'missing'}"
        for part, found in directions.items()
        if found != RIGHT_TO_LEFT
    ]
    return Mismatch("all of it from right to left", ", ".join(wrong)) if wrong else None


def _nothing(expected: str) -> Matcher[Sequence[str]]:
    return lambda found: Mismatch(expected, ", ".join(found)) if found else None
