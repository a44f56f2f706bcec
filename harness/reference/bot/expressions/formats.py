"""The formats of `Text`: `yyyy-mm-dd hh:mm`, `#,##0.00`, and the named ones of DateTimeFormat."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from harness.reference.bot.expressions import moments
from harness.reference.bot.expressions.limits import ExpressionFailed
from harness.reference.bot.expressions.moments import DAYS, MONTHS
from harness.reference.bot.expressions.values import is_blank, number, scalar_text

_LANGUAGE = re.compile(r"\[\$-[\w-]{0,20}\]")
_TOKEN = re.compile(
    r'"[^"]*"|\\.|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[fF]+|(?<=[sS]\.)0+|[aA][mM]/[pP][mM]|[aA]/[pP]|.',
    re.DOTALL,
)
_PLACES = re.compile(r"[0#,.]*[0#][0#,.]*")
_DATES = re.compile(r"[yYmMdDhHsS]")
MAX_FORMAT = 200
# Holds any float, of 309 digits before the point, with as many places as a format can ask for.
_CONTEXT = Context(prec=600)

_NAMED = {
    "longdate": "dddd, mmmm d, yyyy",
    "longdatetime": "dddd, mmmm d, yyyy h:mm:ss AM/PM",
    "longdatetime24": "dddd, mmmm d, yyyy hh:mm:ss",
    "longtime": "h:mm:ss AM/PM",
    "longtime24": "hh:mm:ss",
    "shortdate": "m/d/yyyy",
    "shortdatetime": "m/d/yyyy h:mm AM/PM",
    "shortdatetime24": "m/d/yyyy hh:mm",
    "shorttime": "h:mm AM/PM",
    "shorttime24": "hh:mm",
    "utc": 'yyyy-mm-dd"T"hh:mm:ss.fff"Z"',
}


def formatted(value: Any, format_: str) -> str:
    """A number or date in a format; raises ExpressionFailed for what the format does not fit."""
    pattern = _LANGUAGE.sub("", format_)
    pattern = _NAMED.get(pattern.strip("'").lower(), pattern)
    if len(pattern) > MAX_FORMAT:
        raise ExpressionFailed(f"a format longer than {MAX_FORMAT} characters")
    if isinstance(value, bool):
        raise ExpressionFailed("true and false have no format")
    if isinstance(value, date | time):
        return _date(moments.instant(value), pattern) if pattern else scalar_text(value)
    bare = re.sub(r'"[^"]*"', "", pattern)
    if _DATES.search(bare) and not _PLACES.search(bare.replace(".000", "")):
        return _date(_instant(value), pattern)
    return _numeral(value, pattern)


def _instant(value: Any) -> datetime:
    return moments.instant(0 if is_blank(value) else value)


def _date(moment: datetime, pattern: str) -> str:
    tokens = _TOKEN.findall(pattern)
    half_day = any("/" in token and len(token) > 1 for token in tokens)
    shown, last_field = [], ""
    for at, token in enumerate(tokens):
        letter = token[0].lower() if token[0].isalpha() else ""
        if token[0] == "0" and last_field == "s":
            letter = "f"
        if letter == "m" and _is_minutes(last_field, tokens[at + 1 :]):
            letter = "n"
        shown.append(_part(moment, token, letter, half_day))
        last_field = letter or last_field
    return "".join(shown)


def _is_minutes(before: str, after: list[str]) -> bool:
    following = next((token[0].lower() for token in after if token[0].isalpha()), "")
    return before == "h" or (following == "s" and before != "d")


def _part(moment: datetime, token: str, letter: str, half_day: bool) -> str:
    if letter == "a" and "/" in token:
        return _noon(moment, token)
    width = len(token)
    parts: dict[str, Callable[[], str]] = {
        "y": lambda: f"{moment.year:04}" if width > 2 else f"{moment.year % 100:02}",
        "m": lambda: _named(moment.month, width, MONTHS[moment.month]),
        "n": lambda: _padded(moment.minute, width),
        "d": lambda: _named(moment.day, width, DAYS[moment.weekday()]),
        "h": lambda: _padded(moment.hour % 12 or 12 if half_day else moment.hour, width),
        "s": lambda: _padded(moment.second, width),
        "f": lambda: f"{moment.microsecond:06}"[:width],
    }
    return parts[letter]() if letter in parts else _literal(token)


def _noon(moment: datetime, token: str) -> str:
    shown = ("AM" if moment.hour < 12 else "PM")[: len(token) // 2]
    return shown.lower() if token == "a/p" else shown


def _named(value: int, width: int, name: str) -> str:
    if width <= 2:
        return _padded(value, width)
    return name[:3] if width == 3 else name


def _padded(value: int, width: int) -> str:
    return f"{value:0{min(width, 2)}}"


def _literal(token: str) -> str:
    if token.startswith('"') and len(token) > 1:
        return token[1:-1]
    return token[1:] if token.startswith("\\") and len(token) > 1 else token


def _numeral(value: Any, pattern: str) -> str:
    sections = pattern.split(";")
    amount = Decimal(repr(float(number(value))))
    section = sections[0]
    if amount < 0 and len(sections) > 1:
        section, amount = sections[1], -amount
    elif amount == 0 and len(sections) > 2:
        section = sections[2]
    match = _PLACES.search(section)
    if match is None:
        return "".join(_literal(token) for token in _TOKEN.findall(section))
    before, after = section[: match.start()], section[match.end() :]
    if "%" in before + after:
        amount *= 100
    shown = _digits(amount, match[0])
    sign = "-" if amount < 0 and shown.strip("0.,") else ""
    return sign + _plain(before) + shown + _plain(after)


def _plain(part: str) -> str:
    return "".join(_literal(token) for token in _TOKEN.findall(part))


def _digits(amount: Decimal, places: str) -> str:
    wholes, _, fractions = places.partition(".")
    fractions = fractions.replace(",", "")
    rounded = _rounded(abs(amount), len(fractions))
    digits, _, rest = f"{rounded:f}".partition(".")
    least = wholes.replace(",", "").lstrip("#").count("0") + wholes.lstrip("#,").count("#")
    digits = digits.lstrip("0").rjust(least, "0")
    if "," in wholes:
        digits = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", digits)
    keep = len(fractions.rstrip("#"))
    rest = rest[:keep] + rest[keep:].rstrip("0")
    return f"{digits}.{rest}" if rest else digits


def _rounded(amount: Decimal, places: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_CONTEXT)
