"""Texts. Positions count from 1 as in the product; a character is a Unicode code point."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import quote

from harness.reference.bot.expressions.formats import formatted
from harness.reference.bot.expressions.limits import MAX_RESULT, ExpressionFailed, TooCostly
from harness.reference.bot.expressions.nodes import Expression
from harness.reference.bot.expressions.running import ANY, Function, Run
from harness.reference.bot.expressions.values import (
    column,
    finite,
    is_blank,
    number,
    scalar_text,
    truth,
    whole,
)

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SPACES = re.compile(r" {2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NEW_LINE = re.compile(r"<\s{0,9}(?:br|li)\b[^<>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<\s{0,9}(?:div|p|tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def _mid(value: Any, start: Any, count: Any = MAX_RESULT) -> str:
    at = _position(start)
    return scalar_text(value)[at : at + whole(count)]


def _position(start: Any) -> int:
    at = int(number(start))
    if at < 1:
        raise ExpressionFailed("positions count from 1", kind=25)
    return at - 1


def _right(value: Any, count: Any) -> str:
    shown, length = scalar_text(value), whole(count)
    return shown[len(shown) - length :] if length < len(shown) else shown


def _find(part: Any, within: Any, start: Any = 1) -> int | None:
    begin, text = 0 if start is None else _position(start), scalar_text(within)
    if begin > len(text):
        raise ExpressionFailed("a start behind the end of the text")
    at = text.find(scalar_text(part), begin)
    return None if at < 0 else at + 1


def _substitute(value: Any, old: Any, new: Any, instance: Any = None) -> str:
    shown, gone, put = scalar_text(value), scalar_text(old), scalar_text(new)
    if not gone:
        return shown
    if instance is None:
        _refuse_growth(len(shown) + shown.count(gone) * (len(put) - len(gone)))
        return shown.replace(gone, put)
    nth = int(number(instance))
    if nth < 1:
        raise ExpressionFailed("instances count from 1")
    pieces = shown.split(gone, nth)
    if len(pieces) <= nth:
        return shown
    return gone.join(pieces[:nth]) + put + pieces[nth]


def _refuse_growth(length: int) -> None:
    if length > MAX_RESULT:
        raise TooCostly(f"a text longer than {MAX_RESULT:,} characters")


def _replace(value: Any, start: Any, count: Any, new: Any) -> str:
    shown, at = scalar_text(value), _position(start)
    return shown[:at] + scalar_text(new) + shown[at + whole(count) :]


def _split(value: Any, separator: Any) -> list[Any]:
    shown, by = scalar_text(value), scalar_text(separator)
    return column(shown.split(by) if by else shown)


def _proper(value: Any) -> str:
    return _WORD.sub(lambda word: word[0].capitalize(), scalar_text(value).lower())


def _character(code: Any, most: int) -> str:
    point = int(number(code))
    if not 1 <= point <= most or 0xD800 <= point <= 0xDFFF:
        raise ExpressionFailed(f"a character's number is 1 to {most:,}")
    return chr(point)


def _concat(
    run: Run, table: Expression, formula: Expression, separator: Expression | None = None
) -> str:
    between = "" if separator is None else scalar_text(run.value(separator))
    pieces, length = [], 0
    for _, inside in run.each(table):
        pieces.append(scalar_text(inside.value(formula)))
        length += len(pieces[-1]) + len(between)
        _refuse_growth(length - len(between))
    return between.join(pieces)


def _text(value: Any, format_: Any = None, language: Any = None) -> Any:
    _writes_comma(language)
    if value is None and format_ is None:
        return None
    return scalar_text(value) if format_ is None else formatted(value, scalar_text(format_))


def _value(value: Any, language: Any = None) -> Any:
    if is_blank(value):
        return None
    if isinstance(value, str) and _writes_comma(language):
        value = value.translate(str.maketrans(".,", ",."))
    return finite(number(value))


def _writes_comma(language: Any) -> bool:
    if is_blank(language):
        return False
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise ExpressionFailed("a language is written like en-US", kind=14)
    comma = {"da", "de", "es", "fi", "fr", "it", "nb", "nl", "pl", "pt", "ru", "sv", "tr"}
    return language.partition("-")[0].lower() in comma


def _boolean(value: Any) -> bool | None:
    return None if is_blank(value) else truth(value)


def _is_numeric(value: Any) -> bool:
    if isinstance(value, bool | list | dict):
        return False
    try:
        number(value)
    except ExpressionFailed:
        return False
    return not is_blank(value)


def _encode_html(value: Any) -> str:
    return html.escape(scalar_text(value)).replace("&#x27;", "&#39;")


def _encode_url(value: Any) -> str:
    return quote(scalar_text(value).encode(errors="replace"), safe="")


def _plain_text(value: Any) -> str:
    shown = _PARAGRAPH.sub("\n\n", _NEW_LINE.sub("\n", scalar_text(value)))
    return html.unescape(_TAG.sub("", shown)).strip()


def _starts(value: Any, part: Any) -> bool:
    return scalar_text(value).casefold().startswith(scalar_text(part).casefold())


def _ends(value: Any, part: Any) -> bool:
    return scalar_text(value).casefold().endswith(scalar_text(part).casefold())


def _spoken(run: Run) -> str:
    return scalar_text(run.look_up("System", "User", "Language")) or "en-US"


FUNCTIONS: dict[str, Function] = {
    "Concatenate": Function(lambda *parts: "".join(map(scalar_text, parts)), 1, ANY),
    "Concat": Function(_concat, 2, 3, lazy=True),
    "Text": Function(_text, 1, 3),
    **{name: Function(_value, 1, 2) for name in ("Value", "Decimal", "Float")},
    "Boolean": Function(_boolean, 1, 1),
    "IsNumeric": Function(_is_numeric, 1, 1),
    "Len": Function(lambda value: len(scalar_text(value)), 1, 1),
    "Lower": Function(lambda value: scalar_text(value).lower(), 1, 1),
    "Upper": Function(lambda value: scalar_text(value).upper(), 1, 1),
    "Proper": Function(_proper, 1, 1),
    "Trim": Function(lambda value: _SPACES.sub(" ", scalar_text(value).strip()), 1, 1),
    "TrimEnds": Function(lambda value: scalar_text(value).strip(), 1, 1),
    "Left": Function(lambda value, count: scalar_text(value)[: whole(count)], 2, 2),
    "Right": Function(_right, 2, 2),
    "Mid": Function(_mid, 2, 3),
    "Find": Function(_find, 2, 3),
    "StartsWith": Function(_starts, 2, 2),
    "EndsWith": Function(_ends, 2, 2),
    "Substitute": Function(_substitute, 3, 4),
    "Replace": Function(_replace, 4, 4),
    "Split": Function(_split, 2, 2),
    "Char": Function(lambda code: _character(code, 255), 1, 1),
    "UniChar": Function(lambda code: _character(code, 0x10FFFF), 1, 1),
    "EncodeUrl": Function(_encode_url, 1, 1),
    "EncodeHTML": Function(_encode_html, 1, 1),
    "PlainText": Function(_plain_text, 1, 1),
    "Language": Function(_spoken, 0, 0, lazy=True),
}
