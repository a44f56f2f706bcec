"""Hiding private data in messages, as the published client hides it (docs C13).

Everything that a rule's pattern finds, whatever its case, is replaced, letter by letter; rules go
in order, each over what the ones before it left. The client reads patterns as JavaScript does;
here, too, `\\d` and `\\w` are ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from harness.reference.domain.widgets import ChatWidget, MaskingRule

LETTER = "#"
"""What a hidden letter becomes, in the published client, too."""


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:
    """The pattern; raises re.error for one that is none.

    RE2 takes time linear in the text. What it has not, looking ahead and references back, is left
    to Python, whose time a pattern may draw out: an administrator's patterns are trusted so far.
    """
    # Takes its time to load, and few organisations hide anything.
    import re2  # type: ignore[import-untyped]  # noqa: PLC0415

    settings = re2.Options()
    settings.log_errors = False
    settings.case_sensitive = False
    try:
        return re2.compile(pattern, settings)
    except re2.error:
        return re.compile(pattern, re.ASCII | re.IGNORECASE)


def masked(text: str, rules: Iterable[MaskingRule]) -> str:
    """The text without what the rules hide; line breaks stay."""
    for rule in rules:
        text = compiled(rule.pattern).sub(_hidden, text)
    return text


def for_customers(widget: ChatWidget) -> tuple[MaskingRule, ...]:
    """The rules for what customers send."""
    return widget.masking if widget.mask_for_customers else ()


def for_agents(widget: ChatWidget) -> tuple[MaskingRule, ...]:
    """The rules for what agents send."""
    return widget.masking if widget.mask_for_agents else ()


def _hidden(found: Any) -> str:
    hidden: str = re.sub(".", LETTER, found[0])
    return hidden
