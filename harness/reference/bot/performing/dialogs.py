"""Going to another topic, and leaving the conversation."""

from __future__ import annotations

from dataclasses import replace

from harness.protocol.conversations import Generation
from harness.reference.bot import voice
from harness.reference.bot.expressions import Expression, ExpressionFailed, Value, text
from harness.reference.bot.memory import Frame
from harness.reference.bot.outputs import End, HangUp, PhoneTransfer, Say, Traced, Transfer
from harness.reference.bot.performing.stopping import Performers, Stopped
from harness.reference.bot.steps import (
    Bindings,
    CancelDialogs,
    EndConversation,
    EndDialog,
    Redirect,
    RepeatDialog,
    TransferConversation,
    TransferToPhone,
)
from harness.reference.bot.turns import Run

UNEXPECTED = 3000


def _redirect(run: Run, step: Redirect) -> None:
    inputs = {name: run.evaluate(value) for name, value in step.inputs}
    action = voice.ACTIONS.get(step.dialog)
    if action is not None:
        _speak(run, action, inputs)
        return
    topic = run.bot.dialog(step.dialog)
    if topic is None:
        raise Stopped(UNEXPECTED, f"{run.place()}: there is no topic {step.dialog[:100]}")
    for name, value in inputs.items():
        if name in topic.inputs:
            inputs[name] = topic.inputs[name].take(value)
        run.notes.remember(name, inputs[name])
    run.notes.redirected(topic.name)
    target = {"targetDialogId": run.bot.schema(topic.name), "from": run.stack[-1].topic}
    run.trace.append(Traced("DialogRedirect", target))
    if step.replaces:
        replaced = run.stack.pop()
        run.push(Frame(topic.name, 0, inputs, outputs=replaced.outputs, quiet=replaced.quiet))
    else:
        run.make_room()
        run.go()
        run.push(Frame(topic.name, variables=inputs, outputs=step.outputs))


def _speak(run: Run, action: voice.VoiceAction, inputs: dict[str, Value]) -> None:
    if run.bot.generation is not Generation.CLASSIC or not action.runs:
        what = f"{run.place()}: {action.name} is not supported by the reference"
        raise Stopped(UNEXPECTED, what)
    if action.input is None:
        run.outputs.append(HangUp())
        run.let_go()
    else:
        run.tell(Say(text(inputs.get(action.input)), interruptible=False))
        run.go()


def _repeat(run: Run, _step: RepeatDialog) -> None:
    frame = run.stack[-1]
    run.stack[-1] = replace(frame, position=0, variables={}, asked=0, loops={})


def _end_dialog(run: Run, step: EndDialog) -> None:
    if step.clears_queue:
        run.queue = ()
    run.finish()


def _cancel(run: Run, _step: CancelDialogs) -> None:
    run.abandon()


def _end_conversation(run: Run, _step: EndConversation) -> None:
    if run.deviates("farewell_dropped"):
        run.outputs = [output for output in run.outputs if not isinstance(output, Say)]
    run.outputs.append(End())
    run.let_go()


def _transfer(run: Run, step: TransferConversation) -> None:
    if run.deviates("transfer_node_does_nothing"):
        run.go()
        return
    message = None if step.message is None else run.fill(step.message)
    variables = run.notes.noted(step.scope)
    if step.context is not None:
        variables = _chosen(run, step.context)
        run.trace.append(Traced("ManualTransferContext", dict(variables)))
    run.outputs.append(Transfer(message, dict(variables)))
    run.let_go()


def _chosen(run: Run, context: Bindings | Expression) -> dict[str, Value]:
    if not isinstance(context, Expression):
        return {name: run.evaluate(value) for name, value in context}
    record = run.evaluate(context)
    if record is not None and not isinstance(record, dict):
        raise ExpressionFailed("the context of a transfer is a record")
    return record or {}


def _phone(run: Run, step: TransferToPhone) -> None:
    number = run.fill(step.number)
    if run.look_up(("System", "Activity", "Channel")) != "telephony":
        what = f"{run.place()}: a transfer to {number} is not supported in a chat"
        raise Stopped(UNEXPECTED, what)
    run.trace.append(Traced("PhoneTransfer", {"number": number}))
    run.outputs.append(PhoneTransfer(number))
    run.let_go()


PERFORMERS: Performers = {
    Redirect: _redirect,
    RepeatDialog: _repeat,
    EndDialog: _end_dialog,
    CancelDialogs: _cancel,
    EndConversation: _end_conversation,
    TransferConversation: _transfer,
    TransferToPhone: _phone,
}
