"""From a topic's nested actions to its flat list of steps."""

from __future__ import annotations

from collections.abc import Callable

from harness.reference.bot.documents import Scalar
from harness.reference.bot.expressions import Literal, Value
from harness.reference.bot.reading import Reader, TopicInvalid
from harness.reference.bot.topics import (
    Branch,
    EndConversation,
    EndDialog,
    Entity,
    Jump,
    Option,
    Question,
    Redirect,
    SendActivity,
    SetVariable,
    Step,
    TransferConversation,
    Unsupported,
)

PREBUILT = frozenset(
    {
        "StringPrebuiltEntity",
        "BooleanPrebuiltEntity",
        "NumberPrebuiltEntity",
        "EmailPrebuiltEntity",
        "PhoneNumberPrebuiltEntity",
    }
)
MAX_STEPS = 2_000


class Assembly:
    """Puts one topic's steps together; `options` collects the labels of closed lists."""

    def __init__(self) -> None:
        self.options: dict[str, dict[str, Value]] = {}
        self._steps: list[Step] = []
        self._positions: dict[str, int] = {}
        self._gotos: list[tuple[int, str, int]] = []

    def assemble(self, begin: Reader) -> tuple[Step, ...]:
        """The steps of a trigger's actions; raises TopicInvalid."""
        self._actions(begin)
        for position, target, line in self._gotos:
            if target not in self._positions:
                raise TopicInvalid(f"there is no action {target[:60]} to go to", line)
            self._steps[position] = Jump(line, self._positions[target])
        return tuple(self._steps)

    def _actions(self, parent: Reader) -> None:
        for action in parent.readers("actions"):
            self._action(action)

    def _action(self, action: Reader) -> None:
        if len(self._steps) >= MAX_STEPS:
            raise TopicInvalid(f"more than {MAX_STEPS:,} actions", action.line)
        kind = action.required_text("kind")
        name = action.scalar("id")
        if isinstance(name, str):
            self._positions.setdefault(name, len(self._steps))
        if kind == "ConditionGroup":
            self._condition_group(action)
        elif kind == "GotoAction":
            # Resolved at the end: it may point forward.
            target = action.required_text("actionId")
            self._gotos.append((len(self._steps), target, action.line))
            self._steps.append(Jump(action.line, 0))
        elif kind == "Question":
            self._steps.append(self._question(action))
        else:
            build = BUILDERS.get(kind)
            self._steps.append(build(action) if build else Unsupported(action.line, kind[:100]))

    def _condition_group(self, action: Reader) -> None:
        start = len(self._steps)
        self._steps.append(Jump(action.line, 0))
        cases = []
        exits = []
        for item in action.readers("conditions"):
            condition = item.expression("condition")
            cases.append((condition if condition is not None else Literal(True), len(self._steps)))
            self._actions(item)
            exits.append(len(self._steps))
            self._steps.append(Jump(item.line, 0))
        otherwise = len(self._steps)
        for item in action.readers("elseActions"):
            self._action(item)
        self._steps[start] = Branch(action.line, tuple(cases), otherwise)
        for position in exits:
            self._steps[position] = Jump(action.line, len(self._steps))

    def _question(self, action: Reader) -> Step:
        entity = _entity(action)
        if isinstance(entity, Unsupported):
            return entity
        name = str(action.scalar("id") or f"question_{action.line}")
        self.options[name] = {option.id: option.label for option in entity.options}
        interruption = action.reader("interruptionPolicy")
        return Question(
            line=action.line,
            id=name,
            variable=action.variable("variable"),
            prompt=action.required_template("prompt"),
            entity=entity,
            retries=action.whole_number("repeatCount", 2),
            unrecognised=action.template("unrecognizedPrompt"),
            default=action.expression("defaultValue"),
            always=action.flag("alwaysPrompt", False),
            interruptible=interruption.flag("allowInterruption", True) if interruption else True,
        )


def _entity(action: Reader) -> Entity | Unsupported:
    named = action.scalar("entity")
    inner = None if named is not None else action.reader("entity")
    kind = str(named) if inner is None else inner.required_text("kind")
    if named is None and inner is None:
        raise TopicInvalid("entity is missing", action.line)
    if inner is not None and kind == "EmbeddedEntity":
        inner = inner.required_reader("definition")
        kind = inner.required_text("kind")
    if kind in PREBUILT:
        return Entity(kind)
    if inner is not None and kind == "ClosedListEntity":
        return Entity(kind, tuple(_option(item) for item in inner.readers("items")))
    return Unsupported(action.line, f"Question with {kind[:100]}")


def _option(item: Reader) -> Option:
    name = item.required_text("id")
    label = item.required_text("displayName") if item.has("displayName") else name
    return Option(name, label, item.texts("synonyms"))


def _send_activity(action: Reader) -> Step:
    suggestions: tuple[str, ...] = ()
    if not isinstance(action.required("activity"), Scalar):
        inner = action.required_reader("activity")
        if inner.has("attachments"):
            return Unsupported(action.line, "SendActivity with attachments")
        replies = inner.readers("quickReplies")
        suggestions = tuple(reply.required_text("text") for reply in replies)
    return SendActivity(action.line, action.required_template("activity"), suggestions)


def _set_variable(action: Reader) -> Step:
    variable = action.variable("variable")
    value = action.expression("value")
    return SetVariable(action.line, variable, value if value is not None else Literal(None))


def _begin_dialog(action: Reader) -> Step:
    inputs = action.reader("input")
    outputs = action.reader("output")
    return Redirect(
        line=action.line,
        dialog=action.required_text("dialog"),
        inputs=inputs.expressions("binding") if inputs else (),
        outputs=outputs.variables("binding") if outputs else (),
    )


def _transfer(action: Reader) -> Step:
    transfer = action.reader("transferType")
    if transfer is None:
        return TransferConversation(action.line)
    kind = transfer.required_text("kind")
    if kind != "TransferToAgent":
        return Unsupported(action.line, f"TransferConversationV2 with {kind[:100]}")
    context = transfer.reader("context")
    chosen = None
    if context is not None and context.required_text("kind") == "ManualTransferContext":
        chosen = context.expressions("contextVariables")
    return TransferConversation(action.line, transfer.template("messageToAgent"), chosen)


BUILDERS: dict[str, Callable[[Reader], Step]] = {
    "SendActivity": _send_activity,
    "SetVariable": _set_variable,
    "BeginDialog": _begin_dialog,
    "TransferConversationV2": _transfer,
    "EndConversation": lambda action: EndConversation(action.line),
    "EndDialog": lambda action: EndDialog(action.line),
}
