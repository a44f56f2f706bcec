"""Writes what was said over HTTP and sockets as a log that a person can read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby

from harness.evidence.redaction import redacted_headers
from harness.transport.exchanges import Exchange

__all__ = ["Exchange", "log_of"]

_LONGEST_BODY = 8_000
"""Characters of one body; a page of HTML would drown the rest."""

# What every exchange carries and nobody reads.
_DULL = frozenset(
    (
        "accept",
        "accept-encoding",
        "accept-language",
        "access-control-allow-credentials",
        "access-control-allow-origin",
        "connection",
        "content-length",
        "date",
        "host",
        "keep-alive",
        "server",
        "user-agent",
        "vary",
    )
)


def log_of(exchanges: Iterable[Exchange], *, spread: bool = True) -> str:
    """All exchanges in the order of their start, a paragraph each; equal neighbours share one.

    Who waits for something asks the same question many times: the first answer and the last
    moment say all. Long JSON is spread over lines for whoever looks for a fault; it costs time.
    """
    in_order = sorted(exchanges, key=lambda exchange: exchange.at)
    paragraphs = []
    for _, equal in groupby(in_order, key=_what):
        first, *more = equal
        lines = [*_paragraph(first, _pretty if spread else str)]
        if more:
            lines.append(f"  … and the same {len(more)} times more until {_moment(more[-1])}")
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs) + "\n"


def _what(exchange: Exchange) -> tuple[object, ...]:
    """What was asked and answered, without when."""
    said = (exchange.request, exchange.response)
    return (exchange.who, exchange.kind, exchange.method, exchange.url, exchange.status, *said)


def _moment(exchange: Exchange) -> str:
    return datetime.fromtimestamp(exchange.at, UTC).strftime("%H:%M:%S.%f")[:-3]


def _paragraph(exchange: Exchange, written: Callable[[str], str]) -> Iterator[str]:
    at = _moment(exchange)
    if exchange.kind == "socket":
        arrow = "sent →" if exchange.direction == "sent" else "received ←"
        yield f"{at}  {exchange.who}  {arrow} {exchange.url}"
        yield from _body("    ", written(exchange.request or exchange.response))
        return
    status = "no answer" if exchange.status is None else str(exchange.status)
    took = f"{exchange.duration * 1000:.0f} ms"
    yield f"{at}  {exchange.who}  {exchange.method} {exchange.url}  {status}  ({took})"
    yield from _headers("  > ", exchange.request_headers)
    yield from _body("  > ", written(exchange.request))
    yield from _headers("  < ", exchange.response_headers)
    yield from _body("  < ", written(exchange.response))


def _headers(margin: str, headers: Mapping[str, str]) -> Iterator[str]:
    telling = {name: value for name, value in headers.items() if name.lower() not in _DULL}
    for name, value in redacted_headers(telling).items():
        yield f"{margin}{name}: {value}"


def _body(margin: str, text: str) -> Iterator[str]:
    if not text:
        return
    if len(text) > _LONGEST_BODY:
        text = f"{text[:_LONGEST_BODY]}\n… {len(text) - _LONGEST_BODY} more characters"
    for line in text.splitlines():
        yield margin + line


def _pretty(text: str) -> str:
    """JSON with line breaks when it would not fit on a line; anything else as it is."""
    if text[:1] not in "{[" or len(text) <= 100:
        return text
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except ValueError:
        return text
