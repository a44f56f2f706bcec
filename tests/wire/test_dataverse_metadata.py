"""What the Dataverse Web API says of itself: everything that it answers is declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import httpx
import pytest
from defusedxml.ElementTree import fromstring

from tests.wire.chat import Desk
from tests.wire.dataverse import Dataverse

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
TYPES = {
    "Edm.Guid": str,
    "Edm.String": str,
    "Edm.Boolean": bool,
    "Edm.Int32": int,
    "Edm.Int64": int,
    "Edm.DateTimeOffset": str,
}


@pytest.fixture(scope="module")
def dataverse(client: httpx.Client) -> Dataverse:
    plan = {"generation": "classic"}
    answer = client.post("/control/organisations", json=plan)
    return Dataverse(client, answer.json())


@pytest.fixture(scope="module")
def schema(dataverse: Dataverse) -> Element:
    answer = dataverse.ask("GET", "$metadata")
    assert answer.headers["content-type"].startswith("application/xml")
    found = fromstring(answer.text).find(f".//{EDM}Schema")
    assert found is not None
    return found


def properties(schema: Element, kind: str) -> dict[str, Element]:
    entity = schema.find(f"{EDM}EntityType[@Name='{kind}']")
    assert entity is not None
    return {part.attrib["Name"]: part for part in entity if "Name" in part.attrib}


def sets(schema: Element) -> dict[str, str]:
    found = schema.iter(f"{EDM}EntitySet")
    return {one.attrib["Name"]: one.attrib["EntityType"].rpartition(".")[2] for one in found}


def test_every_property_that_is_answered_is_declared(dataverse: Dataverse, schema: Element) -> None:
    for name, kind in sets(schema).items():
        declared = properties(schema, kind)
        rows = dataverse.rows(name)
        assert rows, name
        for row in rows:
            shown = {key: value for key, value in row.items() if "@" not in key}
            plain = {n for n, p in declared.items() if p.tag == f"{EDM}Property"}
            assert set(shown) == plain, name
            for key, value in shown.items():
                is_declared_so(declared[key], value)


def is_declared_so(declared: Element, value: Any) -> None:
    if value is None:
        assert declared.get("Nullable", "true") == "true", declared.attrib
        return
    assert type(value) is TYPES[declared.attrib["Type"]], declared.attrib
    if "MaxLength" in declared.attrib:
        assert len(value) <= int(declared.attrib["MaxLength"])


def test_navigation_leads_to_types_that_lead_back(schema: Element) -> None:
    kinds = {entity.attrib["Name"]: entity for entity in schema.iter(f"{EDM}EntityType")}
    for kind, entity in kinds.items():
        for follows in entity.iter(f"{EDM}NavigationProperty"):
            target = follows.attrib["Type"].removeprefix("Collection(").rstrip(")")
            there = properties(schema, target.rpartition(".")[2])
            assert kind in there[follows.attrib["Partner"]].attrib["Type"]
            for constraint in follows.iter(f"{EDM}ReferentialConstraint"):
                assert constraint.attrib["Property"] in properties(schema, kind)
                assert constraint.attrib["ReferencedProperty"] in there


def test_bindings_name_sets_that_there_are(schema: Element) -> None:
    known = sets(schema)
    for one in schema.iter(f"{EDM}EntitySet"):
        declared = properties(schema, one.attrib["EntityType"].rpartition(".")[2])
        for binding in one.iter(f"{EDM}NavigationPropertyBinding"):
            assert binding.attrib["Path"] in declared
            assert binding.attrib["Target"] in known


def test_the_service_document_lists_every_set(dataverse: Dataverse, schema: Element) -> None:
    listed = dataverse.rows("")
    assert {one["name"] for one in listed} == set(sets(schema))


def test_definitions_agree_with_the_schema(dataverse: Dataverse, schema: Element) -> None:
    entities = dataverse.rows("EntityDefinitions?$select=LogicalName,EntitySetName&$expand=Keys")
    assert {e["EntitySetName"]: e["LogicalName"] for e in entities} == sets(schema)
    for entity in entities:
        name = entity["LogicalName"]
        columns = dataverse.rows(f"EntityDefinitions(LogicalName='{name}')/Attributes")
        declared = properties(schema, name)
        for column in columns:
            logical = column["LogicalName"]
            shown = f"_{logical}_value" if column["AttributeType"] == "Lookup" else logical
            assert shown in declared
        for key in entity["Keys"]:
            assert set(key["KeyAttributes"]) <= {column["LogicalName"] for column in columns}


def test_one_definition_is_found_by_name_and_by_id(dataverse: Dataverse) -> None:
    by_name = dataverse.get("EntityDefinitions(LogicalName='bot')?$select=EntitySetName")
    by_id = dataverse.get(f"EntityDefinitions({by_name['MetadataId']})")
    assert by_id["LogicalName"] == "bot"
    path = "EntityDefinitions(LogicalName='bot')/Attributes(LogicalName='statecode')"
    column = dataverse.get(f"{path}?$expand=OptionSet($select=Options)")
    assert [option["Value"] for option in column["OptionSet"]["Options"]] == [0, 1]
    typed = f"{path}/Microsoft.Dynamics.CRM.StateAttributeMetadata"
    assert dataverse.get(typed)["LogicalName"] == "statecode"
    wrong = f"{path}/Microsoft.Dynamics.CRM.StringAttributeMetadata"
    assert dataverse.is_refused("GET", wrong) == (404, "0x80060888")


def test_relationships_are_found_by_name(dataverse: Dataverse, found: Callable[..., Desk]) -> None:
    asked = "RelationshipDefinitions?$filter=SchemaName eq 'botcomponent_parent_bot'"
    relation = dataverse.rows(asked)[0]
    assert relation["ReferencedEntity"] == "bot"
    assert relation["ReferencingEntityNavigationPropertyName"] == "parentbotid"


def test_the_tables_are_fixed(dataverse: Dataverse) -> None:
    for method, path in (
        ("POST", "EntityDefinitions"),
        ("POST", "CreateEntities"),
        ("DELETE", "EntityDefinitions(LogicalName='bot')"),
        ("POST", "RelationshipDefinitions"),
    ):
        assert dataverse.is_refused(method, path, {}) == (400, "0x80040800")
