"""Runs topics for one turn: from the state before it to the state and outputs after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from harness.protocol.conversations import Generation
from harness.reference.bot import voice
from harness.reference.bot.answers import recognise, suggestions
from harness.reference.bot.bots import Bot, Deviates
from harness.reference.bot.expressions import (
    Expression,
    ExpressionFailed,
    Value,
    evaluate,
    is_blank,
    text,
    truth,
)
from harness.reference.bot.memory import Dialogue, Frame
from harness.reference.bot.notes import Notes
from harness.reference.bot.outputs import End, Failed, HangUp, Output, Say, Transfer
from harness.reference.bot.topics import (
    Branch,
    EndConversation,
    EndDialog,
    Jump,
    Question,
    Redirect,
    Scope,
    SendActivity,
    SetVariable,
    Step,
    Template,
    Topic,
    TransferConversation,
    Unsupported,
    Variable,
)

# Messages in a turn stay under 30, one message under 28 KB (hand-off-specification 5.5).
MAX_MESSAGES = 29
MAX_MESSAGE_BYTES = 28 * 1024
# Far above what a topic needs in a turn: only a loop without an end comes here.
MAX_STEPS = 500
MAX_STACK = 20

TOO_MANY_MESSAGES = 2022
MESSAGE_TOO_LARGE = 2102
UNEXPECTED = 3000


class Stopped(Exception):
    """The content cannot go on; becomes the turn's Failed."""

    def __init__(self, code: int, detail: str) -> None:
        super().__init__(detail)
        self.failure = Failed(code, detail)


class Interpreter:
    """One turn. Holds the parts of the dialogue that change; `dialogue()` gives the new state.

    `paused` says that nothing more is to be said in this turn: a question waits, or the bot let go.
    """

    def __init__(self, bot: Bot, before: Dialogue, deviates: Deviates) -> None:
        self.outputs: list[Output] = []
        self.unknown = before.unknown
        self.paused = False
        self._bot = bot
        self._before = before
        self._deviates = deviates
        self._notes = Notes(before, deviates)
        self._stack = list(before.stack)
        self._messages = 0
        self._steps = 0
        if self.waiting() is None:
            # Publishing took away the question that was waiting.
            self._stack.clear()

    def dialogue(self) -> Dialogue:
        """The state after the turn."""
        return replace(
            self._before,
            globals=self._notes.globals,
            variables=self._notes.variables,
            topics=self._notes.topics,
            last_topic=self._notes.last_topic,
            stack=tuple(self._stack),
            unknown=self.unknown,
        )

    # What may happen

    def start(self, topic: Topic, *, quiet: bool = False, **variables: Value) -> None:
        """Run a topic on top of what waits."""
        with self._guard():
            self._make_room()
            self._stack.append(Frame(topic.name, variables=variables, quiet=quiet))
            self._run()

    def trigger(self, topic: Topic) -> None:
        """A phrase asked for a topic: remember that, and run it; a run of it below is given up."""
        self._notes.triggered(topic.name)
        if any(frame.topic == topic.name for frame in self._stack):
            self._stack.clear()
        self.start(topic)

    def escalate(self) -> None:
        """Redirect to the escalation topic, giving up what runs; without one nothing is said."""
        self._stack.clear()
        if self._bot.escalation is not None:
            self.start(self._bot.escalation)

    def say(self, message: str) -> None:
        """Say something that stands in no topic."""
        self.outputs.append(Say(message))

    def waiting(self) -> Question | None:
        """The question that waits for an answer."""
        if not self._stack or not self._stack[-1].asked:
            return None
        step = self._step(self._stack[-1])
        return step if isinstance(step, Question) else None

    def answer(self, question: Question, said: str) -> None:
        """Take an answer, ask again, or give up as the question says."""
        value = recognise(question.entity, said)
        asked = self._stack[-1].asked
        if value is None and asked <= question.retries:
            with self._guard():
                self._ask(question, question.unrecognised or question.prompt, asked + 1)
        elif value is None and question.default is None:
            self.escalate()
        else:
            with self._guard():
                self._settle(question, value)
                self._run()

    def holds(self, condition: Expression | None) -> bool:
        """Whether a trigger's condition holds; one that cannot be evaluated does not."""
        try:
            return condition is None or truth(evaluate(condition, self.look_up))
        except ExpressionFailed:
            return False

    def look_up(self, parts: tuple[str, ...]) -> Value:
        """A variable's value, blank when it has none; or the label of a list's option."""
        scope, name = parts[0], ".".join(parts[1:])
        if scope == "Topic":
            return self._stack[-1].variables.get(name) if self._stack else None
        if scope in ("Global", "bot"):
            return self._notes.globals.get(name)
        if scope == "System":
            return self.unknown if name == "FallbackCount" else self._before.system.get(name)
        topic = self._bot.topic(self._stack[-1].topic) if self._stack else None
        options = topic.options.get(scope.rpartition(".")[2], {}) if topic else {}
        return options.get(name, name)

    # Running

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except Stopped as stopped:
            self._stop(stopped.failure)
        except ExpressionFailed as error:
            self._stop(Failed(UNEXPECTED, f"{self._place()}: {error}"))

    def _run(self) -> None:
        self.paused = False
        while self._stack and not self.paused:
            self._steps += 1
            if self._steps > MAX_STEPS:
                raise Stopped(UNEXPECTED, f"{self._place()}: a loop without an end")
            step = self._step(self._stack[-1])
            if step is None:
                self._finish()
            else:
                self._perform(step)

    def _step(self, frame: Frame) -> Step | None:
        # None past the end, and when a topic changed or vanished by publishing in mid-conversation.
        topic = self._bot.topic(frame.topic)
        if topic is None or frame.position >= len(topic.steps):
            return None
        return topic.steps[frame.position]

    def _perform(self, step: Step) -> None:
        match step:
            case SendActivity():
                self._say(Say(self._fill(step.message), step.suggestions))
                self._go()
            case Question():
                self._reach(step)
            case SetVariable():
                self._assign(step.variable, self._evaluate(step.value))
                self._go()
            case Branch():
                self._go(self._choose(step))
            case Jump():
                self._go(step.position)
            case Redirect():
                self._redirect(step)
            case TransferConversation():
                self._transfer(step)
            case EndConversation():
                self._end()
            case EndDialog():
                self._finish()
            case Unsupported():
                raise Stopped(UNEXPECTED, f"{self._place()}: {step.what} is not supported")

    def _reach(self, question: Question) -> None:
        given = self._value(question.variable)
        asked = self._stack[-1].asked
        if not is_blank(given) and not question.always and not asked:
            self._go()
        else:
            # Put again after an interruption, which is not a retry.
            self._ask(question, question.prompt, max(asked, 1))

    def _ask(self, question: Question, prompt: Template, asked: int) -> None:
        self._stack[-1] = replace(self._stack[-1], asked=asked)
        self._say(Say(self._fill(prompt), suggestions(question.entity)))
        self.paused = True

    def _settle(self, question: Question, value: Value) -> None:
        if value is None and question.default is not None:
            value = self._evaluate(question.default)
        self._assign(question.variable, value)
        self._stack[-1] = replace(self._stack[-1], asked=0)
        self._go()

    def _choose(self, branch: Branch) -> int:
        for condition, position in branch.cases:
            if truth(self._evaluate(condition)):
                return position
        return branch.otherwise

    def _redirect(self, step: Redirect) -> None:
        inputs = {name: self._evaluate(value) for name, value in step.inputs}
        action = voice.ACTIONS.get(step.dialog)
        if action is not None:
            self._speak(action, inputs)
            return
        topic = self._bot.dialog(step.dialog)
        if topic is None:
            raise Stopped(UNEXPECTED, f"{self._place()}: there is no topic {step.dialog[:100]}")
        for name, value in inputs.items():
            self._notes.remember(name, value)
        self._notes.redirected(topic.name)
        self._make_room()
        self._go()
        self._stack.append(Frame(topic.name, variables=inputs, outputs=step.outputs))

    def _speak(self, action: voice.VoiceAction, inputs: dict[str, Value]) -> None:
        if self._bot.generation is not Generation.CLASSIC or not action.runs:
            raise Stopped(UNEXPECTED, f"{self._place()}: {action.name} is not supported")
        if action.input is None:
            self.outputs.append(HangUp())
            self._done()
        else:
            self._say(Say(text(inputs.get(action.input)), interruptible=False))
            self._go()

    def _transfer(self, step: TransferConversation) -> None:
        if self._deviates("transfer_node_does_nothing"):
            self._go()
            return
        message = None if step.message is None else self._fill(step.message)
        variables = self._notes.variables
        if step.context is not None:
            variables = {name: self._evaluate(value) for name, value in step.context}
        self.outputs.append(Transfer(message, dict(variables)))
        self._done()

    def _end(self) -> None:
        if self._deviates("farewell_dropped"):
            self.outputs = [output for output in self.outputs if not isinstance(output, Say)]
        self.outputs.append(End())
        self._done()

    # The stack

    def _make_room(self) -> None:
        if len(self._stack) >= MAX_STACK:
            raise Stopped(UNEXPECTED, f"{self._place()}: redirected {MAX_STACK} topics deep")

    def _finish(self) -> None:
        ended = self._stack.pop()
        if not self._stack:
            return
        for name, variable in ended.outputs:
            self._assign(variable, ended.variables.get(name))
        # An interrupted question is put again; a reminder leaves it as it stands.
        self.paused = ended.quiet and self._stack[-1].asked > 0

    def _go(self, position: int | None = None) -> None:
        after = self._stack[-1].position + 1 if position is None else position
        self._stack[-1] = replace(self._stack[-1], position=after)

    def _done(self) -> None:
        self._stack.clear()
        self.paused = True

    def _stop(self, failure: Failed) -> None:
        self.outputs.append(failure)
        self._done()

    def _place(self) -> str:
        step = self._step(self._stack[-1])
        line = f", line {step.line}" if step else ""
        return f"topic {self._stack[-1].topic}{line}"

    # Values and messages

    def _say(self, say: Say) -> None:
        if self._messages == MAX_MESSAGES:
            raise Stopped(TOO_MANY_MESSAGES, f"{self._place()}: more than 29 messages in a turn")
        # Half a surrogate pair, which a customer can send as JSON, is no reason to crash.
        if len(say.text.encode(errors="surrogatepass")) > MAX_MESSAGE_BYTES:
            raise Stopped(MESSAGE_TOO_LARGE, f"{self._place()}: a message over 28 KB")
        self._messages += 1
        self.outputs.append(say)

    def _fill(self, template: Template) -> str:
        return template.fill(self.look_up)

    def _evaluate(self, expression: Expression) -> Value:
        return evaluate(expression, self.look_up)

    def _value(self, variable: Variable) -> Value:
        return self.look_up((variable.scope, variable.name))

    def _assign(self, variable: Variable, value: Value) -> None:
        if variable.scope is Scope.GLOBAL:
            self._notes.globals[variable.name] = value
        else:
            frame = self._stack[-1]
            self._stack[-1] = replace(frame, variables={**frame.variables, variable.name: value})
        self._notes.remember(variable.name, value)
