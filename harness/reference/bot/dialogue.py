"""The dialogue engine: what a bot does when something happens in a conversation.

Pure: state and `now` in, state and outputs out. The caller keeps the `Dialogue` (it is JSON-able:
`msgspec.json.encode`, and `decode(…, type=Dialogue)`), performs the outputs in order, and stops
asking once a turn held Transfer, End or HangUp. After Failed the bot can be asked on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from harness.protocol.conversations import Generation
from harness.reference.bot.answers import recognise
from harness.reference.bot.bots import Bot, Deviates, conforms
from harness.reference.bot.expressions import ExpressionFailed, Value, evaluate
from harness.reference.bot.interpreter import Interpreter
from harness.reference.bot.memory import Dialogue, Frame
from harness.reference.bot.outputs import Output
from harness.reference.bot.topics import Question, Topic, is_silence

__all__ = ["Bot", "Dialogue", "Frame", "Turn", "begin", "conforms", "fire", "hear", "silences"]

# A session of the product ends after so many turns (hand-off-specification 6.3).
KEPT_PHRASES = 100
REPROMPTS = 2
REPROMPT = "I did not understand that. Please say it in other words."


@dataclass(frozen=True, slots=True)
class Turn:
    """The state after a turn and what the bot did in it, in order."""

    dialogue: Dialogue
    outputs: tuple[Output, ...] = ()


def begin(
    bot: Bot,
    now: datetime,
    *,
    channel: str = "Omnichannel",
    conversation: str = "",
    language: str = "en-US",
    variables: Mapping[str, Value] | None = None,
    deviates: Deviates = conforms,
) -> Turn:
    """A conversation starts: run the topics that greet.

    `variables` come from outside (pre-chat answers, custom context, `CustomerPhoneNumber` and
    `OrganizationPhoneNumber` of a call): the bot reads them as `Global.X` or `bot.X`.
    """
    system: dict[str, Value] = {
        "Activity.Channel": channel,
        "Activity.ChannelId": channel.lower(),
        "Bot.Name": bot.name,
        "Conversation.Id": conversation,
        "User.Language": language,
    }
    dialogue = Dialogue(quiet_since=now, system=system, globals=dict(variables or {}))
    interpreter = Interpreter(bot, dialogue, deviates)
    for topic in bot.triggered("OnConversationStart"):
        if not interpreter.paused and interpreter.holds(topic.start.condition):
            interpreter.start(topic)
    return _turn(interpreter)


def hear(
    bot: Bot, dialogue: Dialogue, text: str, now: datetime, *, deviates: Deviates = conforms
) -> Turn:
    """The customer says (or presses) something."""
    restarts = not deviates("message_does_not_restart_silence")
    heard = replace(
        dialogue,
        quiet_since=now if restarts else dialogue.quiet_since,
        fired=() if restarts else dialogue.fired,
        phrases=(*dialogue.phrases, text)[-KEPT_PHRASES:],
        system={**dialogue.system, "Activity.Text": text, "LastMessage.Text": text},
    )
    interpreter = Interpreter(bot, heard, deviates)
    interpreter.unknown = 0
    question = interpreter.waiting()
    asks_for_person = next(bot.escalation_phrases.matches(text), None) is not None
    other_words = asks_for_person and text.casefold() != "talk to agent"
    if other_words and deviates("only_one_phrase_escalates"):
        asks_for_person = False
    if asks_for_person and not (question and deviates("question_swallows_escalation")):
        interpreter.escalate()
    elif question is None:
        _open(bot, interpreter, text, dialogue.unknown + 1)
    elif topic := _interrupting(bot, interpreter, question, text):
        interpreter.trigger(topic)
    else:
        interpreter.answer(question, text)
    return _turn(interpreter)


def fire(
    bot: Bot, dialogue: Dialogue, topic: str, now: datetime, *, deviates: Deviates = conforms
) -> Turn:
    """The silence that a topic waits for has passed: run it, when its condition holds.

    A question that waits goes on waiting. A stale timer, whose silence has not passed at `now`
    because the customer wrote meanwhile, changes nothing.
    """
    found = bot.topic(topic)
    seconds = dict(silences(bot, dialogue, deviates=deviates)).get(topic)
    if found is None or seconds is None or now < dialogue.quiet_since + timedelta(seconds=seconds):
        return Turn(dialogue)
    fired = replace(dialogue, fired=(*dialogue.fired, topic))
    interpreter = Interpreter(bot, fired, deviates)
    if interpreter.holds(found.start.condition):
        interpreter.start(found, quiet=True)
    return _turn(interpreter)


def silences(
    bot: Bot, dialogue: Dialogue, *, deviates: Deviates = conforms
) -> tuple[tuple[str, float], ...]:
    """The inactivity topics still to come: (topic, seconds after `quiet_since`), shortest first.

    Ask again after each turn: those fired leave the list until the customer says something.
    """
    interpreter = Interpreter(bot, dialogue, deviates)
    waits = sorted(
        (
            (topic.name, seconds)
            for topic in bot.triggered("OnInactivity")
            if (seconds := _silence(interpreter, topic)) is not None
        ),
        key=lambda wait: wait[1],
    )
    if waits and deviates("inactivity_never_fires"):
        return ()
    if waits and deviates("reminder_comes_early"):
        waits[0] = (waits[0][0], waits[0][1] / 2)
    if len(waits) > 1 and deviates("timeout_before_reminder"):
        names = reversed([name for name, _ in waits])
        waits = [(name, seconds) for name, (_, seconds) in zip(names, waits, strict=True)]
    return tuple(wait for wait in waits if wait[0] not in dialogue.fired)


def _turn(interpreter: Interpreter) -> Turn:
    return Turn(interpreter.dialogue(), tuple(interpreter.outputs))


def _open(bot: Bot, interpreter: Interpreter, text: str, unknown: int) -> None:
    """An utterance while nothing waits: a topic's phrase, or the `unknown`th unknown in a row."""
    for name in bot.phrasebook.matches(text):
        topic = bot.topic(name)
        if topic is not None and interpreter.holds(topic.start.condition):
            interpreter.trigger(topic)
            return
    interpreter.unknown = unknown
    fallback = next(iter(bot.triggered("OnUnknownIntent")), None)
    if fallback is not None:
        interpreter.start(fallback, UnrecognizedTriggerPhrase=text)
    elif bot.generation is Generation.WEB_APP:
        return
    elif unknown <= REPROMPTS:
        interpreter.say(REPROMPT)
    else:
        interpreter.unknown = 0
        interpreter.escalate()


def _interrupting(
    bot: Bot, interpreter: Interpreter, question: Question, text: str
) -> Topic | None:
    """The topic that takes the turn from a waiting question: its whole phrase was said.

    A choice or number that the question recognises stays an answer; any text at all would be one.
    """
    takes_anything = question.entity.kind == "StringPrebuiltEntity"
    if not question.interruptible:
        return None
    if not takes_anything and recognise(question.entity, text) is not None:
        return None
    topics = (bot.topic(name) for name in bot.phrasebook.equals(text))
    return next(
        (topic for topic in topics if topic and interpreter.holds(topic.start.condition)), None
    )


def _silence(interpreter: Interpreter, topic: Topic) -> float | None:
    if topic.start.silence is None:
        return None
    try:
        seconds = evaluate(topic.start.silence, interpreter.look_up)
    except ExpressionFailed:
        return None
    return float(seconds) if is_silence(seconds) else None
