"""From the messages of a chat thread to lines: the wire's tags say who spoke (wire notes, 2b)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from harness.actors import cards
from harness.protocol.conversations import Line, Role

CUSTOMER = "Customer"
SIGN_IN = ("application/vnd.microsoft.card.oauth", "application/vnd.microsoft.card.signin")
RICH = "microsoft.azure.communication.chat.bot.contenttype"


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a message."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the thread: its line, and the tags that only machines read."""

    line: Line
    tags: frozenset[str]
    sign_in: str = ""
    """Where a card that asks to sign in wants the page's token; empty for other messages."""
    files: tuple[File, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether a client draws it; a hidden one is for the desk."""
        return "Hidden" not in self.tags

    @property
    def ends_chat(self) -> bool:
        """Whether it says that the desk has ended the conversation."""
        return not self.tags.isdisjoint(
            {"agentendconversation", "supervisorforceclosedconversation"}
        )


def polled(item: Mapping[str, Any]) -> Said:
    """A message as `GET …/messages` lists it."""
    return _said(
        item["id"],
        item.get("senderDisplayName") or "",
        item["content"]["message"],
        item.get("metadata") or {},
    )


def pushed(event: Mapping[str, Any]) -> Said:
    """A message as a push of event 200 carries it."""
    return _said(
        event["messageId"],
        event.get("senderDisplayName") or "",
        event["messageBody"],
        json.loads(event.get("acsChatMessageMetadata") or "{}"),
    )


def _said(number: str, name: str, text: str, metadata: Mapping[str, str]) -> Said:
    tags = frozenset(tag.strip() for tag in metadata.get("tags", "").split(",") if tag.strip())
    sign_in = ""
    if RICH in metadata:
        rich = json.loads(text)
        text, sign_in = _drawn(rich), _asks(rich)
    at = datetime.fromtimestamp(int(number) / 1000, UTC)
    files = _files(metadata)
    names = tuple(file.name for file in files)
    line = Line(_role(tags, name), text, name, number, at, files=names)
    return Said(line, tags, sign_in, files)


def _files(metadata: Mapping[str, str]) -> tuple[File, ...]:
    ids = json.loads(metadata.get("amsReferences") or "[]")
    told = json.loads(metadata.get("amsMetadata") or "[]")
    return tuple(File(id, each["fileName"]) for id, each in zip(ids, told, strict=True))


def _asks(rich: Mapping[str, Any]) -> str:
    """Where the first card wants a token, as a widget looks for it (specification 4.6)."""
    for card in (rich.get("attachments") or ())[:1]:
        if card.get("contentType") in SIGN_IN:
            content = card.get("content") or {}
            return str((content.get("tokenPostResource") or {}).get("sasUrl") or "")
    return ""


def _drawn(rich: Mapping[str, Any]) -> str:
    """What a customer reads of a message with cards: its words and theirs, as a widget has them."""
    shown = (rich.get("text") or "", *map(cards.words, rich.get("attachments") or ()))
    return "\n".join(filter(None, shown))


def _role(tags: frozenset[str], name: str) -> Role:
    if "FromCustomer" in tags or name == CUSTOMER:
        return Role.CUSTOMER
    if "system" in tags:
        return Role.SYSTEM
    return Role.AGENT if "public" in tags else Role.BOT
