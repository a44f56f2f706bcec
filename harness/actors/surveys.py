"""The survey before a chat as a client without a page answers it (specification 4.5)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from harness.errors import Inconclusive

SUBMIT = {"Type": "InputSubmit"}


def response(config: Mapping[str, Any], answers: Mapping[str, str | bool]) -> dict[str, Any] | None:
    """What a client sends for these answers, by the texts of their questions; None without any.

    Raises Inconclusive for an answer that nothing asks for.
    """
    if not answers:
        return None
    card = json.loads(config["LiveWSAndLiveChatEngJoin"].get("PreChatSurvey") or "{}")
    inputs = {_asks(part): part for part in card.get("body", ()) if "id" in part}
    unasked = sorted(answers.keys() - inputs.keys())
    if unasked:
        asked = ", ".join(inputs) or "nothing"
        raise Inconclusive(f"the survey does not ask {unasked[0]!r}; it asks {asked}")
    given = {inputs[text]["id"]: _value(inputs[text], answers[text]) for text in answers}
    return SUBMIT | given


def _asks(part: Mapping[str, Any]) -> str:
    return str(part.get("label") or part.get("title") or "")


def _value(part: Mapping[str, Any], answer: str | bool) -> str:
    if isinstance(answer, bool):
        return str(part.get("valueOn" if answer else "valueOff", answer))
    chosen = [each["value"] for each in part.get("choices", ()) if each["title"] == answer]
    return str(chosen[0]) if chosen else answer
