"""What somebody who sees badly, hears badly or uses no mouse meets on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Barrier:
    """Something of a page that WCAG 2.1 AA does not allow.

    `rule` is its id in axe-core, `places` are CSS selectors of the elements, `help` one sentence.
    """

    rule: str
    help: str
    places: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.rule} ({self.help}) at {', '.join(self.places)}"


class Politeness(StrEnum):
    """How a screen reader tells of a change (the values of `aria-live`)."""

    POLITE = "polite"
    ASSERTIVE = "assertive"


@dataclass(frozen=True, slots=True)
class Announcement:
    """Words that came into a live region which stood there before them."""

    words: str
    politeness: str


class View(StrEnum):
    """A way to look at a page that it has to bear with (specification 4.9)."""

    NARROW = "320 pixels"
    MAGNIFIED = "200 % zoom"
    FORCED_COLOURS = "forced colours"


class Senses(Protocol):
    """A page as others perceive it. Every question is a look and never waits.

    Parts of the page are named by the words of `harness.pages.senses.PARTS`.
    """

    def turns_to(self, view: View) -> None:
        """Looks at the page in this way from now on."""

    def presses(self, keys: str) -> None:
        """Presses keys at once, as in `Control+/`."""

    def tabs_to(self, part: str) -> None:
        """Presses Tab until the part has the focus; raises Refused where Tab never gets there."""

    def tabs_around(self, times: int) -> Sequence[str]:
        """The parts that the focus was in after each of so many Tabs, then Shift+Tabs."""

    def focus(self) -> str:
        """The part that has the focus; empty when it is on none of them."""

    def barriers(self) -> Sequence[Barrier]:
        """What axe-core finds against WCAG 2.1 AA in the page and its frames, right now."""

    def announced(self) -> Sequence[Announcement]:
        """What a screen reader was given to say since the page was loaded, in order."""

    def politeness(self, part: str) -> str:
        """The politeness of the live region that the part is in; empty without one."""

    def direction(self, part: str) -> str:
        """`rtl` or `ltr`: in which direction the part is laid out; empty when it is not there."""

    def out_of_reach(self) -> Sequence[str]:
        """The names of what can be used in the chat and stands outside of what is seen."""

    def own_colours(self) -> Sequence[str]:
        """What is drawn in colours of its own though the machine forces others."""
