"""Actions that go to another topic, or leave the conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from harness.reference.bot.assembly.messages import message
from harness.reference.bot.assembly.place import place
from harness.reference.bot.documents import Mapping
from harness.reference.bot.expressions import Expression
from harness.reference.bot.reading import Reader
from harness.reference.bot.steps import (
    Bindings,
    CancelDialogs,
    EndConversation,
    EndDialog,
    Redirect,
    RepeatDialog,
    Scope,
    Step,
    TransferConversation,
    TransferToPhone,
    Unsupported,
)
from harness.reference.bot.templates import Template


def _begin_dialog(action: Reader) -> Redirect:
    inputs = action.reader("input")
    outputs = action.reader("output")
    return Redirect(
        at=place(action),
        dialog=action.required_text("dialog"),
        inputs=inputs.expressions("binding") if inputs else (),
        outputs=outputs.variables("binding") if outputs else (),
    )


def _replace_dialog(action: Reader) -> Step:
    return replace(_begin_dialog(action), replaces=True, outputs=())


def _transfer(action: Reader) -> Step:
    transfer = action.reader("transferType")
    if transfer is None:
        return TransferConversation(place(action))
    kind = transfer.required_text("kind")
    if kind == "TransferToPhoneNumber":
        number = transfer.template("phoneNumber")
        if number is not None:
            return TransferToPhone(place(action), number)
    if kind != "TransferToAgent":
        return Unsupported(place(action), f"TransferConversationV2 with {kind[:100]}")
    said = message(transfer, "messageToAgent")
    if isinstance(said, Unsupported):
        return replace(said, at=place(action))
    private = said.text if said else None
    context = transfer.reader("context")
    if context is None:
        return TransferConversation(place(action), private)
    chosen = context.required_text("kind")
    if chosen == "AutomaticTransferContext":
        return _automatic(action, context, private)
    if chosen not in _CONTEXTS:
        return Unsupported(place(action), f"TransferConversationV2 with {chosen[:100]}")
    return TransferConversation(place(action), private, _CONTEXTS[chosen](context))


def _automatic(action: Reader, context: Reader, private: Template | None) -> Step:
    which = str(context.scalar("variables") or "All")
    if which not in _AUTOMATIC:
        return Unsupported(place(action), f"AutomaticTransferContext of {which[:60]}")
    return TransferConversation(place(action), private, scope=_AUTOMATIC[which])


def _record(context: Reader) -> Bindings | Expression:
    """What an expression chooses; a record may be written as YAML, too."""
    if isinstance(context.node("value"), Mapping):
        return context.expressions("value")
    return context.expression("value") or ()


_AUTOMATIC = {"All": None, "Topic": Scope.TOPIC, "Global": Scope.GLOBAL}
_CONTEXTS: dict[str, Callable[[Reader], Bindings | Expression]] = {
    "ExpressionTransferContext": _record,
    "ManualTransferContext": lambda context: context.expressions("contextVariables"),
}


def _end_dialog(action: Reader) -> Step:
    return EndDialog(place(action), action.flag("clearTopicQueue", False))


BUILDERS = {
    "BeginDialog": _begin_dialog,
    "ReplaceDialog": _replace_dialog,
    "RepeatDialog": lambda action: RepeatDialog(place(action)),
    "EndDialog": _end_dialog,
    "CancelAllDialogs": lambda action: CancelDialogs(place(action)),
    "EndConversation": lambda action: EndConversation(place(action)),
    "TransferConversationV2": _transfer,
}
