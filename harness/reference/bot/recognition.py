"""Which topic an utterance asks for, and asking back when several are equally good."""

from __future__ import annotations

from harness.reference.bot.bots import Bot
from harness.reference.bot.expressions import Value
from harness.reference.bot.interpreter import Interpreter
from harness.reference.bot.listening.phrases import Match


def start(bot: Bot, interpreter: Interpreter, text: str) -> bool:
    """Runs the topic that the utterance asks for; whether there is one."""
    found = asked_for(bot, interpreter, text)
    if not found:
        return False
    best = found[0]
    topic = bot.topic(best.topic)
    equal = [match for match in found if match.rank == best.rank]
    if topic is None or topic is bot.escalation:
        interpreter.escalate()
    elif not (len(equal) > 1 and _asked_back(bot, interpreter, equal)):
        interpreter.trigger(topic, best.score)
    return True


def asked_for(bot: Bot, interpreter: Interpreter, text: str) -> list[Match]:
    """The topics that the utterance asks for and whose condition holds, best first."""
    found = _able(bot, interpreter, bot.phrasebook.ranked(text))
    if found:
        return found
    alike = bot.phrasebook.similar(text)
    if next(bot.escalation_phrases.matches(text), None) is None:
        # A whole phrase of the escalation topic is heard before any other (ESC-02), not here.
        alike = [*alike, *bot.escalation_phrases.similar(text)]
    return _able(bot, interpreter, sorted(alike, key=lambda match: -match.rank))


def _able(bot: Bot, interpreter: Interpreter, matches: list[Match]) -> list[Match]:
    able = [
        (match, topic)
        for match in matches
        if (topic := bot.topic(match.topic)) and interpreter.holds(topic.start.condition)
    ]
    # Of topics asked for equally well the lowest priority number is first, then the older one.
    able.sort(key=lambda one: (-one[0].rank, one[1].start.priority))
    return [match for match, _ in able]


def _asked_back(bot: Bot, interpreter: Interpreter, equal: list[Match]) -> bool:
    """Has the customer choose, when the bot has a topic for it and several may be offered."""
    asking = [t for t in bot.triggered("OnSelectIntent") if interpreter.holds(t.start.condition)]
    offered = [
        match for match in equal if (topic := bot.topic(match.topic)) and topic.start.offered
    ]
    if not asking or len(offered) < 2:
        return False
    options: list[Value] = [
        {
            "DisplayName": match.topic,
            "TopicId": bot.schema(match.topic),
            "TriggerId": "main",
            "Score": match.score,
        }
        for match in offered
    ]
    interpreter.notes.system["Recognizer.IntentOptions"] = options
    interpreter.start(asking[0])
    return True
