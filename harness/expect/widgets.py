"""What the page with the widget must show (EMB)."""

from __future__ import annotations

from collections.abc import Sequence

from harness.expect.checks import check
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch, is_true
from harness.protocol.roles import Widget


@check
def is_shown(widget: Widget) -> Mismatch | None:
    """The page shows the chat button."""
    return eventually(widget.is_shown, is_true("a chat button on the page", "none"))


@check
def is_minimised(widget: Widget) -> Mismatch | None:
    """The chat is folded away; judged once the widget says that it is ready."""
    ready = eventually(widget.raised, _raised("lcw:ready"))
    return ready or eventually(
        widget.is_minimised, is_true("a chat that is minimised", "that it stands open")
    )


@check
def counts_unread(widget: Widget, messages: int) -> Mismatch | None:
    """The launcher of a minimised chat says how many messages nobody has read."""

    def match(unread: int) -> Mismatch | None:
        return None if unread == messages else Mismatch(f"{messages} unread", f"{unread}")

    return eventually(widget.unread, match)


@check
def has_raised(widget: Widget, event: str) -> Mismatch | None:
    """The page was told of the event."""
    return eventually(widget.raised, _raised(event))


@check
def asks_to_confirm_closing(widget: Widget) -> Mismatch | None:
    """The widget asks whether the chat shall really be closed."""
    return eventually(
        widget.asks_to_confirm_closing,
        is_true("a question whether to close the chat", "that nothing was asked"),
    )


def _raised(event: str) -> Matcher[Sequence[str]]:
    def match(events: Sequence[str]) -> Mismatch | None:
        return None if event in events else Mismatch(f"the event {event}", f"{list(events)}")

    return match
