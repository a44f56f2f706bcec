"""Answers about the tables themselves: definitions of tables, columns, keys and relationships."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from harness.reference.domain.dataverse.catalogue import TABLES
from harness.reference.domain.dataverse.refusals import Reason, refused, unknown_property
from harness.reference.domain.dataverse.tables import Column, Kind, Row, Table, Value
from harness.reference.operations.dataverse.reading import Dataverse
from harness.reference.web.dataverse import addresses, csdl, definitions, filters, options, values
from harness.reference.web.dataverse.addresses import NAMESPACE, Segment
from harness.reference.web.dataverse.definitions import OPTION_SET, Definition
from harness.reference.web.dataverse.exchanges import Answer, Ask
from harness.reference.web.dataverse.options import Options

ENTITIES, RELATIONSHIPS = "EntityDefinitions", "RelationshipDefinitions"
CHANGES = "RetrieveMetadataChanges"
MAKING = "CreateEntities"
NAMES = frozenset({ENTITIES, RELATIONSHIPS, CHANGES, MAKING, "$metadata"})


@dataclass(frozen=True, slots=True)
class Listing:
    """Definitions of one kind; `table` is set where they are about the parts of one table."""

    kind: str
    all: tuple[Definition, ...]
    table: Table | None = None


def answer(dataverse: Dataverse, root: str, ask: Ask, parts: Sequence[Segment]) -> Answer:
    """The answer to a request about metadata; raises Refused."""
    if ask.method != "GET" or parts[0].name == MAKING:
        raise refused(
            Reason.NOT_SUPPORTED,
            "The tables here are fixed: no table, column, key or relationship is made, changed or"
            " deleted.",
        )
    first = parts[0].name
    if first == "$metadata":
        return Answer(body=csdl.document(), media="application/xml")
    if first == CHANGES:
        return _changes(root, ask)
    given = options.parsed(ask.query)
    start = definitions.entities() if first == ENTITIES else definitions.relationships()
    found = _walk(dataverse, Listing(_kind(first), start), parts)
    if isinstance(found, Listing):
        return _list(dataverse, root, found, given)
    kind, definition = found
    shown = _shown(definition, given, kind)
    return Answer(body={"@odata.context": f"{root}$metadata#{first}/$entity"} | shown)


def _kind(first: str) -> str:
    return definitions.ENTITY if first == ENTITIES else "RelationshipMetadataBase"


def _walk(
    dataverse: Dataverse, listing: Listing, parts: Sequence[Segment]
) -> Listing | tuple[str, Definition]:
    """What the segments lead to: several definitions, or one."""
    found: Listing | tuple[str, Definition] = _keyed(listing, parts[0])
    for segment in parts[1:]:
        if segment.name.startswith(NAMESPACE):
            found = _cast(found, segment)
        elif isinstance(found, tuple) and found[0] == definitions.ENTITY:
            found = _keyed(_part(TABLES[found[1]["LogicalName"]], segment.name), segment)
        elif isinstance(found, tuple) and segment.name in found[1]:
            found = (segment.name, {segment.name: found[1][segment.name]})
        else:
            raise addresses.unknown(segment.name)
    return found


def _keyed(listing: Listing, segment: Segment) -> Listing | tuple[str, Definition]:
    if segment.inside is None:
        return listing
    id = values.guid(segment.inside.strip().strip("'"))
    wanted = {"MetadataId": id} if id else dict(addresses.arguments(segment.inside))
    for definition in listing.all:
        if wanted and all(definition.get(name) == value for name, value in wanted.items()):
            return listing.kind, definition
    raise refused(
        Reason.RECORD_MISSING,
        f"Could not find an entity or attribute with the specified '{segment.inside[:100]}'.",
    )


def _part(table: Table, name: str) -> Listing:
    """The attributes, keys or relationships of a table."""
    if name == "Attributes":
        return Listing(definitions.ATTRIBUTE, definitions.attributes(table.name), table)
    if name == "Keys":
        return Listing(definitions.KEY, tuple(definitions.keys(table)), table)
    sides: dict[str, Callable[[Definition], bool]] = {
        "OneToManyRelationships": lambda r: r.get("ReferencedEntity") == table.name,
        "ManyToOneRelationships": lambda r: r.get("ReferencingEntity") == table.name,
        "ManyToManyRelationships": lambda r: (
            table.name in (r.get("Entity1LogicalName"), r.get("Entity2LogicalName"))
        ),
    }
    if name not in sides:
        raise addresses.unknown(name)
    found = tuple(filter(sides[name], definitions.relationships()))
    return Listing(name, found, table)


def _cast(
    found: Listing | tuple[str, Definition], segment: Segment
) -> Listing | tuple[str, Definition]:
    """Those of one type alone, or the one, if it is of that type."""
    wanted = f"#{segment.name}"
    if isinstance(found, Listing):
        typed = tuple(each for each in found.all if each.get("@odata.type") == wanted)
        return Listing(segment.bare, typed, found.table)
    if found[1].get("@odata.type") != wanted:
        raise addresses.unknown(segment.name)
    return segment.bare, found[1]


def _list(dataverse: Dataverse, root: str, listing: Listing, given: Options) -> Answer:
    if unfit := given.given.keys() - {"$select", "$filter", "$expand", "$count", "$format"}:
        raise refused(Reason.QUERY_INVALID, f"The query parameter {min(unfit)} is not supported.")
    found: Iterable[Definition] = listing.all
    if "$filter" in given.given and listing.all:
        table = _as_table(listing)
        where = filters.condition(given.given["$filter"], table)
        rows = (Row(table, each, dataverse.place) for each in found)
        found = [row.record for row in rows if where.holds(row, dataverse)]
    shown = [_shown(each, given, listing.kind) for each in found]
    body: dict[str, Any] = {"@odata.context": f"{root}$metadata#{listing.kind}"}
    if given.given.get("$count", "").lower() == "true":
        body["@odata.count"] = len(shown)
    return Answer(body=body | {"value": shown})


def _as_table(listing: Listing) -> Table:
    """The plain properties of definitions as columns, so that they are filtered like rows."""
    plain = {
        name: value
        for definition in listing.all
        for name, value in definition.items()
        if "@" not in name and not isinstance(value, dict | list)
    }
    columns = tuple(
        Column(name, _kind_of(name, value), name, _reads(name)) for name, value in plain.items()
    )
    return Table(listing.kind, listing.kind, listing.kind, "MetadataId", "SchemaName", columns)


def _kind_of(name: str, value: object) -> Kind:
    if name == "MetadataId":
        return Kind.ID
    if isinstance(value, bool):
        return Kind.BOOLEAN
    return Kind.INTEGER if isinstance(value, int) else Kind.STRING


def _reads(name: str) -> Callable[[Row], Value]:
    def read(row: Row) -> Value:
        value: Value = row.record.get(name)
        return value

    return read


def _shown(definition: Definition, given: Options, kind: str) -> Definition:
    """A definition with what is selected of it, and the parts that are expanded."""
    chosen = [name.strip() for name in given.given.get("$select", "").split(",") if name.strip()]
    shown = {name: value for name, value in definition.items() if name != OPTION_SET}
    if chosen:
        for name in chosen:
            # A column of another type may have it: the product answers nothing for this one.
            if name not in definition and name not in COMMON:
                raise unknown_property(name, kind)
        always = ("@odata.type", "MetadataId")
        shown = {n: v for n, v in shown.items() if n in chosen or n in always}
    for part in options.split(given.given.get("$expand", ""), ","):
        if part.strip():
            shown |= _expanded(definition, part.strip(), kind)
    return shown


COMMON = frozenset({"MaxLength", "Format", "FormatName", "MinValue", "MaxValue", "Precision"})
COMMON |= {"Targets"}


def _expanded(definition: Definition, part: str, kind: str) -> Definition:
    name, _, rest = part.partition("(")
    inner = dict(
        option.strip().split("=", 1)
        for option in options.split(rest.removesuffix(")"), ";")
        if "=" in option
    )
    given = Options(inner)
    if name == OPTION_SET:
        found = definition.get(OPTION_SET)
        return {OPTION_SET: _shown(found, given, "OptionSetMetadata") if found else None}
    if name == "GlobalOptionSet":
        return {name: None}
    if "LogicalName" not in definition or definition["LogicalName"] not in TABLES:
        raise unknown_property(name, kind)
    listing = _part(TABLES[definition["LogicalName"]], name)
    return {name: [_shown(each, given, listing.kind) for each in listing.all]}


# RetrieveMetadataChanges


class _Compared(msgspec.Struct, frozen=True):
    PropertyName: str
    ConditionOperator: str = "Equals"
    Value: dict[str, Any] = {}


class _Criteria(msgspec.Struct, frozen=True):
    Conditions: tuple[_Compared, ...] = ()


class _Properties(msgspec.Struct, frozen=True):
    PropertyNames: tuple[str, ...] = ()
    AllProperties: bool = False


class _Part(msgspec.Struct, frozen=True):
    Properties: _Properties = _Properties()
    Criteria: _Criteria = _Criteria()


class _Query(_Part, frozen=True):
    AttributeQuery: _Part | None = None


def _changes(root: str, ask: Ask) -> Answer:
    """`RetrieveMetadataChanges(Query=@p1)`: tables and their columns by simple criteria."""
    given = options.parsed(ask.query, frozenset({"Query"}))
    text = given.aliases.get("@p1") or next(iter(given.aliases.values()), "")
    try:
        query = msgspec.json.decode(text, type=_Query)
    except (msgspec.DecodeError, RecursionError) as error:
        raise refused(
            Reason.ARGUMENT_INVALID, f"Query=@p1 is no EntityQueryExpression: {error}."
        ) from None
    found = []
    for entity in definitions.entities():
        if _meets(entity, query.Criteria):
            shown = _picked(entity, query.Properties)
            columns = query.AttributeQuery
            if columns is not None:
                shown["Attributes"] = [
                    _picked(each, columns.Properties)
                    for each in definitions.attributes(entity["LogicalName"])
                    if _meets(each, columns.Criteria)
                ]
            found.append(shown)
    kind = f"{NAMESPACE}RetrieveMetadataChangesResponse"
    return Answer(
        body={
            "@odata.context": f"{root}$metadata#{kind}",
            "ServerVersionStamp": "1",
            "DeletedMetadata": None,
            "EntityMetadata": found,
        }
    )


def _meets(definition: Definition, criteria: _Criteria) -> bool:
    for condition in criteria.Conditions:
        same = definition.get(condition.PropertyName) == condition.Value.get("Value")
        if condition.ConditionOperator not in ("Equals", "NotEquals"):
            raise refused(
                Reason.NOT_SUPPORTED, f"{condition.ConditionOperator[:40]!r} is not supported here."
            )
        if same is (condition.ConditionOperator == "NotEquals"):
            return False
    return True


def _picked(definition: Definition, properties: _Properties) -> Definition:
    names = set(properties.PropertyNames)
    wanted = names | {"MetadataId", "LogicalName", "@odata.type"}
    return {n: v for n, v in definition.items() if properties.AllProperties or n in wanted}
