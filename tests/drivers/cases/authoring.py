"""The topic editor, and what a maker reads of a bot's topics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from harness.errors import Refused
from harness.expect import bots, editors
from harness.protocol.portal import Topic


@dataclass
class Page:
    """A topic editor that shows what a test tells it to show."""

    title: str = "Phrases"
    asks: str = ""
    waits: timedelta | None = None
    demands: str = ""

    def trigger(self) -> str:
        return self.title

    def warning(self) -> str:
        return self.asks

    def silence(self) -> timedelta | None:
        return self.waits

    def condition(self) -> str:
        return self.demands


@dataclass
class Writer:
    """A maker whose bot has these topics."""

    written: Sequence[Topic] = ()

    def topics(self) -> Sequence[Topic]:
        return self.written


def page(**seen: Any) -> Any:
    return Page(**seen)


def has(name: str, trigger: str = "OnRecognizedIntent", content: str = "") -> Any:
    return Writer([Topic(name, trigger, content)])


NOTHING: Any = Writer()
TRANSFER = "- kind: TransferConversationV2"
INVALID = Refused(400, None, "TopicInvalid", "more than 100 characters")

Case = tuple[str, Callable[[], None], Callable[[], None]]
CASES: tuple[Case, ...] = (
    (
        "editors.starts_from",
        lambda: editors.starts_from(page(), "Phrases"),
        lambda: editors.starts_from(page(), "Inactivity"),
    ),
    (
        "editors.warns_of_loss",
        lambda: editors.warns_of_loss(page(asks="The content will be lost.")),
        lambda: editors.warns_of_loss(page()),
    ),
    (
        "editors.waits_for",
        lambda: editors.waits_for(page(waits=timedelta(minutes=1)), timedelta(minutes=1)),
        lambda: editors.waits_for(page(waits=timedelta(minutes=2)), timedelta(minutes=1)),
    ),
    (
        "editors.waits_for",
        lambda: editors.waits_for(page(waits=timedelta(seconds=90)), timedelta(seconds=90)),
        lambda: editors.waits_for(page(), timedelta(seconds=90)),
    ),
    (
        "editors.depends_on",
        lambda: editors.depends_on(page(demands="X is equal to Omnichannel"), "X", "Omnichannel"),
        lambda: editors.depends_on(page(demands="X is equal to Facebook"), "X", "Omnichannel"),
    ),
    (
        "editors.has_refused",
        lambda: editors.has_refused(INVALID, "more than 100"),
        lambda: editors.has_refused(None, "more than 100"),
    ),
    (
        "editors.has_refused",
        lambda: editors.has_refused(INVALID, "more than 100"),
        lambda: editors.has_refused(INVALID, "more than 200"),
    ),
    (
        "editors.has_saved",
        lambda: editors.has_saved(None),
        lambda: editors.has_saved(INVALID),
    ),
    (
        "bots.has_topic",
        lambda: bots.has_topic(has("Greeting"), "Greeting"),
        lambda: bots.has_topic(has("Greeting"), "Escalate"),
    ),
    (
        "bots.lacks_topic",
        lambda: bots.lacks_topic(NOTHING, "Greeting"),
        lambda: bots.lacks_topic(has("Greeting"), "Greeting"),
    ),
    (
        "bots.starts_from_silence",
        lambda: bots.starts_from_silence(has("Timeout", "OnInactivity"), "Timeout"),
        lambda: bots.starts_from_silence(has("Timeout"), "Timeout"),
    ),
    (
        "bots.can_transfer",
        lambda: bots.can_transfer(has("Escalate", content=TRANSFER), "Escalate"),
        lambda: bots.can_transfer(has("Escalate"), "Escalate"),
    ),
    (
        "bots.cannot_transfer",
        lambda: bots.cannot_transfer(has("Escalate"), "Escalate"),
        lambda: bots.cannot_transfer(has("Escalate", content=TRANSFER), "Escalate"),
    ),
    (
        "bots.cannot_transfer",
        lambda: bots.cannot_transfer(has("Escalate"), "Escalate"),
        lambda: bots.cannot_transfer(NOTHING, "Escalate"),
    ),
)
