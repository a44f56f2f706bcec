"""Microsoft's own client, unmodified, reads and writes the Dataverse of an environment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clients.conftest import Worker
from tests.clients.dataverse import TOPIC, Client


@pytest.fixture
def client(worker: Worker, found: Callable[..., dict[str, Any]]) -> Client:
    return Client(worker, found())


# Reading


def test_application_users_are_listed_with_their_application(client: Client) -> None:
    users = client.does("""
        users = client.records.list(
            "systemuser", filter="applicationid ne null", include_annotations="*",
            select=["fullname", "applicationid", "isdisabled", "accessmode"])
        result = [user.to_dict() for user in users]
    """)
    assert [user["fullname"] for user in users] == ["Alpine Helper"]
    assert users[0]["applicationid"]
    assert users[0]["isdisabled"] is False
    annotation = "OData.Community.Display.V1.FormattedValue"
    assert users[0][f"isdisabled@{annotation}"] == "Enabled"
    assert users[0][f"accessmode@{annotation}"] == "Non-interactive"


def test_a_row_is_retrieved_by_its_id_or_is_none(client: Client) -> None:
    row, none = client.does(
        """
        row = client.records.retrieve("bot", bot, select=["name", "statecode"])
        none = client.records.retrieve("bot", "11111111-2222-3333-4444-555555555555")
        result = [[row["name"], row["statecode"], row.etag], none]
        """,
        bot=client.bot,
    )
    assert row[:2] == ["Alpine Helper", 0]
    assert row[2].startswith('W/"')
    assert none is None


def test_every_filter_of_the_builder_is_understood(client: Client) -> None:
    counts = client.does("""
        from PowerPlatform.Dataverse.models.filters import col
        import datetime, uuid
        name, created = col("fullname"), col("createdon")
        asked = [
            name == "MIA", name != "Mia", name.in_(["Mia", "O'Neil", "Noah"]),
            name.not_in(["Mia", "Noah"]), name.contains("i"), name.startswith("no"),
            name.endswith("a"), name.like("%oa%"), name.not_like("M%"), name.is_not_null(),
            col("applicationid").is_null(), col("isdisabled") == False,
            (name == "Mia") | (name == "Noah"), ~(name == "Mia"),
            name.between("B", "C"), name.not_between("B", "C"),
            created <= datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.timezone.utc),
            created > datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.timezone.utc),
            col("accessmode") == 4, col("systemuserid") == uuid.UUID(int=0),
        ]
        builder = client.query.builder
        result = [len(builder("systemuser").where(a).execute()) for a in asked]
    """)
    assert counts == [1, 7, 2, 6, 3, 1, 4, 1, 7, 8, 7, 8, 2, 7, 2, 6, 8, 0, 1, 0]


def test_pages_follow_one_another(client: Client) -> None:
    pages = client.does("""
        query = client.query.builder("systemuser").select("fullname").order_by("fullname", True)
        result = [[row["fullname"] for row in page] for page in query.page_size(3).execute_pages()]
    """)
    assert pages == [["Sam", "Pia", "Olga"], ["Noah", "Mia", "Ben"], ["Bea", "Alpine Helper"]]


def test_related_rows_come_along(client: Client) -> None:
    shown = client.does("""
        from PowerPlatform.Dataverse.models.query_builder import ExpandOption
        roles = ExpandOption("systemuserroles_association").select("name").order_by("name")
        query = client.query.builder("systemuser").select("fullname")
        query = query.expand(roles.top(2), "businessunitid").top(1)
        result = query.execute().first().to_dict()
    """)
    roles = [role["name"] for role in shown["systemuserroles_association"]]
    assert roles == ["Bot Author", "OC_Admin"]
    assert shown["businessunitid"]["name"] == "Production"


def test_sql_joins_groups_and_orders(client: Client) -> None:
    rows = client.does("""
        result = [row.to_dict() for row in client.query.sql(
            "SELECT TOP 2 b.name AS bot, COUNT(c.botcomponentid) AS parts FROM botcomponent c "
            "JOIN bot b ON b.botid = c.parentbotid WHERE c.componenttype = 9 "
            "GROUP BY b.name ORDER BY parts DESC")]
    """)
    assert rows[0]["bot"] == "Alpine Helper"
    assert rows[0]["parts"] > 5


def test_fetchxml_is_paged_with_cookies(client: Client) -> None:
    names, together = client.does("""
        xml = ("<fetch count='4'><entity name='botcomponent'><attribute name='name'/>"
               "<order attribute='name'/>"
               "<link-entity name='bot' from='botid' to='parentbotid' alias='b'>"
               "<filter><condition attribute='name' operator='begins-with' value='Alpine'/>"
               "</filter></link-entity></entity></fetch>")
        pages = list(client.query.fetchxml(xml).execute_pages())
        listed = client.records.list("botcomponent", select=["name"], orderby=["name"])
        result = [[row["name"] for page in pages for row in page], [row["name"] for row in listed]]
    """)
    assert len(names) > 4
    assert names == together


def test_tables_and_columns_are_described(client: Client) -> None:
    seen = client.does("""
        tables, query = client.tables, client.query
        result = {
            "table": tables.get("systemuser").to_dict(),
            "tables": [table["LogicalName"] for table in tables.list()],
            "columns": [column["LogicalName"] for column in tables.list_columns("bot")],
            "typed": tables.list_columns("bot", typed=True)[1]["MaxLength"],
            "keys": [key.key_attributes for key in tables.get_alternate_keys("systemuser")],
            "relations": [r["SchemaName"] for r in tables.list_table_relationships("bot")],
            "one": tables.get_relationship("systemuserroles_association") is not None,
            "sql": query.sql_columns("role")[0],
            "expands": query.odata_expands("botcomponent"),
            "none": tables.get("account"),
        }
    """)
    assert seen["table"]["entity_set_name"] == "systemusers"
    assert {"systemuser", "bot", "botcomponent", "solution", "role"} <= set(seen["tables"])
    assert {"botid", "name", "schemaname", "statecode"} <= set(seen["columns"])
    assert seen["typed"] == 100
    assert ["applicationid"] in seen["keys"]
    assert "botcomponent_parent_bot" in seen["relations"]
    assert seen["one"]
    assert (seen["sql"]["name"], seen["sql"]["is_pk"]) == ("roleid", True)
    assert [e["nav_property"] for e in seen["expands"]] == ["parentbotid"]
    assert seen["none"] is None


def test_data_frames_are_filled(client: Client) -> None:
    names = client.does("""
        frame = client.query.builder("role").select("name").execute().to_dataframe()
        result = sorted(frame["name"].tolist())
    """)
    assert "System Administrator" in names


# Writing


def test_a_bot_is_made_renamed_and_deleted(client: Client) -> None:
    names, after = client.does("""
        bot = client.records.create("bot", {"name": "Quiet Helper", "language": "English"})
        client.records.update("bot", bot, {"name": "Loud Helper"})
        names = [row["name"] for row in client.records.list("bot")]
        client.records.delete("bot", bot)
        result = [names, [row["name"] for row in client.records.list("bot")]]
    """)
    assert names == ["Alpine Helper", "Loud Helper"]
    assert after == ["Alpine Helper"]


def test_several_bots_are_made_changed_and_deleted_at_once(client: Client) -> None:
    names, after = client.does("""
        ids = client.records.create("bot", [{"name": "One"}, {"name": "Two"}, {"name": "Three"}])
        client.records.update("bot", ids[:2], [{"name": "First"}, {"name": "Second"}])
        names = [client.records.retrieve("bot", id)["name"] for id in ids]
        job = client.records.delete("bot", ids)
        result = [names, [bool(job), len(client.records.list("bot"))]]
    """)
    assert names == ["First", "Second", "Three"]
    assert after == [True, 1]


def test_a_data_frame_is_written(client: Client) -> None:
    names = client.does("""
        import pandas
        frame = pandas.DataFrame({"name": ["One", "Two"]})
        frame["botid"] = client.dataframe.create("bot", frame)
        frame["name"] = ["First", "Second"]
        client.dataframe.update("bot", frame, id_column="botid")
        result = [row["name"] for row in client.records.list("bot", orderby=["name"])]
    """)
    assert names == ["Alpine Helper", "First", "Second"]


def test_rows_are_found_or_made_by_an_alternate_key(client: Client) -> None:
    seen = client.does("""
        key = {"schemaname": "cr1a2_QuietHelper"}
        client.records.upsert("bot", [{"alternate_key": key, "record": {"name": "Quiet Helper"}}])
        client.records.upsert("bot", [
            {"alternate_key": key, "record": {"name": "Loud Helper"}},
            {"alternate_key": {"schemaname": "cr1a2_Other"}, "record": {"name": "Other"}},
        ])
        rows = client.records.list("bot", select=["name", "schemaname"], orderby=["schemaname"])
        result = [[row["schemaname"], row["name"]] for row in rows if "cr1a2" in row["schemaname"]]
    """)
    assert seen == [["cr1a2_Other", "Other"], ["cr1a2_QuietHelper", "Loud Helper"]]


def test_a_topic_is_written_and_read_as_its_maker_writes_it(client: Client) -> None:
    seen = client.does(
        """
        made = client.records.create("botcomponent", {
            "name": "Times", "componenttype": "Topic (V2)", "data": topic,
            "parentbotid@odata.bind": f"/bots({bot})"})
        client.records.update("botcomponent", made, {"name": "Opening times", "statecode": 1})
        row = client.records.retrieve("botcomponent", made, select=["name", "data", "statecode"])
        client.records.delete("botcomponent", made)
        result = [row["name"], row["data"], row["statecode"],
                  client.records.retrieve("botcomponent", made)]
        """,
        bot=client.bot,
        topic=TOPIC,
    )
    assert seen == ["Opening times", TOPIC, 1, None]


def test_a_topic_that_cannot_be_read_is_refused_with_its_line(client: Client) -> None:
    status, _, message = client.is_refused(
        """
        client.records.create("botcomponent", {
            "name": "Times", "componenttype": 9, "data": "kind: AdaptiveDialog\\nbeginDialog: 7\\n",
            "parentbotid@odata.bind": f"/bots({bot})"})
        """,
        bot=client.bot,
    )
    assert status == 400
    assert "Line 1 of 'Times'" in message


def test_a_solution_is_made_changed_and_deleted(client: Client) -> None:
    seen = client.does("""
        made = client.records.create("solution", {"uniquename": "Moves", "friendlyname": "To move"})
        client.records.update("solution", made, {"version": "2.0.0.0"})
        row = client.records.retrieve("solution", made)
        client.records.delete("solution", made)
        result = [row["uniquename"], row["friendlyname"], row["version"],
                  len(client.records.list("solution"))]
    """)
    assert seen == ["Moves", "To move", "2.0.0.0", 1]


def test_disabling_the_application_user_shows_in_the_admin_centre(client: Client) -> None:
    client.does("""
        from PowerPlatform.Dataverse.models.filters import col
        users = client.query.builder("systemuser").where(col("applicationid").is_not_null())
        user = users.execute().first()
        client.records.update("systemuser", user["systemuserid"], {"isdisabled": True})
    """)
    assert client.asks("/admin/{org}/api/application-users")["value"][0]["disabled"] is True


# Batches


def test_a_batch_answers_each_request(client: Client) -> None:
    seen = client.does(
        """
        batch = client.batch.new()
        batch.records.retrieve("bot", bot, select=["name"])
        batch.records.create("bot", {"name": "Batched"})
        batch.records.list("role", select=["name"], top=2)
        batch.tables.get("solution")
        batch.query.sql("SELECT name FROM bot")
        done = batch.execute()
        result = [[item.status_code for item in done.responses], len(list(done.entity_ids))]
        """,
        bot=client.bot,
    )
    assert seen == [[200, 204, 200, 200, 200], 1]


def test_a_change_set_refers_to_what_it_made(client: Client) -> None:
    seen = client.does(
        """
        batch = client.batch.new()
        with batch.changeset() as changes:
            made = changes.records.create("bot", {"name": "Batched"})
            changes.records.update("bot", made, {"name": "Batched twice"})
            changes.records.create("botcomponent", {
                "name": "Times", "componenttype": 9, "data": topic,
                "parentbotid@odata.bind": made})
        done = batch.execute()
        rows = client.records.list("bot", filter="name eq 'Batched twice'")
        parts = client.records.list(
            "botcomponent", filter=f"_parentbotid_value eq {rows[0]['botid']} and name eq 'Times'")
        result = [done.has_errors, len(rows), len(parts)]
        """,
        topic=TOPIC,
    )
    assert seen == [False, 1, 1]


def test_of_a_change_set_all_or_nothing_is_kept(client: Client) -> None:
    seen = client.does("""
        batch = client.batch.new()
        with batch.changeset() as changes:
            changes.records.create("bot", {"name": "Half done"})
            changes.records.update("bot", "11111111-2222-3333-4444-555555555555", {"name": "None"})
        done = batch.execute(continue_on_error=True)
        result = [[(i.status_code, i.error_code) for i in done.failed],
                  len(client.records.list("bot"))]
    """)
    assert seen == [[[404, "0x80040217"]], 1]


# Refusals


def test_only_a_system_administrator_writes(client: Client) -> None:
    refused = client.is_refused('client.records.create("bot", {"name": "Mine"})', who="Noah")
    assert refused[:2] == (403, "0x80040220")
    assert client.does('result = len(client.records.list("bot"))', who="Noah") == 1


@pytest.mark.parametrize(
    ("code", "status", "hex"),
    [
        ('client.records.list("bot", select=["colour"])', 400, "0x80060888"),
        ('client.records.list("bot", filter="name eq")', 400, "0x80060888"),
        ('client.records.create("bot", {"name": "x", "colour": 1})', 400, "0x80048d19"),
        ('client.records.create("bot", {"name": "x" * 101})', 400, "0x80044331"),
        ('client.records.create("bot", {})', 400, "0x80040200"),
        ('client.records.create("bot", {"name": "x", "language": 7})', 400, "0x8004431a"),
        ('client.records.create("systemuser", {"isdisabled": True})', 400, "0x80040800"),
        (
            'client.records.delete("role", "11111111-2222-3333-4444-555555555555")',
            404,
            "0x80040217",
        ),
        ('client.tables.create("cr1a2_Thing", {"cr1a2_Name": "string"})', 400, "0x80040800"),
        ('client.query.sql("SELECT colour FROM bot")', 400, "0x80048d0b"),
    ],
)
def test_refusals_have_the_products_code(client: Client, code: str, status: int, hex: str) -> None:
    assert client.is_refused(code)[:2] == (status, hex)


def test_a_bot_at_work_is_not_deleted(client: Client) -> None:
    refused = client.is_refused('client.records.delete("bot", bot)', bot=client.bot)
    assert refused[:2] == (400, "0x80040227")
    assert "Live chat" in refused[2]
