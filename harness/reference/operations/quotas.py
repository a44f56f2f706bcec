"""How many messages the bots of an environment take: docs P7, specification 5.5."""

from __future__ import annotations

from harness.reference.domain.bots import Bot
from harness.reference.operations.organisations import Organisation


def count(organisation: Organisation, bot: Bot) -> None:
    """One more message for a bot; raises TooManyCalls, and the sender's client offers a retry."""
    rate = organisation.rate(bot.environment, organisation.tenant.messages_a_minute)
    rate.take(organisation.clock.now(), "The bots of this environment were spoken to")
