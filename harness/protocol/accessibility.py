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

    NARROW = "a width of 320 pixels"
    MAGNIFIED = "a zoom of 200 %"
    FORCED_COLOURS = "forced colours"


class Part(StrEnum):
    """A part of a page with the widget; `PAGE` is what belongs to none of the others."""

    SEND_BOX = "send box"
    QUESTION = "question"
    CHAT_BUTTON = "chat button"
    CLOSE_BUTTON = "close button"
    UNREAD_COUNT = "unread count"
    HEADER = "header"
    TRANSCRIPT = "transcript"
    CHOICE = "choice"
    INVITATION = "invitation"
    EMAIL_BUTTON = "e-mail button"
    ADDRESS = "question for an address"
    EARLIER_CHAT = "question about an earlier chat"
    FAILURE = "failure"
    PAGE = "page"


class Senses(Protocol):
    """A page as others perceive it. Every question is a look and never waits."""

    def turns_to(self, view: View) -> None:
        """Looks at the page in this way from now on."""

    def presses(self, keys: str) -> None:
        """Presses keys at once, as in `Control+/`."""

    def waits_for(self, part: Part) -> None:
        """Waits until the part can be seen; raises Inconclusive when it does not come."""

    def tabs_to(self, part: Part) -> None:
        """Presses Tab until the part has the focus; raises Refused where Tab never gets there."""

    def tabs_around(self, times: int) -> Sequence[Part]:
        """Where the focus was after each of so many Tabs, and after as many Shift+Tabs."""

    def focus(self) -> Part:
        """The part that has the focus."""

    def barriers(self) -> Sequence[Barrier]:
        """What axe-core finds against WCAG 2.1 AA in the page and its frames, right now."""

    def announced(self) -> Sequence[Announcement]:
        """What a screen reader was given to say since the page was loaded, in order."""

    def politeness(self, part: Part) -> str:
        """The politeness of the live region that the part is in; empty without one."""

    def direction(self, part: Part) -> str:
        """`rtl` or `ltr`: in which direction the part is laid out; empty when it is not there."""

    def out_of_reach(self) -> Sequence[str]:
        """What can be used in the chat and stands outside of what is seen."""

    def own_colours(self) -> Sequence[str]:
        """What of the chat is drawn in colours of its own though the machine forces others."""
