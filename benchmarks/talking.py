"""What talking with a bot costs: a turn of the dialogue engine, and loading a large bot.

The bots are made here: each topic has trigger phrases of its own, a question with a list, a
condition, a variable set by an expression and a message with another. A turn is what the server
does for a message: read the state that it keeps, hear, write the state. In a conversation the
customer asks for two topics, answers the question of each, and says one thing that nobody
understands, for which the recogniser looks through all phrases in vain. Nothing here waits, so
seconds of the processor are counted: other work on the machine is none of ours.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path

import msgspec
import yaml

from benchmarks.measure import Ratio, interleaved
from benchmarks.reference import REFERENCE, Bare, started
from benchmarks.server import nothing
from harness.protocol.conversations import Generation
from harness.reference.bot import dialogue
from harness.reference.bot.content import load_topic
from harness.reference.bot.dialogue import Bot, Dialogue

TOPICS = 1_000
PHRASES = 10
CONVERSATIONS = 100
TURNS = 5 * CONVERSATIONS
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

_THINGS = ("parcel", "invoice", "ticket", "account", "address", "refund", "order", "voucher")
_VERBS = ("return", "cancel", "change", "track", "print", "lose", "renew", "explain", "pay", "find")
_LEADS = ("", "please ", "I would like to ", "how do I ", "can somebody ")
_SERIAL = count()

_TOPIC = """\
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  id: main
  intent:
    displayName: Topic {topic}
    triggerQueries:
{phrases}
  actions:
    - kind: SendActivity
      id: sendMessage_1
      activity: I can help with case {topic}.
    - kind: Question
      id: question_1
      variable: init:Topic.Choice
      prompt: Is it urgent?
      entity:
        kind: EmbeddedEntity
        definition:
          kind: ClosedListEntity
          items:
            - id: urgent
              displayName: Urgent
              synonyms: [at once, now]
            - id: later
              displayName: Later
    - kind: SetVariable
      id: setVariable_1
      variable: Global.Case
      value: ="Case {topic}-" & Upper(Left(System.Activity.Text, 3)) & "-{serial}"
    - kind: ConditionGroup
      id: conditionGroup_1
      conditions:
        - id: conditionItem_1
          condition: =Topic.Choice = 'question_1'.urgent && !IsBlank(Global.Case)
          actions:
            - kind: SendActivity
              id: sendMessage_2
              activity: We hurry with {{Global.Case}}, {{Len(Global.Case)}} characters.
      elseActions:
        - kind: SendActivity
          id: sendMessage_3
          activity: We take our time with {{Global.Case}}.
"""


def turn_against_empty_request(folder: Path, rounds: int) -> Ratio:
    """Seconds of a turn with a bot of 10 topics ÷ the least that the server can be asked."""
    bot = _bot(10, PHRASES)
    with started(REFERENCE) as ready:
        client = Bare(ready)
        return interleaved(lambda: _talk(bot) / TURNS, lambda: nothing(client), rounds * 3)


def turns_of_many_topics_against_few(folder: Path, rounds: int) -> Ratio:
    """Seconds of the same turns with a bot of 1,000 topics ÷ with one of 10."""
    many, few = _bot(TOPICS, PHRASES), _bot(10, PHRASES)
    return interleaved(lambda: _talk(many), lambda: _talk(few), rounds * 3)


def turns_of_some_topics_against_few(folder: Path, rounds: int) -> Ratio:
    """Seconds of the same turns with a bot of 100 topics ÷ with one of 10."""
    some, few = _bot(100, PHRASES), _bot(10, PHRASES)
    return interleaved(lambda: _talk(some), lambda: _talk(few), rounds * 3)


def turns_of_many_phrases_against_few(folder: Path, rounds: int) -> Ratio:
    """Seconds of the same turns with 100 topics of 100 phrases each ÷ of 10 each."""
    many, few = _bot(100, 10 * PHRASES), _bot(100, PHRASES)
    return interleaved(lambda: _talk(many), lambda: _talk(few), rounds * 3)


def loading_against_yaml(folder: Path, rounds: int) -> Ratio:
    """Seconds until a bot of 1,000 topics can hear ÷ until PyYAML's C loader has its documents."""
    return interleaved(lambda: _load(_sources(TOPICS, PHRASES)), _read, rounds)


@cache
def _bot(topics: int, phrases: int) -> Bot:
    loaded = tuple(load_topic(*source) for source in _sources(topics, phrases))
    bot = Bot("Measured", Generation.WEB_APP, loaded)
    _talk(bot)
    return bot


def _sources(topics: int, phrases: int) -> list[tuple[str, str]]:
    # Each time other texts: what was read once is kept.
    serial = next(_SERIAL)
    return [
        (
            f"Topic {topic}",
            _TOPIC.format(topic=topic, serial=serial, phrases=_listed(topic, phrases)),
        )
        for topic in range(topics)
    ]


def _listed(topic: int, phrases: int) -> str:
    return "\n".join(f"      - {phrase}" for phrase in _phrases(topic, phrases))


def _phrases(topic: int, phrases: int) -> Iterator[str]:
    for each in range(phrases):
        thing, verb = _THINGS[(topic + each) % len(_THINGS)], _VERBS[each % len(_VERBS)]
        lead = _LEADS[(topic + each // 10) % len(_LEADS)]
        yield f"{lead}{verb} my {thing} number {topic} {each}"


def _talk(bot: Bot) -> float:
    """Seconds of `TURNS` turns, spread over the first topics."""
    state = msgspec.json.encode(dialogue.begin(bot, NOW).dialogue)
    start = time.process_time()
    for each in range(CONVERSATIONS):
        for said in _conversation(each % 5):
            turn = dialogue.hear(bot, msgspec.json.decode(state, type=Dialogue), said, NOW)
            state = msgspec.json.encode(turn.dialogue)
    return time.process_time() - start


def _conversation(number: int) -> tuple[str, ...]:
    first, second = (next(_phrases(topic, 1)) for topic in (number, number + 5))
    return (
        *(f"Hello! {first}, if you can.", "at once"),
        *(second, "later"),
        f"nobody can tell what {number} means here",
    )


def _load(sources: list[tuple[str, str]]) -> float:
    start = time.process_time()
    bot = Bot("Measured", Generation.WEB_APP, tuple(load_topic(*source) for source in sources))
    dialogue.hear(bot, dialogue.begin(bot, NOW).dialogue, "hello", NOW)
    return time.process_time() - start


def _read() -> float:
    sources = _sources(TOPICS, PHRASES)
    start = time.process_time()
    for _, text in sources:
        yaml.load(text, Loader=yaml.CSafeLoader)
    return time.process_time() - start
