"""The survey before a chat: the card that asks, and the answers that come back (docs C13).

The card has the shape of the one that ships with the published widget. Each input's id is JSON in a
text: the published widget takes `Id`, `Name` and `IsRequired` from it, and sends the answers back
under the ids as they were before, so that both forms have to be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from harness.reference.domain.routing import written
from harness.reference.domain.widgets import AnswerType, Question

SUBMIT = {"Type": "InputSubmit"}
"""What a submitted survey says of itself."""

LONGEST_LINE = 100
LONGEST_LINES = 250
"""Letters that an answer may have, in one line or several."""

CONSENTED, REFUSED = "True", "False"
"""What the box of a consent sends."""


class _Id(msgspec.Struct):
    """What the id of an input says."""

    Id: str
    Name: str = ""
    IsRequired: bool = False


def card(questions: tuple[Question, ...]) -> str:
    """The Adaptive Card of a survey as JSON; empty without a question."""
    if not questions:
        return ""
    body: list[dict[str, Any]] = [
        {"type": "TextBlock", "weight": "bolder", "text": "Please answer below questions."},
        *map(_input, questions),
    ]
    if any(question.required for question in questions):
        told = "Fields marked with * are mandatory."
        body.append({"type": "TextBlock", "isSubtle": True, "text": told, "wrap": True})
    made = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.1",
        "body": body,
        "actions": [{"type": "Action.Submit", "title": "Submit", "data": SUBMIT}],
    }
    return msgspec.json.encode(made).decode()


def _input(question: Question) -> dict[str, Any]:
    id = msgspec.json.encode(_Id(question.name, question.name, question.required)).decode()
    return {"id": id, **_field(question)}


def _field(question: Question) -> dict[str, Any]:
    """The input that takes an answer of this type."""
    match question.type:
        case AnswerType.OPTION_SET:
            choices = [{"title": option, "value": option} for option in question.options]
            kind = {"type": "Input.ChoiceSet", "isMultiSelect": False, "style": "compact"}
            return {**kind, "label": question.text, "choices": choices}
        case AnswerType.USER_CONSENT:
            states = {"valueOn": CONSENTED, "valueOff": REFUSED, "value": REFUSED}
            return {"type": "Input.Toggle", "title": question.text, "wrap": True, **states}
        case AnswerType.MULTIPLE_LINES:
            lines = {"isMultiline": True, "maxLength": LONGEST_LINES}
            return {"type": "Input.Text", "label": question.text, **lines}
        case AnswerType.SINGLE_LINE:
            return {"type": "Input.Text", "label": question.text, "maxLength": LONGEST_LINE}


def answers(given: Mapping[str, Any], questions: tuple[Question, ...]) -> dict[str, str | bool]:
    """The answers under the names of their variables; a consent is true or false (docs C2).

    What nobody asked for is passed on under its own name.
    """
    consents = {q.name for q in questions if q.type is AnswerType.USER_CONSENT}
    found: dict[str, str | bool] = {}
    for id, value in given.items():
        name = _name(id)
        if id not in SUBMIT:
            found[name] = _agreed(value) if name in consents else written(value)
    return found


def _name(id: str) -> str:
    if not id.startswith("{"):
        return id
    try:
        return msgspec.json.decode(id, type=_Id).Id or id
    except (msgspec.DecodeError, RecursionError):
        return id


def _agreed(value: object) -> bool:
    return str(value).casefold() == CONSENTED.casefold()
