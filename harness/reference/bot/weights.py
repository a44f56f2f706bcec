"""How large values and messages are: nothing that a topic makes grows without bound."""

from __future__ import annotations

import json

from harness.reference.bot.expressions import ExpressionFailed, Value
from harness.reference.bot.outputs import Say

MAX_VALUES = 20_000
MAX_CHARACTERS = 400_000
MAX_DEPTH = 50
# All that one turn may give to variables.
MAX_TURN = 400_000


class Room:
    """What is left in a turn for values; a record in a record in a record soon fills it."""

    def __init__(self) -> None:
        self._left = MAX_TURN

    def take(self, value: Value) -> None:
        """Makes room for a value; raises ExpressionFailed when it is too large or there is none."""
        self._left -= weight(value)
        if self._left < 0:
            raise ExpressionFailed("more values than a turn may make")


def weight(value: Value) -> int:
    """How many values are in a value; raises ExpressionFailed when it is too large to keep."""
    if not isinstance(value, dict | list | str):
        return 1
    values = characters = 0
    open_values: list[tuple[object, int]] = [(value, 1)]
    while open_values:
        one, depth = open_values.pop()
        values += 1
        if isinstance(one, str):
            characters += len(one)
        elif isinstance(one, dict | list):
            inner = one.values() if isinstance(one, dict) else one
            open_values.extend((item, depth + 1) for item in inner)
        if values + len(open_values) > MAX_VALUES or characters > MAX_CHARACTERS:
            raise ExpressionFailed("a value too large to keep")
        if depth > MAX_DEPTH:
            raise ExpressionFailed(f"a value nested deeper than {MAX_DEPTH}")
    return values


def message(say: Say) -> int:
    """The size of a message in bytes, cards included."""
    # Half a surrogate pair, which a customer can send as JSON, is no reason to crash.
    said = len(say.text.encode(errors="surrogatepass"))
    return said + sum(len(json.dumps(card, default=str)) for card in say.cards)
