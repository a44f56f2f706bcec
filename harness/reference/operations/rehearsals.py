"""*Test your bot*: a maker talks with the draft; no desk hears of it, and nothing counts it."""

from __future__ import annotations

from harness.reference.domain.desk import User
from harness.reference.domain.errors import NotFound
from harness.reference.domain.talks import Channel, Talk
from harness.reference.operations import makers, talks
from harness.reference.operations.organisations import Organisation


def start(organisation: Organisation, who: User, bot: str) -> Talk:
    """A fresh talk with what is saved, published or not; raises InsufficientRole, NotFound."""
    makers.topics(organisation, who, bot)  # whoever may read the draft may try it
    return talks.begin(organisation, bot, Channel.TEST_PANE, draft=True, user=who.id)


def say(organisation: Organisation, who: User, bot: str, id: str, text: str) -> Talk:
    """The maker says something; raises ConversationClosed when the bot has ended the talk."""
    return talks.hear(organisation, look(organisation, who, bot, id).id, text)


def look(organisation: Organisation, who: User, bot: str, id: str) -> Talk:
    """The maker's own talk; raises NotFound for anybody else's."""
    talk = talks.find(organisation, id)
    if (talk.bot, talk.user, talk.draft) != (bot, who.id, True):
        raise NotFound(f"You have no test {id[:50]!r} of this bot. Start a new one.")
    return talk
