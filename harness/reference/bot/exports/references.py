"""What a topic asks of its bot that the bot has not: other topics, entities, declared answers."""

from __future__ import annotations

from collections.abc import Iterator

from harness.reference.bot import stubs, voice
from harness.reference.bot.bots import Bot
from harness.reference.bot.listening import entities
from harness.reference.bot.steps import OutsideCall, Question, Redirect, Step
from harness.reference.bot.topics import Finding, Topic


def findings(bot: Bot, topic: Topic) -> Iterator[Finding]:
    """What of a topic will not run in this bot, in the order of its lines."""
    declared = {_at(step) for step in topic.steps if _is_declared(bot, step)}
    found = [each for each in topic.findings if (each.line, each.node) not in declared]
    yield from sorted([*found, *_missing(bot, topic)], key=lambda each: each.line)


def _missing(bot: Bot, topic: Topic) -> Iterator[Finding]:
    for step in topic.steps:
        if isinstance(step, Redirect) and not _leads_somewhere(bot, step.dialog):
            yield Finding(*_at(step), f"there is no topic {step.dialog[:100]} that runs")
        elif isinstance(step, Question) and _is_nameless(bot, step.entity):
            yield Finding(*_at(step), f"there is no entity {step.entity.name[:100]}")


def _at(step: Step) -> tuple[int, str]:
    return step.line, step.at.node or step.at.kind


def _is_declared(bot: Bot, step: Step) -> bool:
    return isinstance(step, OutsideCall) and bool(
        stubs.find(bot.stubs, (step.at.node, *step.names))
    )


def _leads_somewhere(bot: Bot, dialog: str) -> bool:
    # What is named by an expression is known when the conversation gets there.
    if dialog.startswith(("=", voice.PREFIX)):
        return True
    return bot.dialog(dialog) is not None


def _is_nameless(bot: Bot, entity: entities.Entity) -> bool:
    return entity.kind == entities.REFERENCE and bot.entity(entity.name) is None
