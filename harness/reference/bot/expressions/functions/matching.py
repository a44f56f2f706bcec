"""Patterns, by RE2: matching takes time linear in the text, whatever the pattern.

What RE2 has not (looking ahead or behind, references back) is refused, with the pattern's place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from harness.reference.bot.expressions.limits import ExpressionFailed
from harness.reference.bot.expressions.running import Function
from harness.reference.bot.expressions.values import column, is_blank, scalar_text

MAX_PATTERN = 1_000
_TOKEN = re.compile(
    r"\\u[0-9A-Fa-f]{4}|\\u\{[0-9A-Fa-f]+\}|\\.|\[\^?\]?|\]|[^\\\[\]]+|\\", re.DOTALL
)
_LETTERS = r"\p{L}\p{Mn}\p{Nd}\p{Pc}"
_FREE_SPACING = "x"


@lru_cache(maxsize=512)
def compiled(pattern: str, options: str) -> Any:
    """The pattern with `MatchOptions`; raises ExpressionFailed for one that RE2 refuses."""
    # Takes its time to load, and few bots match patterns.
    import re2  # type: ignore[import-untyped]  # noqa: PLC0415

    if len(pattern) > MAX_PATTERN:
        raise ExpressionFailed(f"a pattern longer than {MAX_PATTERN:,} characters")
    if _FREE_SPACING in options:
        raise ExpressionFailed("MatchOptions.FreeSpacing is not supported")
    settings = re2.Options()
    settings.log_errors = False
    settings.case_sensitive = "i" not in options
    settings.dot_nl = "s" in options
    try:
        return re2.compile(_anchored(pattern, options), settings)
    except (re2.error, UnicodeEncodeError) as error:
        told = error.args[0]
        reason = told.decode(errors="replace") if isinstance(told, bytes) else str(error)
        raise ExpressionFailed(f"the pattern is not supported: {reason}", kind=15) from None


def _anchored(pattern: str, options: str) -> str:
    start = r"\A" if options.startswith("^") or "^c" in options else ""
    end = r"\z" if "c$" in options else ""
    flags = "(?m)" if "m" in options else ""
    return f"{flags}{start}(?:{_translated(pattern)}){end}"


def _translated(pattern: str) -> str:
    """The pattern in RE2's words: there `\\w` knows only English letters, `\\u00e9` nothing."""
    made, inside = [], False
    for token in _TOKEN.findall(pattern):
        if token == r"\w":
            made.append(_LETTERS if inside else f"[{_LETTERS}]")
        elif token == r"\W" and not inside:
            made.append(f"[^{_LETTERS}]")
        elif token.startswith(r"\u"):
            made.append(rf"\x{{{token[2:].strip('{}')}}}")
        else:
            made.append(token)
        inside = token.startswith("[") or (inside and token != "]")
    return "".join(made)


def _found(value: Any, pattern: Any, options: str) -> Any:
    try:
        return compiled(scalar_text(pattern), options).search(scalar_text(value))
    except UnicodeEncodeError:
        raise ExpressionFailed("a text with half a character") from None


def _is_match(value: Any, pattern: Any, options: Any = "^c$") -> bool:
    return _found(value, pattern, _placed(options, "^c$")) is not None


def _placed(options: Any, usual: str) -> str:
    given = scalar_text(options)
    return given if "c" in given else given + usual


def _match(value: Any, pattern: Any, options: Any = "c") -> Any:
    found = None if is_blank(value) else _found(value, pattern, _placed(options, "c"))
    return None if found is None else _record(found)


def _match_all(value: Any, pattern: Any, options: Any = "c") -> list[Any]:
    machine = compiled(scalar_text(pattern), _placed(options, "c"))
    try:
        return [_record(found) for found in machine.finditer(scalar_text(value))]
    except UnicodeEncodeError:
        raise ExpressionFailed("a text with half a character") from None


def _record(found: Any) -> dict[str, Any]:
    return {
        **found.groupdict(),
        "FullMatch": found.group(),
        "StartMatch": found.start() + 1,
        "SubMatches": column(found.groups()),
    }


FUNCTIONS: dict[str, Function] = {
    "IsMatch": Function(_is_match, 2, 3),
    "Match": Function(_match, 2, 3),
    "MatchAll": Function(_match_all, 2, 3),
}
