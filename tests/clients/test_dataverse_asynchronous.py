"""Microsoft's asynchronous client, unmodified, reads and writes the Dataverse of an environment."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent, indent
from typing import Any

import pytest

from tests.clients.conftest import Worker
from tests.clients.dataverse import Client


@pytest.fixture
def client(worker: Worker, found: Callable[..., dict[str, Any]]) -> Client:
    return Client(worker, found())


def at_work(code: str) -> str:
    """Some code that awaits, with `client` the asynchronous one, in a program."""
    return f"""
import asyncio
async def work():
    async with asynchronous() as client:
{indent(dedent(code), " " * 8)}
        return seen
result = asyncio.run(work())
"""


def test_rows_are_made_changed_and_deleted(client: Client) -> None:
    seen = client.does(
        at_work("""
        one = await client.records.create("bot", {"name": "One"})
        more = await client.records.create("bot", [{"name": "Two"}, {"name": "Three"}])
        await client.records.update("bot", one, {"name": "First"})
        key = {"schemaname": "cr1a2_Four"}
        await client.records.upsert("bot", [{"alternate_key": key, "record": {"name": "Four"}}])
        made = await client.records.retrieve("bot", one, select=["name"])
        seen = [made["name"], len(await client.records.list("bot"))]
        await client.records.delete("bot", one)
        await client.records.delete("bot", more)
        seen += [row["name"] for row in await client.records.list("bot", orderby=["name"])]
        """)
    )
    assert seen == ["First", 5, "Alpine Helper", "Four"]


def test_pages_and_statements_are_read(client: Client) -> None:
    seen = client.does(
        at_work("""
        query = client.query.builder("systemuser").select("fullname").page_size(3)
        seen = [[len(page) async for page in query.execute_pages()]]
        paged = "SELECT fullname FROM systemuser ORDER BY fullname OFFSET 1 ROWS"
        rows = await client.query.sql(f"{paged} FETCH NEXT 2 ROWS ONLY")
        seen.append([row["fullname"] for row in rows])
        xml = "<fetch><entity name='bot'><attribute name='name'/></entity></fetch>"
        seen.append([row["name"] for row in await client.query.fetchxml(xml).execute()])
        seen.append((await client.tables.get("bot"))["entity_set_name"])
        """)
    )
    assert seen == [[3, 3, 2], ["Bea", "Ben"], ["Alpine Helper"], "bots"]


def test_a_change_set_refers_to_what_it_made(client: Client) -> None:
    seen = client.does(
        at_work("""
        batch = client.batch.new()
        async with batch.changeset() as changes:
            made = changes.records.create("bot", {"name": "Batched"})
            changes.records.update("bot", made, {"name": "Batched twice"})
        done = await batch.execute()
        rows = await client.records.list("bot", filter="name eq 'Batched twice'")
        seen = [done.has_errors, len(rows)]
        """)
    )
    assert seen == [False, 1]


def test_what_is_refused_has_a_status_and_a_code(client: Client) -> None:
    status, code, _ = client.is_refused(
        at_work("""
        seen = await client.records.create("bot", {"name": "x" * 101})
        """)
    )
    assert (status, code) == (400, "0x80044331")
