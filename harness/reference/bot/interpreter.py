"""Runs topics for one turn: from the state before it to the state and outputs after it.

The stack of topics, variables and limits are here; what each kind of step does is in `performing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from harness.reference.bot import performing, weights
from harness.reference.bot.bots import Bot, Deviates
from harness.reference.bot.expressions import (
    MAX_COST,
    Budget,
    Expression,
    ExpressionFailed,
    Value,
    evaluate,
    truth,
)
from harness.reference.bot.memory import Dialogue, Frame
from harness.reference.bot.outputs import Failed, Output, Say, Traced
from harness.reference.bot.performing import questions
from harness.reference.bot.performing.stopping import Stopped
from harness.reference.bot.scopes import Variables
from harness.reference.bot.steps import Step, Variable, Waiting
from harness.reference.bot.templates import Template
from harness.reference.bot.topics import Topic
from harness.reference.bot.turns import Supposed

# Messages in a turn stay under 30, one message under 28 KB (hand-off-specification 5.5).
MAX_MESSAGES = 29
MAX_MESSAGE_BYTES = 28 * 1024
# Far above what a topic needs in a turn: only a loop without an end comes here.
MAX_STEPS = 2_000
MAX_STACK = 20
# What evaluating may cost in a turn, together.
COST = 2 * MAX_COST

TOO_MANY_MESSAGES = 2022
MESSAGE_TOO_LARGE = 2102
UNEXPECTED = 3000


class Interpreter:
    """One turn. Holds the parts of the dialogue that change; `dialogue()` gives the new state.

    `paused` says that nothing more is to be said in this turn: a question waits, or the bot let go.
    """

    def __init__(
        self, bot: Bot, before: Dialogue, deviates: Deviates, now: datetime | None = None
    ) -> None:
        self.bot = bot
        self.deviates = deviates
        self.now = now
        self.outputs: list[Output] = []
        self.trace: list[Traced] = []
        self.unknown = before.unknown
        self.paused = False
        self.stack = list(before.stack)
        self.queue = before.queue
        self.variables = Variables(self, before)
        self.notes = self.variables.notes
        self._before = before
        self._messages = 0
        self._steps = 0
        self._handling = False
        self._budget = Budget(COST)
        if self.waiting() is None:
            # Publishing took away the question that was waiting.
            self.abandon()

    def dialogue(self) -> Dialogue:
        """The state after the turn."""
        return replace(
            self._before,
            system=self.notes.system,
            globals=self.notes.globals,
            variables=self.notes.variables,
            topics=self.notes.topics,
            last_topic=self.notes.last_topic,
            stack=tuple(self.stack),
            queue=self.queue,
            unknown=self.unknown,
        )

    # What may happen

    def start(self, topic: Topic, *, quiet: bool = False, **variables: Value) -> None:
        """Run a topic on top of what waits."""
        with self._guard():
            self.push(Frame(topic.name, variables=variables, quiet=quiet))
            self._run()

    def start_all(self, topics: tuple[Topic, ...]) -> None:
        """Run these topics one after the other; one that asks holds back the others."""
        self.queue = (*self.queue, *(topic.name for topic in topics))
        with self._guard():
            self._run()

    def trigger(self, topic: Topic, score: float = 1.0) -> None:
        """A phrase asked for a topic: remember that, and run it; a run of it below is given up."""
        self._note_trigger(topic, score)
        if topic.cancels_others or any(frame.topic == topic.name for frame in self.stack):
            self.abandon()
        self.start(topic)

    def escalate(self) -> None:
        """Redirect to the escalation topic, giving up what runs; without one nothing is said."""
        self.abandon()
        if self.bot.escalation is not None:
            self.start(self.bot.escalation)

    def abandon(self) -> None:
        """Give up all that runs or was to run."""
        self.stack.clear()
        self.queue = ()

    def say(self, message: str) -> None:
        """Say something that stands in no topic."""
        self.outputs.append(Say(message))

    def waiting(self) -> Waiting | None:
        """The question that waits for an answer."""
        if not self.stack or not self.stack[-1].asked:
            return None
        step = self.step()
        return step if isinstance(step, Waiting) else None

    def answer(self, question: Waiting, said: str, value: Value = None) -> None:
        """Take an answer, ask again, or give up as the question says."""
        with self._guard():
            if performing.answer(self, question, said, value):
                self._run()

    def go_on(self) -> None:
        """What the topic at hand waits for has come about without an answer."""
        with self._guard():
            questions.go_on(self)
            self._run()

    def holds(self, condition: Expression | None) -> bool:
        """Whether a trigger's condition holds; one that cannot be evaluated does not."""
        try:
            return condition is None or truth(self.evaluate(condition))
        except ExpressionFailed:
            return False

    def look_up(self, parts: tuple[str, ...]) -> Value:
        """A variable's value, blank when it has none; or the label of a list's option."""
        return self.variables.look_up(parts)

    # Running

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except Stopped as stopped:
            self._stop(stopped.failure)
        except ExpressionFailed as error:
            self._stop(Failed(UNEXPECTED, f"{self.place()}: {error}"))

    def _run(self) -> None:
        self.paused = False
        while not self.paused and (self.stack or self._take_queued()):
            self._steps += 1
            if self._steps > MAX_STEPS:
                raise Stopped(UNEXPECTED, f"{self.place()}: a loop without an end")
            step = self.step()
            if step is None:
                self.finish()
            else:
                performing.perform(self, step)

    def _take_queued(self) -> bool:
        while self.queue:
            name, *rest = self.queue
            self.queue = tuple(rest)
            topic = self.bot.topic(name)
            if topic is None or not self.holds(topic.start.condition):
                continue
            if topic.trigger == "OnRecognizedIntent":
                self._note_trigger(topic, 1.0)
            unknown = {"UnrecognizedTriggerPhrase": self.look_up(("System", "Activity", "Text"))}
            self.push(Frame(name, variables=unknown if topic.trigger == "OnUnknownIntent" else {}))
            return True
        return False

    def _note_trigger(self, topic: Topic, score: float) -> None:
        self.notes.triggered(topic.name)
        value = {"intent": topic.name, "score": round(score, 4)}
        self.trace.append(Traced("IntentRecognition", value))

    def step(self) -> Step | None:
        """The step at hand: None past the end, or when publishing changed or took the topic."""
        frame = self.stack[-1]
        topic = self.bot.topic(frame.topic)
        if topic is None or frame.position >= len(topic.steps):
            return None
        return topic.steps[frame.position]

    # The stack

    def push(self, frame: Frame) -> None:
        """Begin a topic on top of the others; raises Stopped when there are too many."""
        self.make_room()
        self.stack.append(frame)

    def make_room(self) -> None:
        """Raises Stopped when no topic can be begun on top of the others."""
        if len(self.stack) >= MAX_STACK:
            raise Stopped(UNEXPECTED, f"{self.place()}: redirected {MAX_STACK} topics deep")

    def finish(self) -> None:
        """The topic at hand has come to its end."""
        ended = self.stack.pop()
        chosen = self._selected(ended)
        if chosen is not None:
            self._note_trigger(chosen, 1.0)
            self.push(Frame(chosen.name))
        if not self.stack or chosen is not None:
            return
        for name, variable in ended.outputs:
            self.assign(variable, ended.variables.get(name))
        # An interrupted question is put again; a reminder leaves it as it stands.
        self.paused = ended.quiet and self.stack[-1].asked > 0

    def _selected(self, ended: Frame) -> Topic | None:
        """The topic that the customer chose when asked which one was meant."""
        topic = self.bot.topic(ended.topic)
        if topic is None or topic.trigger != "OnSelectIntent":
            return None
        selected = self.notes.system.pop("Recognizer.SelectedIntent", None)
        name = selected.get("TopicId") if isinstance(selected, dict) else None
        return self.bot.dialog(name) if isinstance(name, str) else None

    def go(self, position: int | None = None) -> None:
        """Go on with the next step, or at a position."""
        after = self.stack[-1].position + 1 if position is None else position
        self.change(position=after)

    def change(self, **fields: object) -> None:
        """Changes what the topic at hand knows of itself."""
        self.stack[-1] = replace(self.stack[-1], **fields)  # type: ignore[arg-type]

    def let_go(self) -> None:
        """Nothing more is to be done in this conversation."""
        self.abandon()
        self.paused = True

    def _stop(self, failure: Failed) -> None:
        handler = next(
            (topic for topic in self.bot.triggered("OnError") if self.holds(topic.start.condition)),
            None,
        )
        self.let_go()
        if handler is None or self._handling:
            self.outputs.append(failure)
            return
        self._handling = True
        self.notes.system |= {"Error.Code": str(failure.code), "Error.Message": failure.detail}
        before = len(self.outputs)
        self._steps, self._budget = 0, Budget(COST)
        self.start(handler)
        told = not any(isinstance(output, Failed) for output in self.outputs[before:])
        # What failed first comes first; the topic's own failure is for the maker alone.
        later = [replace(o, apologise=False) if isinstance(o, Failed) else o for o in self.outputs]
        self.outputs = [*later[:before], replace(failure, apologise=not told), *later[before:]]
        self._handling = False

    def place(self) -> str:
        """Where the conversation stands: the file, the line and the id of the action."""
        if not self.stack:
            return self.bot.name
        topic = self.bot.topic(self.stack[-1].topic)
        step = self.step()
        source = topic.source if topic and topic.source else self.stack[-1].topic
        line = f", line {step.line}" if step else ""
        node = f", node {step.at.node}" if step and step.at.node else ""
        return f"{source}{line}{node}"

    # Values and messages

    def tell(self, say: Say) -> None:
        """Say something of a topic; raises Stopped over the limits of a turn."""
        if self._messages == MAX_MESSAGES:
            raise Stopped(TOO_MANY_MESSAGES, f"{self.place()}: more than 29 messages in a turn")
        if weights.message(say) > MAX_MESSAGE_BYTES:
            raise Stopped(MESSAGE_TOO_LARGE, f"{self.place()}: a message over 28 KB")
        self._messages += 1
        self.outputs.append(say)

    def fill(self, template: Template) -> str:
        """The text of a template; raises ExpressionFailed."""
        return template.fill(self.evaluate)

    def evaluate(self, expression: Expression, *, supposing: Supposed | None = None) -> Value:
        """The value of an expression, as if a variable had a value; raises ExpressionFailed."""
        look_up = self.variables.supposing(*supposing) if supposing else self.look_up
        return evaluate(expression, look_up, self.now, self._budget)

    def assign(self, variable: Variable, value: Value) -> None:
        """Gives a variable a value; raises Stopped when it is too large to keep."""
        self.variables.assign(variable, value)
