"""Letters: what the desk sends to customers by e-mail (specification 4.10, docs C13)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from html import escape
from typing import NamedTuple

from harness.reference.domain.errors import MalformedBody
from harness.reference.domain.widgets import SLOT

SUBJECT = "Your conversation with us"
LONGEST_ADDRESS = 254
"""Characters of an address (RFC 5321)."""

MOST = 10
"""Addresses that one conversation is sent to."""

_WORD = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@){_WORD}(?:\.{_WORD})*@{_LABEL}(?:\.{_LABEL})+")
"""A plain one (RFC 5322, dot-atom), in letters of any language: no quoted name, no number."""

ENCODED = re.compile(r"=\?.*\?=")
"""What the head of a mail would be read by (RFC 2047): another address than was written."""


class Delivery(StrEnum):
    """What has become of a letter."""

    WAITING = "Waiting"
    """The conversation still goes on."""
    SENDING = "Sending"
    SENT = "Sent"
    FAILED = "Failed"


@dataclass(frozen=True, slots=True)
class Letter:
    """A transcript for an address: as plain words and as HTML, both empty while it waits.

    `problem` says why it could not be delivered. `mention` introduces a file in the transcript.
    """

    id: str
    conversation: str
    to: str
    requested: datetime
    delivery: Delivery = Delivery.WAITING
    mention: str = ""
    subject: str = SUBJECT
    plain: str = ""
    html: str = ""
    sent: datetime | None = None
    problem: str = ""


class Told(NamedTuple):
    """A message in a letter."""

    name: str
    at: datetime
    words: str


def address(written: str) -> str:
    """An e-mail address; raises MalformedBody for what is none."""
    own = written.strip()
    is_one = ADDRESS.fullmatch(own) and not ENCODED.search(own)
    if not is_one or len(own) > LONGEST_ADDRESS:
        raise MalformedBody(f"{own[:100]!r} is no e-mail address. Write name@host.example.")
    return own


def plain(template: str, said: Sequence[Told]) -> str:
    """The letter in plain words; its slot becomes what was said."""
    lines = (f"{each.name} ({each.at:%Y-%m-%d %H:%M} UTC): {each.words}" for each in said)
    return template.replace(SLOT, "\n".join(lines))


def html(template: str, said: Sequence[Told]) -> str:
    """The letter as HTML; nothing that anybody wrote is markup."""
    rows = (
        f"<p><b>{escape(each.name)}</b> <small>{each.at:%Y-%m-%d %H:%M} UTC</small><br>"
        f"{_lines(each.words)}</p>"
        for each in said
    )
    body = _lines(template).replace(escape(SLOT), "\n".join(rows))
    return f'<!doctype html>\n<meta charset="utf-8">\n<title>{SUBJECT}</title>\n{body}\n'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")
