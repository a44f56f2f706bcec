"""`$filter`: OData's grammar into conditions over the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from harness.reference.domain.dataverse.catalogue import TABLES
from harness.reference.domain.dataverse.conditions import (
    Among,
    Compared,
    Condition,
    Every,
    Not,
    Order,
    Part,
    Partly,
    Path,
    Related,
    Some,
    Truth,
)
from harness.reference.domain.dataverse.refusals import Reason, Refused, refused, unknown_property
from harness.reference.domain.dataverse.tables import (
    GUIDS,
    NUMBERS,
    TEXTS,
    Column,
    Kind,
    Table,
    Value,
)
from harness.reference.web.dataverse import values

if TYPE_CHECKING:
    from odata_query import ast

MOST_CONDITIONS = 500
"""Conditions of one query: the product's limit."""

SPECIAL = re.compile(
    r"'(?:[^']|'')*'"
    r"|\[(?P<array>[^\[\]]*)\]"
    r"|\bin\s*\(\s*(?P<only>'(?:[^']|'')*'|[^\s,()']+)\s*\)"
)
"""A text, and what the product writes that the grammar does not know: `["a"]` and `in ('a')`."""

CASTED = re.compile(r"Microsoft\.Dynamics\.CRM\.\w+(?='(?:[^']|'')*')")
"""The type in front of an enumeration's member."""

Alias = Mapping[str, Table]


def condition(text: str, table: Table, me: str = "") -> Condition:
    """The condition that a filter says; raises Refused. `me` is the id of the user who asks."""
    try:
        return _Reading(table, {}, me).condition(_tree(text))
    except RecursionError:
        raise _wrong(f"Too deep: {text[:60]!r}.") from None


def _tree(text: str) -> ast._Node:
    # Here, because it builds its tables when it is loaded, and most starts never filter.
    from odata_query import exceptions  # noqa: PLC0415
    from odata_query.grammar import ODataLexer, ODataParser  # noqa: PLC0415

    # The grammar makes its namespaces of plain names alone: no lists, no casts.
    plain = SPECIAL.sub(_plain, CASTED.sub("", text))
    try:
        return ODataParser().parse(ODataLexer().tokenize(plain))  # type: ignore[no-any-return]
    except exceptions.ODataException as error:
        token = getattr(error, "token", None)
        where = f" at character {token.index + 1}" if token is not None else ""
        if isinstance(error, exceptions.FunctionCallException):
            raise _wrong(str(error).rstrip(".") + ".") from None
        raise _wrong(f"Syntax error{where} in '{text[:200]}'.") from None


def _plain(found: re.Match[str]) -> str:
    if found["array"] is not None:
        try:
            items = msgspec.json.decode(f"[{found['array']}]", type=list[str])
        except msgspec.DecodeError:
            raise _wrong(f"{found[0][:60]} is no list of texts.") from None
        # A quote may come doubled, as in a literal, or by itself.
        single = [item.replace("''", "'").replace("'", "''") for item in items]
        listed = ",".join(f"'{item}'" for item in single)
        return f"({listed})" if len(single) != 1 else f"({listed},)"
    return f"in ({found['only']},)" if found["only"] else found[0]


def _wrong(why: str) -> Refused:
    return refused(Reason.QUERY_INVALID, why)


@dataclass(frozen=True)
class _Reading:
    """Reads a tree about one table, or about a row of it under another name (`any(r: …)`).

    Nodes are known by the names of their classes, because those are loaded with the grammar.
    """

    table: Table
    aliases: Alias
    me: str

    def condition(self, node: ast._Node) -> Condition:
        """The condition of a node that is true or false."""
        read = READERS.get(type(node).__name__)
        if read is None:
            raise _wrong(f"A condition is expected where '{_shown(node)}' stands.")
        return read(self, node)

    def path(self, node: ast._Node) -> Path:
        """The column that a node names; raises Refused."""
        names = _names(node)
        if names[0] in self.aliases:
            return path(names[1:], self.aliases[names[0]])
        if self.aliases:
            raise _wrong(f"'{names[0]}' stands in a lambda without the name of its row.")
        return path(names, self.table)

    def both(self, node: Any) -> Condition:
        """`and`, `or`: chains of one of them become one list, however long."""
        parts, kind = list[Condition](), type(node.op)
        left: Any = node
        while type(left).__name__ == "BoolOp" and type(left.op) is kind:
            parts.append(self.condition(left.right))
            left = left.left
            if len(parts) > MOST_CONDITIONS:
                raise _wrong(f"A query has at most {MOST_CONDITIONS} conditions.")
        parts.append(self.condition(left))
        joined = tuple(reversed(parts))
        return Every(joined) if kind.__name__ == "And" else Some(joined)

    def negated(self, node: Any) -> Condition:
        """`not`."""
        if type(node.op).__name__ != "Not":
            raise _wrong(f"'{_shown(node)}' is no condition.")
        return Not(self.condition(node.operand))

    def compared(self, node: Any) -> Condition:
        """A comparison: a column on one side, a value on the other."""
        word = type(node.comparator).__name__
        left, right = node.left, node.right
        if type(left).__name__ == "Call":
            return self._answered(left, word, right)
        if hasattr(left, "val") and not hasattr(right, "val"):
            left, right, word = right, left, MIRRORED.get(word, word)
        path = self.path(left)
        if word == "In":
            items = right.val if isinstance(right.val, list) else [right]
            return Among(path, tuple(literal(item, path.column) for item in items))
        return Compared(path, ORDERS[word], literal(right, path.column))

    def _answered(self, call: Any, word: str, right: Any) -> Condition:
        """`contains(…) eq true`."""
        if word not in ("Eq", "NotEq") or type(right).__name__ != "Boolean":
            raise _wrong(f"'{_shown(call)}' can be compared with true and false alone.")
        wanted = (right.val.lower() == "true") is (word == "Eq")
        return self.called(call) if wanted else Not(self.called(call))

    def truth(self, node: Any) -> Condition:
        """A yes-or-no column by itself, or a literal."""
        if type(node).__name__ == "Boolean":
            return Truth() if node.val.lower() == "true" else Not(Truth())
        path = self.path(node)
        if path.column.kind is not Kind.BOOLEAN:
            raise _wrong(f"'{_shown(node)}' is no condition.")
        return Truth(path)

    def called(self, node: Any) -> Condition:
        """A function: of texts, or one of the product's own."""
        name = node.func.name
        if node.func.namespace:
            return self._own_function(name, node)
        if name not in set(Part):
            raise _wrong(f"The function '{name}' is not supported in $filter.")
        path, text = self.path(node.args[0]), node.args[1]
        if path.column.kind not in TEXTS or type(text).__name__ != "String":
            raise _wrong(f"'{name}' takes a column of text and a text.")
        return Partly(path, Part(name), text.val)

    def _own_function(self, name: str, node: Any) -> Condition:
        given: dict[str, Any] = {a.name.name: a.param for a in node.args if hasattr(a, "param")}
        path = self._named(str(getattr(given.get("PropertyName"), "val", "")))
        if name in ("EqualUserId", "NotEqualUserId"):
            order = Order.EQ if name == "EqualUserId" else Order.NE
            return Compared(path, order, self.me)
        items = getattr(given.get("PropertyValues"), "val", None)
        if not isinstance(items, list) or name not in OWN:
            raise _wrong(f"The function 'Microsoft.Dynamics.CRM.{name}' is not supported so.")
        return OWN[name](path, tuple(values.parsed(item.val, path.column) for item in items))

    def _named(self, name: str) -> Path:
        """A column by its logical name, as the product's functions call it."""
        table = next(iter(self.aliases.values()), self.table)
        column = table.known(name.rpartition("/")[2]) or table.shown(name)
        if column is None:
            raise unknown_property(name, table.name)
        return Path(column)

    def related(self, node: Any) -> Condition:
        """`relation/any(r: …)`, `relation/all(r: …)`."""
        names = _names(node.owner)
        relation = self.table.relation(names[-1])
        if relation is None or len(names) > 1 or self.aliases:
            raise unknown_property("/".join(names), self.table.name)
        each = type(node.operator).__name__ == "All"
        if node.lambda_ is None:
            return Related(relation, Truth(), each)
        inner = replace(self, aliases={node.lambda_.identifier.name: TABLES[relation.table]})
        return Related(relation, inner.condition(node.lambda_.expression), each)


def path(names: Sequence[str], table: Table) -> Path:
    """The column that names lead to, the last one's after lookups; raises Refused."""
    lookups = list[Column]()
    for name in names[:-1]:
        lookup = table.lookup(name)
        if lookup is None:
            raise unknown_property(name, table.name)
        lookups.append(lookup)
        table = TABLES[lookup.target]
    last = names[-1] if names else ""
    column = table.shown(last)
    if column is None:
        raise unknown_property(last, table.name)
    return Path(column, tuple(lookups))


READERS: dict[str, Callable[[_Reading, Any], Condition]] = {
    "BoolOp": _Reading.both,
    "UnaryOp": _Reading.negated,
    "Compare": _Reading.compared,
    "Call": _Reading.called,
    "CollectionLambda": _Reading.related,
    "Identifier": _Reading.truth,
    "Attribute": _Reading.truth,
    "Boolean": _Reading.truth,
}
ORDERS = {
    "Eq": Order.EQ,
    "NotEq": Order.NE,
    "Gt": Order.GT,
    "GtE": Order.GE,
    "Lt": Order.LT,
    "LtE": Order.LE,
}
MIRRORED = {"Gt": "Lt", "GtE": "LtE", "Lt": "Gt", "LtE": "GtE"}


def _between(path: Path, given: tuple[Value, ...]) -> Condition:
    if len(given) != 2:
        raise _wrong("Between takes two values.")
    low, high = given
    return Every((Compared(path, Order.GE, low), Compared(path, Order.LE, high)))


OWN: dict[str, Callable[[Path, tuple[Value, ...]], Condition]] = {
    "In": Among,
    "NotIn": lambda path, given: Not(Among(path, given)),
    "Between": _between,
    "NotBetween": lambda path, given: Not(_between(path, given)),
}
"""The product's functions that take a list of values."""


def _names(node: Any) -> list[str]:
    """`a/b/c` as its parts; raises Refused for what is no path."""
    names: list[str] = []
    while type(node).__name__ == "Attribute":
        names.append(node.attr)
        node = node.owner
    if type(node).__name__ != "Identifier" or node.namespace:
        raise _wrong(f"A property is expected where '{_shown(node)}' stands.")
    return [node.name, *reversed(names)]


def _shown(node: Any) -> str:
    named = getattr(node, "func", node)
    text = getattr(named, "val", None) or getattr(named, "name", None) or type(node).__name__
    return str(text)[:60]


LITERALS = {
    "Integer": NUMBERS,
    "GUID": GUIDS,
    "Boolean": frozenset({Kind.BOOLEAN}),
    "DateTime": frozenset({Kind.MOMENT}),
    "Date": frozenset({Kind.MOMENT}),
    # The product takes an id in quotes, too.
    "String": TEXTS | GUIDS,
}
"""Which columns a literal of each type is compared with."""


def literal(node: Any, column: Column) -> Value:
    """The value of a literal; raises Refused when the column is of another type."""
    kind = type(node).__name__
    if kind == "Null":
        return None
    if column.kind not in LITERALS.get(kind, frozenset()):
        given = getattr(node, "val", kind)
        raise _wrong(
            "A binary operator with incompatible types was detected. Found operand types"
            f" '{values.EDM[column.kind]}' and '{kind}' ({str(given)[:60]})"
            f" for '{column.property}'."
        )
    return values.parsed(node.val, column)
