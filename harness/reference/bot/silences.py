"""Which topic speaks after which silence of the customer (hand-off-specification 6.1).

Topics of one duration are one group: one of them speaks. The shortest silence comes first, and
the next one is waited for when it has been; nothing but a word of the customer starts anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from harness.reference.bot.bots import Bot, Deviates, conforms
from harness.reference.bot.expressions import ExpressionFailed, evaluate
from harness.reference.bot.interpreter import Interpreter
from harness.reference.bot.memory import Dialogue
from harness.reference.bot.topics import Topic, is_silence

FIXED = 300.0
"""Seconds between the silences of the deviation that ignores what a maker sets."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A silence of so many seconds, and the topics that wait for it: who may speak first, first."""

    seconds: float
    topics: tuple[str, ...]


def silences(bot: Bot, dialogue: Dialogue, *, deviates: Deviates = conforms) -> tuple[Silence, ...]:
    """The silences still to come since `dialogue.quiet_since`, shortest first.

    In a group the lowest priority number is first, then the older topic. Ask again after each turn.
    """
    groups = _deviating(_groups(bot, dialogue, deviates), deviates)
    return tuple(
        Silence(group.seconds, topics)
        for group in groups
        if group.seconds > dialogue.silent
        and (topics := tuple(name for name in group.topics if name not in dialogue.fired))
    )


def next_silence(bot: Bot, dialogue: Dialogue, *, deviates: Deviates = conforms) -> Silence | None:
    """The one silence that a timer waits for now; None when no topic is to come."""
    return next(iter(silences(bot, dialogue, deviates=deviates)), None)


def _groups(bot: Bot, dialogue: Dialogue, deviates: Deviates) -> list[Silence]:
    interpreter = Interpreter(bot, dialogue, deviates)
    waits = [
        (seconds, topic.name)
        for topic in bot.triggered("OnInactivity")
        if (seconds := _seconds(interpreter, topic)) is not None
    ]
    # Sorting is stable: inside a group the order of `triggered` stays.
    waits.sort(key=lambda wait: wait[0])
    return [
        Silence(seconds, tuple(name for _, name in group))
        for seconds, group in groupby(waits, key=lambda wait: wait[0])
    ]


def _seconds(interpreter: Interpreter, topic: Topic) -> float | None:
    if topic.start.silence is None:
        return None
    try:
        seconds = evaluate(topic.start.silence, interpreter.look_up)
    except ExpressionFailed:
        return None
    return float(seconds) if is_silence(seconds) else None


def _deviating(groups: list[Silence], deviates: Deviates) -> list[Silence]:
    if not groups:
        return groups
    if deviates("inactivity_never_fires"):
        return []
    if deviates("configured_silence_ignored"):
        groups = [replace(group, seconds=FIXED * n) for n, group in enumerate(groups, 1)]
    if deviates("reminder_comes_early"):
        groups[0] = replace(groups[0], seconds=groups[0].seconds / 2)
    if len(groups) > 1 and deviates("timeout_before_reminder"):
        last_first = [group.topics for group in reversed(groups)]
        groups = [replace(g, topics=t) for g, t in zip(groups, last_first, strict=True)]
    if any(len(group.topics) > 1 for group in groups) and deviates("silence_ignores_priority"):
        groups = [replace(group, topics=group.topics[::-1]) for group in groups]
    return groups
