"""Bots and conversations for the tests of the bot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from textwrap import dedent, indent

from harness.protocol.conversations import Generation
from harness.reference.bot import content, dialogue, silences
from harness.reference.bot.expressions import Value
from harness.reference.bot.outputs import Output, Say
from harness.reference.bot.topics import Topic

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def topic(name: str, actions: str, *phrases: str, kind: str = "", more: str = "") -> Topic:
    """A topic with these actions, started by phrases, or by another kind of trigger."""
    head = [f"kind: AdaptiveDialog\nbeginDialog:\n  kind: {kind or 'OnRecognizedIntent'}"]
    if phrases:
        head.append("  intent:\n    triggerQueries:")
        head.extend(f'      - "{phrase}"' for phrase in phrases)
    if more:
        head.append(indent(dedent(more).strip(), "  "))
    head.append("  actions:")
    head.append(indent(dedent(actions).strip(), "    "))
    return content.load_topic(name, "\n".join(head) + "\n")


def says(text: str) -> str:
    """An action that says something."""
    return f'- {{kind: SendActivity, activity: "{text}"}}'


def shipped(generation: Generation) -> dialogue.Bot:
    """The bot as it is shipped for a generation."""
    topics = (content.load_topic(*source) for source in content.bundled(generation))
    return dialogue.Bot("Alpine Helper", generation, tuple(topics))


class Talk:
    """A conversation with a bot, with a clock of its own; `last` is the last turn's outputs."""

    def __init__(
        self,
        bot: dialogue.Bot,
        *,
        faults: Iterable[str] = (),
        channel: str = "Omnichannel",
        variables: dict[str, Value] | None = None,
    ) -> None:
        self.bot = bot
        self.now = START
        self.deviates = frozenset(faults).__contains__
        turn = dialogue.begin(
            bot, START, channel=channel, variables=variables, deviates=self.deviates
        )
        self.dialogue = turn.dialogue
        self.last: tuple[Output, ...] = turn.outputs

    def hear(self, *utterances: str) -> tuple[Output, ...]:
        """The customer says each; the outputs of the last."""
        for text in utterances:
            turn = dialogue.hear(self.bot, self.dialogue, text, self.now, deviates=self.deviates)
            self.dialogue, self.last = turn.dialogue, turn.outputs
        return self.last

    def silences(self) -> list[tuple[float, tuple[str, ...]]]:
        """The silences still to come: seconds, and the topics that wait for them."""
        coming = silences.silences(self.bot, self.dialogue, deviates=self.deviates)
        return [(silence.seconds, silence.topics) for silence in coming]

    def wait(self, seconds: float) -> tuple[Output, ...]:
        """Time passes; what the bot does by itself, each at its own instant."""
        until = self.now + timedelta(seconds=seconds)
        outputs: list[Output] = []
        while coming := self.silences():
            due = self.dialogue.quiet_since + timedelta(seconds=coming[0][0])
            if due > until:
                break
            self.now = due
            turn = dialogue.fire(self.bot, self.dialogue, self.now, deviates=self.deviates)
            self.dialogue = turn.dialogue
            outputs.extend(turn.outputs)
        self.now = until
        self.last = tuple(outputs)
        return self.last

    @property
    def said(self) -> list[str]:
        """The texts of the last turn."""
        return [output.text for output in self.last if isinstance(output, Say)]


def chat_with(
    *topics: Topic,
    generation: Generation = Generation.WEB_APP,
    faults: Iterable[str] = (),
    variables: dict[str, Value] | None = None,
) -> Talk:
    """A conversation with a bot of these topics; `faults` are those switched on."""
    bot = dialogue.Bot("Tester", generation, topics)
    return Talk(bot, faults=faults, variables=variables)
