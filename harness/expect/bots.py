"""What a bot's topics must be, as its maker reads them (INA-01, INA-02, INA-18, ESC-04)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch
from harness.protocol.portal import Session, Topic
from harness.protocol.roles import Maker

TRANSFER = "kind: TransferConversationV2"
INACTIVITY = "OnInactivity"


@check
def has_topic(maker: Maker, name: str) -> Mismatch | None:
    """The bot has a topic of this name."""
    return compare(_finds(name), _named(maker, name))


@check
def lacks_topic(maker: Maker, name: str) -> Mismatch | None:
    """The bot has no topic of this name."""

    def match(topic: Topic | None) -> Mismatch | None:
        return None if topic is None else Mismatch(f"no topic {name!r}", "one")

    return compare(match, _named(maker, name))


@check
def starts_from_silence(maker: Maker, name: str) -> Mismatch | None:
    """The topic starts when the customer has been silent."""

    def match(topic: Topic | None) -> Mismatch | None:
        shown = topic.trigger if topic else "no such topic"
        return None if shown == INACTIVITY else Mismatch(f"{name!r} to start from silence", shown)

    return compare(match, _named(maker, name))


@check
def can_transfer(maker: Maker, name: str) -> Mismatch | None:
    """The topic has the node that hands over to a person."""

    def match(topic: Topic | None) -> Mismatch | None:
        has = topic is not None and TRANSFER in topic.content
        return None if has else Mismatch(f"a transfer in {name!r}", "none")

    return compare(match, _named(maker, name))


@check
def cannot_transfer(maker: Maker, name: str) -> Mismatch | None:
    """The topic is there, without the node that hands over to a person."""

    def match(topic: Topic | None) -> Mismatch | None:
        if topic is None:
            return Mismatch(f"a topic {name!r}", "none")
        return Mismatch(f"no transfer in {name!r}", "one") if TRANSFER in topic.content else None

    return compare(match, _named(maker, name))


@check
def keeps_words(maker: Maker, conversation: str, words: str) -> Mismatch | None:
    """The bot's session has what the customer said, as a message of the customer (CON-50)."""

    def match(session: Session) -> Mismatch | None:
        said = [str(each.get("text", "")) for each in session.activities if _is_said(each)]
        if words in said:
            return None
        return Mismatch(f"{words!r} among what the customer said", " / ".join(said) or "nothing")

    return eventually(lambda: maker.session(conversation), match)


def _is_said(activity: Mapping[str, Any]) -> bool:
    sender = activity.get("from") or {}
    return activity.get("type") == "message" and sender.get("role") == "user"


def _named(maker: Maker, name: str) -> Topic | None:
    return next((topic for topic in maker.topics() if topic.name == name), None)


def _finds(name: str) -> Matcher[Topic | None]:
    return lambda topic: Mismatch(f"a topic {name!r}", "none") if topic is None else None
