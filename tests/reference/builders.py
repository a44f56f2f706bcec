"""Plain values of the domain, for tests to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from harness.protocol.conversations import Generation
from harness.reference.clock import START
from harness.reference.domain.bots import Bot
from harness.reference.domain.conversations import (
    Channel,
    Conversation,
)
from harness.reference.domain.desk import SecurityRole

MINUTE = timedelta(minutes=1)
CONNECTOR = (SecurityRole.OC_ADMIN, SecurityRole.BOT_AUTHOR)


def conforms(_fault: str) -> bool:
    return False


def conversation(**changes: object) -> Conversation:
    plain = Conversation(
        id="c",
        organisation="o",
        request="r",
        thread="t",
        visitor="v",
        channel=Channel.LIVE_CHAT,
        customer="Ada",
        workstream="w",
        bot="b",
        started=START,
        changed=START,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def bot(name: str = "Alpine Helper", **changes: object) -> Bot:
    plain = Bot("b", name, Generation.WEB_APP, "env-1", version=1)
    return replace(plain, **changes)  # type: ignore[arg-type]
