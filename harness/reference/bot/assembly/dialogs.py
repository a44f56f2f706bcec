"""Actions that go to another topic, or leave the conversation."""

from __future__ import annotations

from dataclasses import replace

from harness.reference.bot.assembly.place import place
from harness.reference.bot.reading import Reader
from harness.reference.bot.steps import (
    CancelDialogs,
    EndConversation,
    EndDialog,
    Redirect,
    RepeatDialog,
    Step,
    TransferConversation,
    TransferToPhone,
    Unsupported,
)


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
    context = transfer.reader("context")
    chosen = None
    if context is not None and context.required_text("kind") == "ManualTransferContext":
        chosen = context.expressions("contextVariables")
    return TransferConversation(place(action), transfer.template("messageToAgent"), chosen)


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
