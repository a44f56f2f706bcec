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
from harness.reference.bot.expressions import Value
from harness.reference.bot.interpreter import Interpreter
from harness.reference.bot.memory import Dialogue, Frame
from harness.reference.bot.outputs import Output, Traced, Transfer
from harness.reference.bot.silences import next_silence
from harness.reference.bot.topics import Question, Topic

__all__ = ["Bot", "Dialogue", "Frame", "Turn", "begin", "conforms", "fire", "hear"]

# A session of the product ends after so many turns (hand-off-specification 6.3).
KEPT_PHRASES = 100
REPROMPTS = 2
REPROMPT = "I did not understand that. Please say it in other words."


@dataclass(frozen=True, slots=True)
class Turn:
    """The state after a turn, what the bot did in it, and how it came to it, in order."""

    dialogue: Dialogue
    outputs: tuple[Output, ...] = ()
    trace: tuple[Traced, ...] = ()


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
    bot: Bot,
    dialogue: Dialogue,
    text: str,
    now: datetime,
    *,
    value: Value = None,
    deviates: Deviates = conforms,
) -> Turn:
    """The customer says (or presses) something; `value` is what a submitted card holds."""
    restarts = not deviates("message_does_not_restart_silence")
    heard = replace(
        dialogue,
        quiet_since=now if restarts else dialogue.quiet_since,
        fired=() if restarts else dialogue.fired,
        silent=0.0 if restarts else dialogue.silent,
        phrases=(*dialogue.phrases, text)[-KEPT_PHRASES:],
        system={
            **dialogue.system,
            "Activity.Text": text,
            "LastMessage.Text": text,
            "Activity.Value": value,
        },
    )
    interpreter = Interpreter(bot, heard, deviates)
    interpreter.unknown = 0
    question = interpreter.waiting()
    asks_for_person = next(bot.escalation_phrases.matches(text), None) is not None
    other_words = asks_for_person and text.casefold() != "talk to agent"
    if other_words and deviates("only_one_phrase_escalates"):
        asks_for_person = False
    if dialogue.phrases and deviates("only_first_words_escalate"):
        asks_for_person = False
    if asks_for_person and not (question and deviates("question_swallows_escalation")):
        interpreter.escalate()
        _hand_over_anyway(interpreter, deviates)
    elif question is None:
        _open(bot, interpreter, text, dialogue.unknown + 1, deviates)
    elif topic := _interrupting(bot, interpreter, question, text):
        interpreter.trigger(topic)
    else:
        interpreter.answer(question, text)
    return _turn(interpreter)


def fire(bot: Bot, dialogue: Dialogue, now: datetime, *, deviates: Deviates = conforms) -> Turn:
    """The next silence has passed: of its topics the first whose condition holds runs.

    A question that waits goes on waiting. A stale timer, whose silence has not passed at `now`
    because the customer wrote meanwhile, changes nothing.
    """
    silence = next_silence(bot, dialogue, deviates=deviates)
    if silence is None or now < dialogue.quiet_since + timedelta(seconds=silence.seconds):
        return Turn(dialogue)
    fired = replace(dialogue, fired=(*dialogue.fired, *silence.topics), silent=silence.seconds)
    if deviates("reminder_restarts_silence"):
        fired = replace(fired, quiet_since=now, silent=0.0)
    interpreter = Interpreter(bot, fired, deviates)
    topics = filter(None, map(bot.topic, silence.topics))
    able = [topic for topic in topics if _may_speak(interpreter, topic, deviates)]
    together = len(able) > 1 and deviates("silences_speak_together")
    for topic in able if together else able[:1]:
        interpreter.start(topic, quiet=True)
    return _turn(interpreter)


def _may_speak(interpreter: Interpreter, topic: Topic, deviates: Deviates) -> bool:
    return interpreter.holds(topic.start.condition) or deviates("silence_ignores_condition")


def _turn(interpreter: Interpreter) -> Turn:
    return Turn(interpreter.dialogue(), tuple(interpreter.outputs))


def _hand_over_anyway(interpreter: Interpreter, deviates: Deviates) -> None:
    """A fault: whoever asks for a person gets one, whatever the topic says (ESC-03)."""
    has_transfer = any(isinstance(output, Transfer) for output in interpreter.outputs)
    if not has_transfer and deviates("escalate_without_node_transfers"):
        interpreter.outputs.append(Transfer())


def _open(bot: Bot, interpreter: Interpreter, text: str, unknown: int, deviates: Deviates) -> None:
    """An utterance while nothing waits: a topic's phrase, or the `unknown`th unknown in a row."""
    for name in bot.phrasebook.matches(text):
        topic = bot.topic(name)
        if topic is not None and interpreter.holds(topic.start.condition):
            interpreter.trigger(topic)
            return
    interpreter.unknown = unknown
    fallback = next(iter(bot.triggered("OnUnknownIntent")), None)
    reprompts = REPROMPTS - 1 if deviates("re_prompts_once") else REPROMPTS
    if fallback is not None and not deviates("custom_fallback_ignored"):
        interpreter.start(fallback, UnrecognizedTriggerPhrase=text)
    elif bot.generation is Generation.WEB_APP:
        return
    elif unknown <= reprompts or deviates("re_prompts_for_ever"):
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
