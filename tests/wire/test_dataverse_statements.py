"""SQL and FetchXML of the Dataverse Web API: what the product's endpoints take, by type."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.wire.dataverse import Dataverse


@pytest.fixture(scope="module")
def dataverse(client: httpx.Client) -> Dataverse:
    return Dataverse(client, client.post("/control/organisations", json={}).json())


def asked(dataverse: Dataverse, sql: str) -> list[dict[str, Any]]:
    return dataverse.rows(f"systemusers?sql={quote(sql)}")


def fetched(dataverse: Dataverse, inner: str, more: str = "") -> list[dict[str, Any]]:
    xml = f"<fetch {more}><entity name='systemuser'>{inner}</entity></fetch>"
    return dataverse.rows(f"systemusers?fetchXml={quote(xml)}")


@pytest.mark.parametrize(
    ("paging", "names"),
    [
        ("OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY", ["Ben", "Mia", "Noah"]),
        ("offset 1 row fetch first 1 row only", ["Bea"]),
        ("OFFSET 6 ROWS", ["Pia", "Sam"]),
        ("OFFSET 99 ROWS FETCH NEXT 3 ROWS ONLY", []),
    ],
)
def test_sql_goes_on_after_some_rows(dataverse: Dataverse, paging: str, names: list[str]) -> None:
    rows = asked(dataverse, f"SELECT fullname FROM systemuser ORDER BY fullname {paging}")
    assert [row["fullname"] for row in rows] == names


def test_what_reads_like_paging_in_a_text_is_a_text(dataverse: Dataverse) -> None:
    assert (
        asked(dataverse, "SELECT fullname FROM systemuser WHERE fullname = 'x OFFSET 1 ROWS'") == []
    )


def test_yes_and_no_are_no_numbers(dataverse: Dataverse) -> None:
    sql = "SELECT isdisabled, accessmode FROM systemuser WHERE isdisabled = 0 AND fullname = 'Mia'"
    assert asked(dataverse, sql) == [{"isdisabled": False, "accessmode": 0}]
    inner = (
        "<attribute name='islicensed'/>"
        "<filter><condition attribute='fullname' operator='eq' value='Mia'/></filter>"
    )
    assert fetched(dataverse, inner)[0]["islicensed"] is True


def test_what_is_counted_is_a_number(dataverse: Dataverse) -> None:
    inner = (
        "<attribute name='isdisabled' groupby='true' alias='off'/>"
        "<attribute name='isdisabled' aggregate='countcolumn' alias='users'/>"
    )
    assert fetched(dataverse, inner, "aggregate='true'") == [{"off": False, "users": 8}]


ADMINISTRATORS = ["Mia", "Pia"]


def test_fetchxml_leads_from_users_to_roles(dataverse: Dataverse) -> None:
    inner = (
        "<attribute name='fullname'/><order attribute='fullname'/>"
        "<link-entity name='systemuserroles' from='systemuserid' to='systemuserid'>"
        "<link-entity name='role' from='roleid' to='roleid'><filter>"
        "<condition attribute='name' operator='eq' value='System Administrator'/>"
        "</filter></link-entity></link-entity>"
    )
    assert [row["fullname"] for row in fetched(dataverse, inner)] == ADMINISTRATORS


def test_sql_leads_from_users_to_roles(dataverse: Dataverse) -> None:
    rows = asked(
        dataverse,
        "SELECT u.fullname FROM systemuser u"
        " JOIN systemuserroles m ON m.systemuserid = u.systemuserid"
        " JOIN role r ON r.roleid = m.roleid"
        " WHERE r.name = 'System Administrator' ORDER BY u.fullname",
    )
    assert [row["fullname"] for row in rows] == ADMINISTRATORS


@pytest.mark.parametrize(
    ("operator", "day", "met"),
    [
        ("on", "2026-03-02", 8),
        ("on", "2026-03-02T23:00:00Z", 8),
        ("on", "2026-03-03", 0),
        ("on-or-after", "2026-03-02", 8),
        ("on-or-after", "2026-03-03", 0),
        ("on-or-before", "2026-03-02", 8),
        ("on-or-before", "2026-03-01", 0),
    ],
)
def test_days_are_compared_as_days(dataverse: Dataverse, operator: str, day: str, met: int) -> None:
    inner = (
        "<attribute name='fullname'/><filter>"
        f"<condition attribute='createdon' operator='{operator}' value='{day}'/></filter>"
    )
    assert len(fetched(dataverse, inner)) == met
