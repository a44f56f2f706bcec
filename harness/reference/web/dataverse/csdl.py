"""`$metadata` and the service document: what there is, in OData's own words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement, tostring

from harness.reference.domain.dataverse.catalogue import TABLES, back
from harness.reference.domain.dataverse.tables import TEXTS, Relation, Table
from harness.reference.web.dataverse.addresses import NAMESPACE
from harness.reference.web.dataverse.values import EDM

EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
EDM_SCHEMA = "http://docs.oasis-open.org/odata/ns/edm"
ACTIONS = ("CreateMultiple", "UpdateMultiple", "UpsertMultiple")


@lru_cache(maxsize=1)
def document() -> bytes:
    """The CSDL document (OData 4.0, XML)."""
    root = Element("edmx:Edmx", {"Version": "4.0", "xmlns:edmx": EDMX})
    services = SubElement(root, "edmx:DataServices")
    schema = SubElement(
        services,
        "Schema",
        {"Namespace": NAMESPACE.rstrip("."), "Alias": "mscrm", "xmlns": EDM_SCHEMA},
    )
    SubElement(schema, "EntityType", {"Name": "crmbaseentity", "Abstract": "true"})
    for table in TABLES.values():
        _entity(schema, table)
    _functions(schema)
    _container(schema)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root)


def _entity(schema: Element, table: Table) -> None:
    base = {"Name": table.name, "BaseType": "mscrm.crmbaseentity"}
    entity = SubElement(schema, "EntityType", base)
    SubElement(SubElement(entity, "Key"), "PropertyRef", {"Name": table.key_name})
    for column in table.columns:
        told = {"Name": column.property, "Type": EDM[column.kind]}
        if not column.null:
            told["Nullable"] = "false"
        if column.kind in TEXTS:
            told["Unicode"] = "true"
            told["MaxLength"] = str(column.length)
        SubElement(entity, "Property", told)
    for column in table.columns:
        if column.navigation:
            told = {"Name": column.navigation, "Type": f"mscrm.{column.target}"}
            told["Nullable"] = "true" if column.null else "false"
            told["Partner"] = back(table, column)
            follows = SubElement(entity, "NavigationProperty", told)
            constraint = {"Property": column.property}
            constraint["ReferencedProperty"] = TABLES[column.target].key_name
            SubElement(follows, "ReferentialConstraint", constraint)
    for relation in table.relations:
        told = {"Name": relation.name, "Type": f"Collection(mscrm.{relation.table})"}
        told["Partner"] = _back(relation)
        SubElement(entity, "NavigationProperty", told)


def _back(relation: Relation) -> str:
    """The property that leads back: the lookup, or the relation of the same name."""
    other = TABLES[relation.table]
    return other.column(relation.by).navigation if relation.by else relation.name


def _functions(schema: Element) -> None:
    response = SubElement(schema, "ComplexType", {"Name": "WhoAmIResponse"})
    for name in ("BusinessUnitId", "UserId", "OrganizationId"):
        SubElement(response, "Property", {"Name": name, "Type": "Edm.Guid", "Nullable": "false"})
    who = SubElement(schema, "Function", {"Name": "WhoAmI"})
    SubElement(who, "ReturnType", {"Type": "mscrm.WhoAmIResponse", "Nullable": "false"})
    for table in TABLES.values():
        for name in ACTIONS:
            _action(schema, name, table)
    publish = SubElement(schema, "Action", {"Name": "PvaPublish", "IsBound": "true"})
    SubElement(publish, "Parameter", {"Name": "entity", "Type": "mscrm.bot", "Nullable": "false"})


def _action(schema: Element, name: str, table: Table) -> None:
    many = f"Collection(mscrm.{table.name})"
    action = SubElement(schema, "Action", {"Name": name, "IsBound": "true"})
    SubElement(action, "Parameter", {"Name": "entityset", "Type": many, "Nullable": "false"})
    SubElement(action, "Parameter", {"Name": "Targets", "Type": many, "Nullable": "false"})
    if name == "CreateMultiple":
        SubElement(action, "ReturnType", {"Type": "Collection(Edm.Guid)", "Nullable": "false"})


def _container(schema: Element) -> None:
    container = SubElement(schema, "EntityContainer", {"Name": "System"})
    for table in TABLES.values():
        told = {"Name": table.set, "EntityType": f"mscrm.{table.name}"}
        entities = SubElement(container, "EntitySet", told)
        for name, target in _bindings(table):
            binding = {"Path": name, "Target": target}
            SubElement(entities, "NavigationPropertyBinding", binding)
    SubElement(container, "FunctionImport", {"Name": "WhoAmI", "Function": "mscrm.WhoAmI"})


def _bindings(table: Table) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        if column.navigation:
            yield column.navigation, TABLES[column.target].set
    for relation in table.relations:
        yield relation.name, TABLES[relation.table].set


def service(root: str) -> dict[str, object]:
    """The service document: every entity set."""
    sets = [{"name": t.set, "kind": "EntitySet", "url": t.set} for t in TABLES.values()]
    return {"@odata.context": f"{root}$metadata", "value": sets}
