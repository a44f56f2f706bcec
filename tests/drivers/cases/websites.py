"""The bot's own website."""

from __future__ import annotations

from harness.expect import websites
from tests.drivers.people import Desk, Guest, conversation

HERE = conversation()

CASES = (
    (
        "websites.rings_at_nobody",
        lambda: websites.rings_at_nobody(Guest(), Desk(HERE)),
        lambda: websites.rings_at_nobody(Guest(), Desk(HERE, ringing=["c-1"])),
    ),
    (
        "websites.rings_at_nobody",
        lambda: websites.rings_at_nobody(Guest(), Desk(HERE)),
        lambda: websites.rings_at_nobody(Guest(transferred=False), Desk(HERE)),
    ),
    (
        "websites.is_unknown_to_desk",
        lambda: websites.is_unknown_to_desk(Guest(), Desk(HERE)),
        lambda: websites.is_unknown_to_desk(Guest(), Desk(HERE, listed=[HERE])),
    ),
    (
        "websites.says_what_it_cannot_draw",
        lambda: websites.says_what_it_cannot_draw(Guest()),
        lambda: websites.says_what_it_cannot_draw(Guest(noticed=False)),
    ),
)
