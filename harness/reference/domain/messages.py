"""A message of a conversation, as it is kept and as every edge translates it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from harness.protocol.conversations import Role
from harness.reference.domain.errors import MessageTooLarge

LARGEST = 28 * 1024
"""Bytes of one message with its metadata, in every messaging channel (ESC-20)."""

NEARLY = 2_048
"""Bytes below the limit in which the fault that refuses the largest messages shows itself."""


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody said.

    `id` is milliseconds since 1970, made unique and monotonic in its organisation, so it is a
    sequence number too. A hidden message is for the desk only; customers never get it.
    """

    id: int
    thread: str
    role: Role
    sender_id: str
    sender_name: str
    text: str
    created: datetime
    tags: tuple[str, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    hidden: bool = False

    @property
    def sequence(self) -> int:
        """The same number as `id`: the widget compares both and must never see two orders."""
        return self.id


def refuse_oversized(text: str, metadata: dict[str, str], deviates: Callable[[str], bool]) -> None:
    """Raises MessageTooLarge for more than 28 KB of UTF-8, metadata included (ESC-20)."""
    parts = (text, *metadata, *metadata.values())
    size = sum(len(part.encode(errors="surrogatepass")) for part in parts)
    if size > LARGEST and deviates("size_counts_characters"):
        size = sum(map(len, parts))
    refused = size > LARGEST and not deviates("huge_message_accepted")
    is_nearly = LARGEST - NEARLY <= size <= LARGEST
    if refused or (is_nearly and deviates("largest_message_refused")):
        raise MessageTooLarge(f"The message has {size} bytes; {LARGEST} are allowed. Shorten it.")
