"""What a page and the widget's script must do with each other (EMB-05 to EMB-17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Mismatch
from harness.protocol.roles import Widget

NAMED = ("data-app-id", "data-org-id", "data-org-url")
"""What the tag says besides its id (specification 4.1)."""


@check
def has_whole_tag(widget: Widget) -> Mismatch | None:
    """The page has the tag with the documented id; it names widget, organisation and address."""

    def match(tag: Mapping[str, str]) -> Mismatch | None:
        lacking = [name for name in NAMED if not tag.get(name)]
        return Mismatch("a tag with all that it needs", f"none of {lacking}") if lacking else None

    return eventually(widget.tag, match)


@check
def is_told_of_error(widget: Widget, code: int) -> Mismatch | None:
    """The page was told of an error with that code."""

    def match(codes: Sequence[int]) -> Mismatch | None:
        return None if code in codes else Mismatch(f"error {code}", f"{list(codes) or 'none'}")

    return eventually(widget.errors, match)


@check
def heeds_early_call(widget: Widget) -> Mismatch | None:
    """What the page asked for too early was refused, or is done later (EMB-06)."""

    def match(seen: tuple[str, Sequence[str]]) -> Mismatch | None:
        said, events = seen
        if said == "refused" or (said == "taken" and "lcw:startChat" in events):
            return None
        return Mismatch("a refusal, or a chat", f"{said or 'nothing asked'}, and {list(events)}")

    return eventually(lambda: (widget.early_call(), widget.raised()), match)


@check
def has_thrown(thrown: str) -> Mismatch | None:
    """The call was refused by an exception (EMB-09)."""
    return compare(_is_thrown, thrown)


@check
def shows_unread(widget: Widget, text: str) -> Mismatch | None:
    """The launcher of a minimised chat writes the number of unread messages so (EMB-17)."""

    def match(shown: str) -> Mismatch | None:
        return None if shown == text else Mismatch(f"{text!r} unread", f"{shown!r}")

    return eventually(widget.unread_shown, match)


def _is_thrown(thrown: str) -> Mismatch | None:
    return None if thrown else Mismatch("an exception", "that it was taken", final=True)
