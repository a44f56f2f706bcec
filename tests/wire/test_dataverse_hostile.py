"""Whatever is asked of the Dataverse Web API: an answer or a refusal, and nothing is lost."""

from __future__ import annotations

from random import Random
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.wire.dataverse import NOBODY, Dataverse

WORDS = (
    *(
        "bots",
        "systemusers",
        "EntityDefinitions",
        "$metadata",
        "$ref",
        "$count",
        "$value",
        "$batch",
    ),
    *("name", "eq", "null", "and", "or", "not", "in", "(", ")", "'", '"', ",", "/", "[", "]", "="),
    *("contains", "any", "r:r/name", "Microsoft.Dynamics.CRM.In", "PropertyName", "2026-13-45"),
    *("99999999999999999999999", "1e999", "true", "'x'", "''", "%", "\0", "🦄", "..", "$1", "@p1"),
    *("fullname", "_businessunitid_value", "systemuserroles_association", "businessunitid", NOBODY),
    *("$select", "$filter", "$expand", "$orderby", "$top", "$skiptoken", ";", "&", "?", "#", " "),
    *("<fetch>", "<cookie", "SELECT", "FROM", "bot", "--", "UNION", "*", "{", "}", "\\", "\n"),
)
OPTIONS = ("$select", "$filter", "$orderby", "$top", "$expand", "$count", "$skiptoken", "sql")
BODIES: tuple[Any, ...] = (
    *({}, {"name": 7}, {"name": None}, {"name": ["x"]}, {"name": "x", "name ": 1}, {"": ""}),
    *({"parentbotid@odata.bind": 7}, {"parentbotid@odata.bind": "/bots"}, {"@odata.id": "x"}),
    *({"Targets": 7}, {"Targets": []}, {"Targets": [7]}, {"Targets": [{}]}, {"value": {}}),
    *({"statecode": 10**30}, {"isdisabled": "yes"}, {"botid": "x"}, [], "x", 7),
    *({"QuerySet": 7}, {"QuerySet": [{"EntityName": "bot"}]}, {"QuerySet": [{}]}, {"x": [[[]]]}),
)


@pytest.fixture(scope="module")
def dataverse(client: httpx.Client) -> Dataverse:
    return Dataverse(client, client.post("/control/organisations", json={}).json())


def is_answered(answer: httpx.Response) -> None:
    """It is answered, or refused in the product's shape."""
    assert answer.status_code < 500, f"{answer.request.method} {answer.request.url}: {answer.text}"
    # A path with dots may lead out of the service.
    if answer.status_code >= 400 and "/api/data/" in str(answer.request.url):
        assert set(answer.json()["error"]) == {"code", "message"}


def babble(random: Random, most: int = 8) -> str:
    return "".join(random.choice(WORDS) for _ in range(random.randint(1, most)))


@pytest.mark.parametrize("seed", range(100))
def test_babble_in_options(dataverse: Dataverse, seed: int) -> None:
    random = Random(seed)
    table = random.choice(("bots", "systemusers", "botcomponents", "EntityDefinitions"))
    asked = "&".join(
        f"{random.choice(OPTIONS)}={quote(babble(random))}" for _ in range(random.randint(1, 3))
    )
    is_answered(dataverse.ask("GET", f"{table}?{asked}"))


@pytest.mark.parametrize("seed", range(60))
def test_babble_in_paths(dataverse: Dataverse, seed: int) -> None:
    random = Random(seed)
    # No route takes a line break: the answer is then the application's own.
    path = quote(babble(random).replace("\n", " "), safe="/()'=,$")
    is_answered(
        dataverse.ask(random.choice(("GET", "POST", "PATCH", "DELETE", "PUT")), path, json={})
    )


@pytest.mark.parametrize("body", BODIES, ids=str)
def test_bodies_of_another_shape(dataverse: Dataverse, body: Any) -> None:
    before = dataverse.rows("bots")
    bulk = "Microsoft.Dynamics.CRM."
    for method, path in (
        ("POST", "bots"),
        ("POST", "botcomponents"),
        ("PATCH", f"bots({dataverse.bot})"),
        ("PUT", f"bots({dataverse.bot})/name"),
        ("POST", f"bots/{bulk}CreateMultiple"),
        ("POST", f"bots/{bulk}UpdateMultiple"),
        ("POST", f"bots/{bulk}UpsertMultiple"),
        ("POST", "BulkDelete"),
        ("POST", f"systemusers({NOBODY})/systemuserroles_association/$ref"),
    ):
        answer = dataverse.ask(method, path, json=body)
        is_answered(answer)
        assert answer.status_code >= 400 or (method == "PATCH" and answer.status_code == 204)
    assert dataverse.rows("bots") == before


@pytest.mark.parametrize(
    "condition",
    [
        "(" * 3000 + "name eq 'x'" + ")" * 3000,
        "not " * 3000 + "ismanaged",
        " or ".join(["name eq 'x'"] * 700),
        "name in (" + ",".join(["'x'"] * 3000) + ")",
        "createdon gt 0001-01-01T00:00:00+14:00",
        "createdon gt 9999-12-31T23:59:59-14:00",
        "createdon lt 'yesterday'",
        "botid eq 'x'",
        "name eq 7",
        "statecode eq 'Active'",
        "botcomponent_parent_bot/any(r:r/botcomponent_parent_bot/any(s:s/name eq 'x'))",
        "Microsoft.Dynamics.CRM.Between(PropertyName='name',PropertyValues=[\"a\"])",
        "Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=7)",
    ],
    ids=lambda text: text[:40],
)
def test_conditions_that_lead_too_far(dataverse: Dataverse, condition: str) -> None:
    is_answered(dataverse.ask("GET", f"bots?$filter={quote(condition)}"))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT name FROM bot; DROP TABLE bot",
        "SELECT name FROM bot UNION SELECT name FROM role",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM t) SELECT n FROM t, bot",
        "SELECT load_extension('x') FROM bot",
        "SELECT hex(zeroblob(1000000000)) FROM bot",
        "SELECT name FROM sqlite_master, bot",
        "SELECT * FROM bot",
        "DELETE FROM bot",
        "PRAGMA database_list",
        "SELECT",
        "",
        "SELECT name FROM bot WHERE name = 'x",
        "SELECT COUNT(*) AS n FROM " + ", ".join(f"botcomponent {name}" for name in "abcdefghijkl"),
    ],
)
def test_statements_that_are_no_plain_select(dataverse: Dataverse, sql: str) -> None:
    assert dataverse.is_refused("GET", f"bots?sql={quote(sql)}")[1] == "0x80048d0b"


ENTITIES = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 30))


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<fetch>",
        "<fetch><entity name='role'/></fetch>",
        "<fetch top='-1'><entity name='bot'/></fetch>",
        "<fetch count='x'><entity name='bot'/></fetch>",
        "<fetch><entity name='bot'><attribute name='x'/></entity></fetch>",
        "<fetch><entity name='bot'><attribute name='name' alias='a\" b'/></entity></fetch>",
        "<fetch><entity name='bot'><filter><condition attribute='name' operator='x'/>"
        "</filter></entity></fetch>",
        "<fetch><entity name='bot'><filter><condition attribute='name' operator='on' value='x'/>"
        "</filter></entity></fetch>",
        "<fetch><entity name='bot'><link-entity name='x' from='a' to='b'/></entity></fetch>",
        f"<!DOCTYPE fetch [<!ENTITY a0 'x'>{ENTITIES}]><fetch>&a29;</fetch>",
        "<!DOCTYPE fetch [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><fetch>&a;</fetch>",
        "<fetch><entity name='bot'>" + "<filter>" * 500 + "</filter>" * 500 + "</entity></fetch>",
    ],
    ids=lambda text: text[:50],
)
def test_fetchxml_that_is_none(dataverse: Dataverse, xml: str) -> None:
    assert dataverse.is_refused("GET", f"bots?fetchXml={quote(xml)}")[0] == 400


@pytest.mark.parametrize(
    "query",
    ["$skip=1", "$search=x", "$select=a&$select=b", "foo=1", "$top=-1", "$top=x", "$count=maybe"],
)
def test_options_that_the_product_does_not_take(dataverse: Dataverse, query: str) -> None:
    assert dataverse.is_refused("GET", f"bots?{query}") == (400, "0x80060888")


def test_a_broken_body_is_refused(dataverse: Dataverse) -> None:
    answer = dataverse.client.post(
        f"{dataverse.root}bots",
        content=b'{"name": ',
        headers={"authorization": f"Bearer {dataverse.tokens['Mia']}"},
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "0x80048d19")


def test_preferences_that_are_none_are_passed_over(dataverse: Dataverse) -> None:
    for prefer in ("odata.maxpagesize=x", "odata.maxpagesize=0", ",;=", '"', "return=nothing"):
        assert dataverse.rows("bots", prefer=prefer)
