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


@check
def insists_on(widget: Widget, name: str) -> Mismatch | None:
    """The survey before the chat says that this answer is missing, and no chat begins (EMB-20)."""

    def match(seen: tuple[Sequence[str], bool]) -> Mismatch | None:
        problems, writes = seen
        if writes:
            return Mismatch(f"a survey that needs {name}", "that the chat began", final=True)
        if any(name in problem for problem in problems):
            return None
        return Mismatch(f"a survey that needs {name}", f"{list(problems)}")

    return eventually(lambda: (widget.survey_problems(), widget.can_write()), match)


@check
def is_out_of_office(widget: Widget) -> Mismatch | None:
    """The chat says that nobody is there now (EMB-22)."""
    return eventually(
        widget.is_out_of_office, is_true("a notice that nobody is there", "no such notice")
    )


@check
def does_not_load(widget: Widget) -> Mismatch | None:
    """The page is told that there is no chat for it, and shows none (EMB-23)."""

    def match(seen: tuple[Sequence[str], bool]) -> Mismatch | None:
        events, shown = seen
        if shown or "lcw:ready" in events:
            return Mismatch("a page without a chat", f"a chat, and {list(events)}", final=True)
        return _raised("lcw:error")(events)

    return eventually(lambda: (widget.raised(), widget.is_shown()), match)


def _raised(event: str) -> Matcher[Sequence[str]]:
    def match(events: Sequence[str]) -> Mismatch | None:
        return None if event in events else Mismatch(f"the event {event}", f"{list(events)}")

    return match
