"""A page for those who see badly, hear it read out, or use no mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.expect import accessibility
from harness.protocol.accessibility import Announcement, Barrier, Part, Politeness, View

NAMELESS = Barrier("button-name", "Buttons must have discernible text", ("#lcw-place > button",))
JOINED = Announcement("Ben has joined the conversation", Politeness.POLITE)
LEFT_TO_RIGHT = dict.fromkeys(Part, "ltr")
RIGHT_TO_LEFT = dict.fromkeys(Part, "rtl")


@dataclass
class Sensed:
    """A page as somebody perceives it."""

    at: Part = Part.PAGE
    found: Sequence[Barrier] = ()
    heard: Sequence[Announcement] = ()
    told: str = ""
    directions: Mapping[Part, str] = field(default_factory=dict)
    beyond: Sequence[str] = ()
    colours: Sequence[str] = ()

    def turns_to(self, view: View) -> None: ...
    def presses(self, keys: str) -> None: ...
    def waits_for(self, part: Part) -> None: ...
    def tabs_to(self, part: Part) -> None: ...
    def tabs_around(self, times: int) -> Sequence[Part]:
        return [self.at] * times

    def focus(self) -> Part:
        return self.at

    def barriers(self) -> Sequence[Barrier]:
        return self.found

    def announced(self) -> Sequence[Announcement]:
        return self.heard

    def politeness(self, part: Part) -> str:
        return self.told

    def direction(self, part: Part) -> str:
        return self.directions.get(part, "")

    def out_of_reach(self) -> Sequence[str]:
        return self.beyond

    def own_colours(self) -> Sequence[str]:
        return self.colours


@dataclass
class Opened:
    """A widget with a focus somewhere, after these events."""

    at: Part
    events: Sequence[str] = ("lcw:startChat",)

    @property
    def senses(self) -> Sensed:
        return Sensed(self.at)

    def raised(self) -> Sequence[str]:
        return self.events


def opens(at: Part, *events: str) -> Any:
    """The check over a page with its focus there after these events."""
    return lambda: accessibility.opens_by_key(Opened(at, events))  # type: ignore[arg-type]


CASES = (
    (
        "accessibility.bars_nobody",
        lambda: accessibility.bars_nobody({"now": (), "later": ()}),
        lambda: accessibility.bars_nobody({"now": (), "later": (NAMELESS,)}),
    ),
    (
        "accessibility.has_focus",
        lambda: accessibility.has_focus(Sensed(Part.SEND_BOX), Part.SEND_BOX),
        lambda: accessibility.has_focus(Sensed(Part.HEADER), Part.SEND_BOX),
    ),
    (
        "accessibility.has_focus_back",
        lambda: accessibility.has_focus_back(Sensed(Part.CLOSE_BUTTON), Part.CLOSE_BUTTON),
        lambda: accessibility.has_focus_back(Sensed(), Part.CLOSE_BUTTON),
    ),
    ("accessibility.opens_by_key", opens(Part.SEND_BOX, "lcw:startChat"), opens(Part.CHAT_BUTTON)),
    (
        "accessibility.opens_by_key",
        opens(Part.SEND_BOX),
        opens(Part.SEND_BOX, "lcw:startChat", "lcw:onMinimize"),
    ),
    (
        "accessibility.is_gone",
        lambda: accessibility.is_gone(Sensed(), Part.QUESTION),
        lambda: accessibility.is_gone(Sensed(directions=LEFT_TO_RIGHT), Part.QUESTION),
    ),
    (
        "accessibility.kept_focus",
        lambda: accessibility.kept_focus([Part.QUESTION] * 2, Part.QUESTION),
        lambda: accessibility.kept_focus([Part.QUESTION, Part.PAGE], Part.QUESTION),
    ),
    (
        "accessibility.kept_focus",
        lambda: accessibility.kept_focus([Part.QUESTION], Part.QUESTION),
        lambda: accessibility.kept_focus([], Part.QUESTION),
    ),
    (
        "accessibility.reads_out",
        lambda: accessibility.reads_out(Sensed(heard=(JOINED,)), "Ben has joined"),
        lambda: accessibility.reads_out(Sensed(heard=(JOINED,)), "Bea has joined"),
    ),
    (
        "accessibility.reads_out",
        lambda: accessibility.reads_out(Sensed(heard=(JOINED,)), "joined"),
        lambda: accessibility.reads_out(Sensed(), "joined"),
    ),
    (
        "accessibility.tells_politely",
        lambda: accessibility.tells_politely(Sensed(told="polite"), Part.UNREAD_COUNT),
        lambda: accessibility.tells_politely(Sensed(told="assertive"), Part.UNREAD_COUNT),
    ),
    (
        "accessibility.tells_politely",
        lambda: accessibility.tells_politely(Sensed(told="polite"), Part.UNREAD_COUNT),
        lambda: accessibility.tells_politely(Sensed(), Part.UNREAD_COUNT),
    ),
    (
        "accessibility.runs_from_right_to_left",
        lambda: accessibility.runs_from_right_to_left(Sensed(directions=RIGHT_TO_LEFT)),
        lambda: accessibility.runs_from_right_to_left(
            Sensed(directions=RIGHT_TO_LEFT | {Part.TRANSCRIPT: "ltr"})
        ),
    ),
    (
        "accessibility.runs_from_right_to_left",
        lambda: accessibility.runs_from_right_to_left(Sensed(directions=RIGHT_TO_LEFT)),
        lambda: accessibility.runs_from_right_to_left(Sensed()),
    ),
    (
        "accessibility.is_within_reach",
        lambda: accessibility.is_within_reach(Sensed()),
        lambda: accessibility.is_within_reach(Sensed(beyond=("lcw-header-close-button",))),
    ),
    (
        "accessibility.keeps_forced_colours",
        lambda: accessibility.keeps_forced_colours(Sensed()),
        lambda: accessibility.keeps_forced_colours(Sensed(colours=("Hello in rgb(1, 2, 3)",))),
    ),
)
