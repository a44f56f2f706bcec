"""What a topic asks of its bot that the bot has not: other topics, entities, declared answers."""

from __future__ import annotations

from collections.abc import Iterator

from harness.reference.bot import voice
from harness.reference.bot.bots import Bot
from harness.reference.bot.findings import with_stubs
from harness.reference.bot.listening import entities
from harness.reference.bot.steps import Question, Redirect, Step
from harness.reference.bot.topics import Finding, Topic


def findings(bot: Bot, topic: Topic) -> Iterator[Finding]:
    """What of a topic will not run in this bot, in the order of its lines."""
    found = (*with_stubs(topic, bot.stubs), *_missing(bot, topic))
    yield from sorted(found, key=lambda each: each.line)


def _missing(bot: Bot, topic: Topic) -> Iterator[Finding]:
    for step in topic.steps:
        if isinstance(step, Redirect) and not _leads_somewhere(bot, step.dialog):
            yield Finding(*_at(step), f"there is no topic {step.dialog[:100]} that runs")
        elif isinstance(step, Question) and _is_nameless(bot, step.entity):
            yield Finding(*_at(step), f"there is no entity {step.entity.name[:100]}")


def _at(step: Step) -> tuple[int, str]:
    return step.line, step.at.node or step.at.kind


def _leads_somewhere(bot: Bot, dialog: str) -> bool:
    # What is named by an expression is known when the conversation gets there.
    if dialog.startswith(("=", voice.PREFIX)):
        return True
    return bot.dialog(dialog) is not None


def _is_nameless(bot: Bot, entity: entities.Entity) -> bool:
    return entity.kind == entities.REFERENCE and bot.entity(entity.name) is None
