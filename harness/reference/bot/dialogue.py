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
from harness.reference.bot import recognition
from harness.reference.bot.bots import Bot, Deviates, conforms
from harness.reference.bot.expressions import Value
from harness.reference.bot.interpreter import Interpreter
from harness.reference.bot.memory import Dialogue, Frame
from harness.reference.bot.outputs import Output, Traced, Transfer
from harness.reference.bot.performing.questions import is_choice, stars
from harness.reference.bot.silences import next_silence
from harness.reference.bot.steps import Question, SatisfactionQuestion, SignIn, Waiting
from harness.reference.bot.topics import Topic

__all__ = [
    "Bot",
    "Dialogue",
    "Frame",
    "Turn",
    "begin",
    "conforms",
    "event",
    "fire",
    "hear",
    "sign_in",
]

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
    system: Mapping[str, Value] | None = None,
    deviates: Deviates = conforms,
) -> Turn:
    """A conversation starts: run the topics that greet, after the one that asks to sign in.

    `variables` come from outside (pre-chat answers, custom context, `CustomerPhoneNumber` and
    `OrganizationPhoneNumber` of a call): the bot reads them as `Global.X` or `bot.X`. `system` are
    `System.` variables that only the caller knows, e.g. `{"Activity.From.Id": …}`.
    """
    known: dict[str, Value] = {
        "Activity.Channel": channel,
        "Activity.ChannelId": channel.lower(),
        "Activity.Locale": language,
        "Activity.Type": "conversationUpdate",
        "Activity.Attachments": [],
        "Bot.Name": bot.name,
        "Conversation.Id": conversation,
        "Conversation.InTestMode": False,
        "Conversation.LocalTimeZone": "UTC",
        "SignInReason": "SignInRequired" if bot.signs_in else None,
        "User.IsLoggedIn": False,
        "User.Language": language,
        **(system or {}),
    }
    dialogue = Dialogue(quiet_since=now, system=known, globals=dict(variables or {}))
    interpreter = Interpreter(bot, dialogue, deviates, now)
    asking = bot.triggered("OnSignIn") if bot.signs_in else ()
    interpreter.start_all((*asking, *bot.triggered("OnConversationStart")))
    return _turn(interpreter)


def event(
    bot: Bot,
    dialogue: Dialogue,
    name: str,
    value: Value,
    now: datetime,
    *,
    deviates: Deviates = conforms,
) -> Turn:
    """Something happened that is no message: topics that wait for such an activity run.

    A question that waits goes on waiting, and the silence goes on.
    """
    happened = {"Activity.Type": "event", "Activity.Name": name, "Activity.Value": value}
    told = replace(dialogue, system={**dialogue.system, **happened})
    interpreter = Interpreter(bot, told, deviates, now)
    for topic in _receiving(bot, interpreter, "event"):
        interpreter.start(topic, quiet=True)
    return _turn(interpreter)


def sign_in(
    bot: Bot, dialogue: Dialogue, token: str, now: datetime, *, deviates: Deviates = conforms
) -> Turn:
    """The customer's page has signed them in: a topic that waits for that goes on."""
    known: dict[str, Value] = {"User.IsLoggedIn": True, "User.AccessToken": token}
    told = replace(dialogue, system={**dialogue.system, **known})
    interpreter = Interpreter(bot, told, deviates, now)
    if isinstance(interpreter.waiting(), SignIn):
        interpreter.go_on()
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
        # A submitted card is no utterance.
        phrases=(*dialogue.phrases, *((text,) if text or value is None else ()))[-KEPT_PHRASES:],
        heard=dialogue.heard + 1,
        system={**dialogue.system, **_message(dialogue, text, value)},
    )
    interpreter = Interpreter(bot, heard, deviates, now)
    interpreter.unknown = 0
    question = interpreter.waiting()
    if isinstance(question, SatisfactionQuestion) and stars(text) is None:
        # Whoever does not care to rate speaks of something else.
        interpreter.abandon()
        question = None
    if not _is_swallowed(question, deviates) and _asks_for_person(bot, dialogue, text, deviates):
        interpreter.escalate()
        _hand_over_anyway(interpreter)
    elif question is None:
        _open(bot, interpreter, text, dialogue.unknown + 1)
    elif topic := _interrupting(bot, interpreter, question, text, value):
        interpreter.trigger(topic)
    else:
        interpreter.answer(question, text, value)
    return _turn(interpreter)


def _is_swallowed(question: Waiting | None, deviates: Deviates) -> bool:
    """The deviations by which whoever is asked something gets no person."""
    if isinstance(question, SignIn) and deviates("sign_in_holds_customers"):
        return True
    return question is not None and deviates("question_swallows_escalation")


def _asks_for_person(bot: Bot, before: Dialogue, text: str, deviates: Deviates) -> bool:
    """Whether the words are those of the escalation topic: they work at any point (ESC-02)."""
    if next(bot.escalation_phrases.matches(text), None) is None:
        return False
    if text.casefold() != "talk to agent" and deviates("only_one_phrase_escalates"):
        return False
    return not (before.phrases and deviates("only_first_words_escalate"))


def _message(before: Dialogue, text: str, value: Value) -> dict[str, Value]:
    id = f"{before.system.get('Conversation.Id') or ''}|{before.heard + 1:07}"
    return {
        "Activity.Id": id,
        "Activity.Type": "message",
        "Activity.Name": None,
        "Activity.Text": text,
        "Activity.Value": value,
        "LastMessage.Id": id,
        "LastMessage.Text": text,
        "Recognizer.TriggeringMessage.Text": text,
    }


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
    interpreter = Interpreter(bot, fired, deviates, now)
    topics = filter(None, map(bot.topic, silence.topics))
    able = [topic for topic in topics if _may_speak(interpreter, topic, deviates)]
    together = len(able) > 1 and deviates("silences_speak_together")
    for topic in able if together else able[:1]:
        interpreter.start(topic, quiet=True)
    return _turn(interpreter)


def _may_speak(interpreter: Interpreter, topic: Topic, deviates: Deviates) -> bool:
    return interpreter.holds(topic.start.condition) or deviates("silence_ignores_condition")


def _turn(interpreter: Interpreter) -> Turn:
    return Turn(interpreter.dialogue(), tuple(interpreter.outputs), tuple(interpreter.trace))


def _hand_over_anyway(interpreter: Interpreter) -> None:
    """A fault: whoever asks for a person gets one, also without a transfer node (ESC-03)."""
    has_transfer = any(isinstance(output, Transfer) for output in interpreter.outputs)
    if not has_transfer and interpreter.deviates("escalate_without_node_transfers"):
        interpreter.outputs.append(Transfer())


def _receiving(bot: Bot, interpreter: Interpreter, activity: str) -> tuple[Topic, ...]:
    return tuple(
        topic
        for topic in bot.triggered("OnActivity")
        if topic.start.activity == activity and interpreter.holds(topic.start.condition)
    )


def _open(bot: Bot, interpreter: Interpreter, text: str, unknown: int) -> None:
    """An utterance while nothing waits: what receives any message first, then what was asked for.

    The topics of a turn are a queue: one that asks holds back the others (spec 6.1).
    """
    first = _receiving(bot, interpreter, "message")
    if not first:
        _answer(bot, interpreter, text, unknown)
        return
    found = recognition.asked_for(bot, interpreter, text)
    topic = bot.topic(found[0].topic) if found else None
    if topic is not None and topic is not bot.escalation:
        interpreter.start_all((*first, topic))
        return
    fallbacks = bot.triggered("OnUnknownIntent") if topic is None else ()
    interpreter.unknown = 0 if topic else unknown
    interpreter.start_all((*first, *fallbacks))
    if not fallbacks and not interpreter.paused:
        _answer(bot, interpreter, text, unknown)


def _answer(bot: Bot, interpreter: Interpreter, text: str, unknown: int) -> None:
    """A topic's phrase, a request for a person, or the `unknown`th unknown utterance in a row."""
    if recognition.start(bot, interpreter, text):
        return
    interpreter.unknown = unknown
    deviates = interpreter.deviates
    fallbacks = bot.triggered("OnUnknownIntent")
    reprompts = REPROMPTS - 1 if deviates("re_prompts_once") else REPROMPTS
    if fallbacks and not deviates("custom_fallback_ignored"):
        interpreter.start_all(fallbacks)
    elif bot.generation is Generation.WEB_APP:
        return
    elif unknown <= reprompts or deviates("re_prompts_for_ever"):
        interpreter.say(REPROMPT)
    else:
        interpreter.unknown = 0
        interpreter.escalate()


def _interrupting(
    bot: Bot, interpreter: Interpreter, question: Waiting, text: str, value: Value
) -> Topic | None:
    """The topic that takes the turn from a waiting question: its whole phrase was said.

    A choice or number that the question recognises stays an answer; any text at all would be one.
    """
    if value is not None or isinstance(question, SatisfactionQuestion):
        return None
    if not question.interruptible:
        return None
    if isinstance(question, Question) and is_choice(interpreter, question, text):
        return None
    topics = (bot.topic(name) for name in bot.phrasebook.equals(text))
    return next(
        (
            topic
            for topic in topics
            if topic
            and _may_interrupt(bot, question, topic)
            and interpreter.holds(topic.start.condition)
        ),
        None,
    )


def _may_interrupt(bot: Bot, question: Waiting, topic: Topic) -> bool:
    return (
        isinstance(question, SatisfactionQuestion)
        or question.interrupters is None
        or topic in map(bot.dialog, question.interrupters)
    )
