"""What the portal tells of a bot that came by a solution: whether it can know of Omnichannel."""

from __future__ import annotations

from harness.protocol.conversations import Generation
from harness.reference.domain import solutions
from harness.reference.domain.bots import Bot
from harness.reference.operations.organisations import Organisation

CANNOT_DETERMINE = (
    "We can't determine if Omnichannel integration is enabled for this bot. If it is enabled where"
    " the bot is developed, export the latest version there and import it here. If you still see"
    " this, remove the unmanaged layers of the bot in Power Apps."
)
"""Our words: the documents show the product's only as a picture (specification 12.1)."""


def shows_notice(organisation: Organisation, bot: Bot) -> bool:
    """Whether the portal cannot determine if Omnichannel is enabled for the bot (2.7).

    The portal of the preview does not ask (specification 1.2).
    """
    if bot.generation is Generation.PREVIEW:
        return False
    return solutions.notice(bot, is_latest(organisation, bot), organisation.faults.deviates)


def is_latest(organisation: Organisation, bot: Bot) -> bool:
    """Whether no bot under development elsewhere is ahead of what was imported last."""
    if bot.managed is None:
        return True
    namesakes = organisation.store.find(organisation.id, Bot, "schema", bot.schema)
    return solutions.is_latest(bot, namesakes)
