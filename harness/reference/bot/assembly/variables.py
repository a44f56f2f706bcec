"""Actions that change variables."""

from __future__ import annotations

from harness.reference.bot.assembly.place import place
from harness.reference.bot.assembly.types import schema
from harness.reference.bot.expressions import Literal
from harness.reference.bot.reading import Reader, TopicInvalid
from harness.reference.bot.steps import (
    ClearVariables,
    EditTable,
    ParseValue,
    SetVariable,
    Step,
    Unsupported,
)
from harness.reference.bot.templates import Template

TABLE_CHANGES = ("Add", "Remove", "Clear", "TakeFirst", "TakeLast", "GetFirst", "GetLast")
# The product's words for groups of variables, and whether the conversation's own are in it.
GROUPS = {
    "ConversationScopedVariables": True,
    "AllGlobalVariables": True,
    "AllVariables": True,
    "UserScopedVariables": False,
    "ConversationHistory": False,
}

# What becomes of a value that does not fit: whether it is blank then, or the conversation fails.
ERROR_POLICIES = {"DefaultBlank": True, "ThrowError": False}


def _set_variable(action: Reader) -> Step:
    value = action.expression("value")
    return SetVariable(
        place(action), action.variable("variable"), Literal(None) if value is None else value
    )


def _set_text(action: Reader) -> Step:
    value = action.template("value") or Template(())
    return SetVariable(place(action), action.variable("variable"), value)


def _clear(action: Reader) -> Step:
    which = str(action.scalar("variables") or "ConversationScopedVariables")
    if which not in GROUPS:
        return Unsupported(place(action), f"ClearAllVariables of {which[:60]}")
    return ClearVariables(place(action), which)


def _parse(action: Reader) -> Step:
    value = action.expression("value")
    policy = str(action.scalar("errorPolicy") or "ThrowError")
    if policy not in ERROR_POLICIES:
        return Unsupported(place(action), f"ParseValue with errorPolicy {policy[:60]}")
    return ParseValue(
        place(action),
        action.variable("variable"),
        Literal(None) if value is None else value,
        schema(action.node("valueType")),
        lenient=ERROR_POLICIES[policy],
    )


def _edit_table(action: Reader) -> Step:
    operation = None if action.scalar("changeType") is not None else action.reader("changeType")
    if operation is None:
        return _changed(action, action, action.required_text("changeType"))
    change = operation.required_text("kind").removesuffix("Operation")
    return _changed(action, operation, change.removesuffix("Items").removesuffix("Item"))


def _changed(action: Reader, operation: Reader, change: str) -> Step:
    known = {name.casefold(): name for name in TABLE_CHANGES}
    if change.casefold() not in known:
        return Unsupported(place(action), f"EditTable with {change[:60]}")
    value = operation.expression("value")
    if value is None and change.casefold() in ("add", "remove"):
        raise TopicInvalid("value is missing", action.line)
    variable = action.variable("itemsVariable")
    result = operation.optional_variable("resultVariable")
    return EditTable(place(action), known[change.casefold()], variable, value, result)


BUILDERS = {
    "SetVariable": _set_variable,
    "SetTextVariable": _set_text,
    "ClearAllVariables": _clear,
    "ParseValue": _parse,
    "EditTable": _edit_table,
    "EditTableV2": _edit_table,
}
