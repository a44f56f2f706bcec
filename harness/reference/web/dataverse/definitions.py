"""What the tables are, as `EntityDefinitions` and `RelationshipDefinitions` tell it.

Each definition is plain data made of the tables themselves, so it cannot say anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from harness.reference.domain.dataverse.catalogue import TABLES, back
from harness.reference.domain.dataverse.columns import ENGLISH
from harness.reference.domain.dataverse.tables import (
    CHOICES,
    LOOKUPS,
    NUMBERS,
    TEXTS,
    Column,
    Kind,
    Relation,
    Table,
)
from harness.reference.web.dataverse.addresses import NAMESPACE

Definition = dict[str, Any]

ENTITY, ATTRIBUTE, KEY = "EntityMetadata", "AttributeMetadata", "EntityKeyMetadata"
ONE_TO_MANY = "OneToManyRelationshipMetadata"
MANY_TO_MANY = "ManyToManyRelationshipMetadata"
OPTION_SET = "OptionSet"
"""What a choice's definition brings only when it is asked for by `$expand`."""


def id_of(*names: str) -> str:
    """The metadata id of something; the same in every environment."""
    return str(uuid5(NAMESPACE_OID, "metadata/" + "/".join(names)))


def label(text: str) -> Definition:
    """A text in the one language that there is."""
    said = {"Label": text, "LanguageCode": ENGLISH, "IsManaged": True}
    said |= {"MetadataId": id_of("label", text), "HasChanged": None}
    return {"LocalizedLabels": [said], "UserLocalizedLabel": said}


@lru_cache(maxsize=1)
def entities() -> tuple[Definition, ...]:
    """All tables."""
    return tuple(map(_entity, TABLES.values()))


def _entity(table: Table) -> Definition:
    return {
        "MetadataId": id_of(table.name),
        "LogicalName": table.name,
        "SchemaName": table.name,
        "LogicalCollectionName": table.set,
        "CollectionSchemaName": table.set,
        "EntitySetName": table.set,
        "PrimaryIdAttribute": table.key_name,
        "PrimaryNameAttribute": table.title_name,
        "ObjectTypeCode": 10000 + list(TABLES).index(table.name),
        "OwnershipType": "UserOwned" if table.name in ("bot", "botcomponent") else "None",
        "TableType": "Standard",
        "IsActivity": False,
        "IsCustomEntity": table.name in ("bot", "botcomponent"),
        "IsIntersect": False,
        "IsLogicalEntity": False,
        "IsManaged": True,
        "IsPrivate": False,
        "IsValidForAdvancedFind": True,
        "HasActivities": False,
        "HasNotes": False,
        "DisplayName": label(table.label),
        "DisplayCollectionName": label(f"{table.label}s"),
        "Description": label(table.description),
    }


@lru_cache(maxsize=64)
def attributes(table: str) -> tuple[Definition, ...]:
    """The columns of a table, each with its option set if it has one."""
    return tuple(_attribute(TABLES[table], column) for column in TABLES[table].columns)


def _attribute(table: Table, column: Column) -> Definition:
    kind = column.kind.value
    required = "None" if column.null else "SystemRequired"
    return {
        "@odata.type": f"#{NAMESPACE}{_type(column)}",
        "MetadataId": id_of(table.name, column.name),
        "EntityLogicalName": table.name,
        "LogicalName": column.name,
        "SchemaName": column.schema or column.name,
        "AttributeType": kind,
        "AttributeTypeName": {"Value": f"{kind}Type"},
        "AttributeOf": None,
        "IsPrimaryId": column.name == table.key_name,
        "IsPrimaryName": column.name == table.title_name,
        "IsCustomAttribute": column.name.startswith("msdyn_"),
        "IsLogical": False,
        "IsManaged": True,
        "IsValidForRead": True,
        "IsValidForCreate": "create" in column.written,
        "IsValidForUpdate": "update" in column.written,
        "IsValidODataAttribute": True,
        "RequiredLevel": {
            "Value": required,
            "CanBeChanged": False,
            "ManagedPropertyLogicalName": "canmodifyrequirementlevelsettings",
        },
        "DisplayName": label(column.label),
        "Description": label(""),
        **_details(table, column),
    }


def _type(column: Column) -> str:
    """The metadata type of a column; ids have the plain one, as in the product."""
    return "AttributeMetadata" if column.kind is Kind.ID else f"{column.kind}AttributeMetadata"


def _details(table: Table, column: Column) -> Definition:
    if column.kind in TEXTS:
        shape = "Format" if column.kind is Kind.MEMO else "FormatName"
        words: object = "Text" if shape == "Format" else {"Value": "Text"}
        return {"MaxLength": column.length, shape: words}
    if column.kind in CHOICES or column.kind is Kind.BOOLEAN:
        return {OPTION_SET: _options(table, column)}
    if column.kind in LOOKUPS:
        return {"Targets": [column.target]}
    if column.kind in NUMBERS:
        bits = 63 if column.kind is Kind.BIG else 31
        return {"MinValue": -(2**bits), "MaxValue": 2**bits - 1}
    return {"Format": "DateAndTime"} if column.kind is Kind.MOMENT else {}


def _options(table: Table, column: Column) -> Definition:
    shown = [
        {"Value": value, "Label": label(text), "IsManaged": True}
        for value, text in column.options.items()
    ]
    about = {"MetadataId": id_of("options", table.name, column.name), "IsGlobal": False}
    about |= {"Name": f"{table.name}_{column.name}", "OptionSetType": column.kind.value}
    if column.kind is Kind.BOOLEAN:
        return about | {"TrueOption": shown[0], "FalseOption": shown[1]}
    return about | {"Options": shown}


def keys(table: Table) -> list[Definition]:
    """The alternate keys of a table."""
    return [
        {
            "MetadataId": id_of(table.name, "key", *columns),
            "LogicalName": f"{table.name}_{'_'.join(columns)}_key",
            "SchemaName": f"{table.name}_{'_'.join(columns)}_key",
            "EntityLogicalName": table.name,
            "KeyAttributes": list(columns),
            "EntityKeyIndexStatus": "Active",
            "DisplayName": label(" and ".join(columns)),
        }
        for columns in table.keys
    ]


@lru_cache(maxsize=1)
def relationships() -> tuple[Definition, ...]:
    """All relationships between tables, of both kinds."""
    return tuple(found for table in TABLES.values() for found in _relationships(table))


def _relationships(table: Table) -> Iterator[Definition]:
    for column in table.columns:
        if column.kind in LOOKUPS:
            yield _to_one(table, column)
    for relation in table.relations:
        # Both sides tell of an intersect table; it is listed once.
        if relation.intersect and table.name > relation.table:
            yield _to_many(table, relation)


def _to_one(table: Table, column: Column) -> Definition:
    name = back(table, column)
    return _common(ONE_TO_MANY, name) | {
        "ReferencedEntity": column.target,
        "ReferencedAttribute": TABLES[column.target].key_name,
        "ReferencedEntityNavigationPropertyName": name,
        "ReferencingEntity": table.name,
        "ReferencingAttribute": column.name,
        "ReferencingEntityNavigationPropertyName": column.navigation,
    }


def _to_many(table: Table, relation: Relation) -> Definition:
    other = TABLES[relation.table]
    return _common(MANY_TO_MANY, relation.name) | {
        "Entity1LogicalName": table.name,
        "Entity1IntersectAttribute": table.key_name,
        "Entity1NavigationPropertyName": relation.name,
        "Entity2LogicalName": other.name,
        "Entity2IntersectAttribute": other.key_name,
        "Entity2NavigationPropertyName": relation.name,
        "IntersectEntityName": relation.intersect,
    }


def _common(kind: str, name: str) -> Definition:
    return {
        "@odata.type": f"#{NAMESPACE}{kind}",
        "MetadataId": id_of("relationship", name),
        "SchemaName": name,
        "RelationshipType": kind.removesuffix("Metadata"),
        "IsCustomRelationship": False,
        "IsManaged": True,
        "IsValidForAdvancedFind": True,
    }
