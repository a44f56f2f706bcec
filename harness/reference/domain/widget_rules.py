"""What a widget's settings cannot be: each refusal says where, and what to do about it."""

from __future__ import annotations

from harness.reference.domain.errors import MalformedBody
from harness.reference.domain.widgets import ChatWidget


def refuse_impossible(widget: ChatWidget) -> None:
    """Raises MalformedBody for settings that no widget can have."""
    if not widget.name.strip():
        raise MalformedBody("A widget needs a name.")
