"""What evaluating may cost, and the two ways in which an expression is refused.

Nothing here can hang: a parsed expression is bounded in length and depth, an evaluation in the
nodes that it visits (ForAll in ForAll included) and in the size of all that it makes.
"""

from __future__ import annotations

from typing import Any

# Adaptive cards are written as one record: public bots hold some of 14,000 characters.
MAX_CHARACTERS = 40_000
MAX_DEPTH = 100
# A text, in characters: more than the largest message that can be sent (28 KB).
MAX_RESULT = 32_000
MAX_ROWS = 50_000
# Visits of nodes, and what is made, in one evaluation: well under a second.
MAX_COST = 200_000
CHARACTERS_A_VISIT = 64
# What a variable can hold: values in all, levels of tables and records.
MAX_VALUES = 20_000
MAX_CONTENT = 250_000
MAX_LEVELS = 40


class ExpressionInvalid(Exception):
    """The text is not in the part of Power Fx that is understood here."""


class ExpressionFailed(Exception):
    """Evaluating went wrong: a type that does not fit, an unknown function, a result too large.

    `kind` is the product's ErrorKind, which IfError shows as `FirstError.Kind`.
    """

    def __init__(self, reason: str, kind: int = 25) -> None:
        super().__init__(reason)
        self.kind = kind


class TooCostly(ExpressionFailed):
    """A limit was reached: IfError and IsError do not go on from here."""


class Budget:
    """How much may still be spent, in visits of nodes: by one evaluation, or by all of a turn."""

    __slots__ = ("_left",)

    def __init__(self, limit: int = MAX_COST) -> None:
        self._left = limit

    def spend(self, cost: int) -> None:
        """Count visits; raises TooCostly when there were too many."""
        self._left -= cost
        if self._left < 0:
            raise TooCostly("it takes too many steps")

    def pay_for(self, made: Any) -> None:
        """Count what a function made, by its size; raises TooCostly."""
        if isinstance(made, str):
            if len(made) > MAX_RESULT:
                raise TooCostly(f"a text longer than {MAX_RESULT:,} characters")
            self.spend(len(made) // CHARACTERS_A_VISIT)
        elif isinstance(made, list):
            if len(made) > MAX_ROWS:
                raise TooCostly(f"a table of more than {MAX_ROWS:,} rows")
            self.spend(len(made))
