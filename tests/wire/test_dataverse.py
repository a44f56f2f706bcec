"""The Dataverse Web API without any client: what OData v4 and the product say of it."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from tests.wire.chat import Desk
from tests.wire.dataverse import FORMATTED, NOBODY, TOPIC, Dataverse


@pytest.fixture
def dataverse(client: httpx.Client, found: Callable[..., Desk]) -> Dataverse:
    return Dataverse(client, found().description)


# Reading


def test_a_row_has_its_key_its_etag_and_what_was_selected(dataverse: Dataverse) -> None:
    row = dataverse.get(f"bots({dataverse.bot})?$select=name")
    assert set(row) == {"@odata.context", "@odata.etag", "botid", "name"}
    assert row["@odata.context"].endswith("$metadata#bots(botid,name)/$entity")


def test_rows_are_found_by_alternate_keys(dataverse: Dataverse) -> None:
    user = dataverse.user()
    by = dataverse.get(f"systemusers(applicationid={user['applicationid']})")
    assert by["systemuserid"] == user["systemuserid"]
    schema = dataverse.get(f"bots({dataverse.bot})")["schemaname"]
    assert dataverse.get(f"bots(schemaname='{schema}')")["botid"] == dataverse.bot
    assert dataverse.is_refused("GET", f"systemusers(applicationid={NOBODY})") == (
        404,
        "0x80060891",
    )


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ("fullname eq 'mia'", {"Mia"}),
        ("fullname in ('Mia','Noah')", {"Mia", "Noah"}),
        ("fullname in ('Mia')", {"Mia"}),
        ("not (fullname eq 'Mia' or isdisabled eq false)", set()),
        ("contains(fullname,'oa') and startswith(fullname,'N')", {"Noah"}),
        ("endswith(fullname,'helper') eq true", {"Alpine Helper"}),
        ("applicationid ne null", {"Alpine Helper"}),
        ("accessmode eq 4", {"Alpine Helper"}),
        ("createdon gt 2026-03-02T09:00:00Z", set()),
        ("createdon ge 2026-03-02 and applicationid ne null", {"Alpine Helper"}),
        ("businessunitid/name eq 'Production' and fullname eq 'Sam'", {"Sam"}),
        ("systemuserroles_association/any(r:r/name eq 'OC_Admin')", {"Mia"}),
        ("islicensed eq false", {"Alpine Helper"}),
        ("'Mia' eq fullname", {"Mia"}),
        ("systemuserid eq 00000000-0000-0000-0000-000000000001", set()),
        ("Microsoft.Dynamics.CRM.EqualUserId(PropertyName='systemuserid')", {"Mia"}),
    ],
)
def test_filters(dataverse: Dataverse, condition: str, names: set[str]) -> None:
    rows = dataverse.rows(f"systemusers?$select=fullname&$filter={condition}")
    assert {row["fullname"] for row in rows} == names


def test_lookups_are_filtered_by_their_ids_in_either_spelling(dataverse: Dataverse) -> None:
    bare = dataverse.rows(f"botcomponents?$filter=_parentbotid_value eq {dataverse.bot}")
    quoted = dataverse.rows(f"botcomponents?$filter=_parentbotid_value eq '{dataverse.bot}'")
    assert bare == quoted != []
    assert dataverse.rows(f"botcomponents?$filter=_parentbotid_value eq {NOBODY}") == []


def test_counting_and_ordering(dataverse: Dataverse) -> None:
    page = dataverse.get("systemusers?$select=fullname&$orderby=fullname desc&$top=2&$count=true")
    assert [row["fullname"] for row in page["value"]] == ["Sam", "Pia"]
    assert page["@odata.count"] == 8
    assert "@odata.nextLink" not in page
    assert dataverse.ask("GET", "systemusers/$count").text == "8"


def test_pages_have_every_row_once(dataverse: Dataverse) -> None:
    prefer = "odata.maxpagesize=3"
    answer = dataverse.ask("GET", "systemusers?$select=fullname", prefer=prefer)
    assert answer.headers["Preference-Applied"] == prefer
    names, page = [], answer.json()
    while True:
        names += [row["fullname"] for row in page["value"]]
        if "@odata.nextLink" not in page:
            break
        rest = page["@odata.nextLink"].removeprefix(dataverse.root)
        page = dataverse.get(rest, prefer=prefer)
    assert len(names) == len(set(names)) == 8


def test_annotations_come_when_they_are_preferred(dataverse: Dataverse) -> None:
    path = "systemusers?$select=isdisabled,_businessunitid_value,createdon&$top=1"
    plain = dataverse.rows(path)[0]
    assert not [name for name in plain if "@" in name and not name.startswith("@odata")]
    row = dataverse.rows(path, prefer='odata.include-annotations="*"')[0]
    assert row[f"isdisabled@{FORMATTED}"] == "Enabled"
    assert row[f"_businessunitid_value@{FORMATTED}"] == "Production"
    assert row[f"createdon@{FORMATTED}"] == "3/2/2026 9:00 AM"
    lookup = "_businessunitid_value@Microsoft.Dynamics.CRM.lookuplogicalname"
    assert row[lookup] == "businessunit"


def test_related_rows_are_expanded_followed_and_referred_to(dataverse: Dataverse) -> None:
    user = dataverse.user()["systemuserid"]
    path = f"systemusers({user})?$select=fullname&$expand=systemuserroles_association($select=name)"
    assert [r["name"] for r in dataverse.get(path)["systemuserroles_association"]] == [
        "Omnichannel agent"
    ]
    follows = f"systemusers({user})/systemuserroles_association"
    assert [row["name"] for row in dataverse.rows(follows)] == ["Omnichannel agent"]
    references = dataverse.rows(f"{follows}/$ref")
    assert references[0]["@odata.id"].startswith(f"{dataverse.root}roles(")
    assert dataverse.get(f"systemusers({user})/businessunitid")["name"] == "Production"
    parts = dataverse.rows(
        f"bots({dataverse.bot})/botcomponent_parent_bot?$filter=name eq 'Greeting'"
    )
    assert [part["name"] for part in parts] == ["Greeting"]


def test_single_properties(dataverse: Dataverse) -> None:
    assert dataverse.get(f"bots({dataverse.bot})/name")["value"] == "Alpine Helper"
    assert dataverse.ask("GET", f"bots({dataverse.bot})/name/$value").text == "Alpine Helper"
    who = dataverse.get("WhoAmI")["UserId"]
    assert dataverse.ask("GET", f"systemusers({who})/applicationid").status_code == 204


def test_who_am_i_is_a_user_of_the_business_unit(dataverse: Dataverse) -> None:
    me = dataverse.get("WhoAmI()")
    user = dataverse.get(f"systemusers({me['UserId']})")
    assert (user["fullname"], user["_businessunitid_value"]) == ("Mia", me["BusinessUnitId"])
    assert dataverse.get(f"organizations({me['OrganizationId']})")["name"] == "Production"


def test_another_environment_has_rows_of_its_own(
    dataverse: Dataverse, client: httpx.Client
) -> None:
    other = next(
        each["id"] for each in dataverse.made["environments"] if each["id"] != dataverse.environment
    )
    there = Dataverse(client, dataverse.made, other)
    assert there.rows("bots") == []
    assert there.rows("systemusers?$filter=applicationid ne null") == []
    assert there.is_refused("GET", f"bots({dataverse.bot})") == (404, "0x80040217")
    user, part = dataverse.user(), dataverse.rows("botcomponents?$top=1")[0]
    gone = f"systemusers({user['systemuserid']})"
    assert there.is_refused("PATCH", gone, {"isdisabled": True}, if_match="*")[0] == 404
    assert there.is_refused("DELETE", f"botcomponents({part['botcomponentid']})")[0] == 404
    assert there.rows(f"botcomponents?$filter=_parentbotid_value eq {dataverse.bot}") == []
    made = there.made_id("bots", {"name": "Elsewhere"})
    assert dataverse.is_refused("GET", f"bots({made})")[0] == 404


# Writing


def test_a_disabled_application_user_stops_the_bot(
    client: httpx.Client, found: Callable[..., Desk]
) -> None:
    desk = found()
    dataverse = Dataverse(client, desk.description)
    path = f"systemusers({dataverse.user()['systemuserid']})"
    dataverse.does("PATCH", path, {"isdisabled": True})
    assert dataverse.get(path)["isdisabled"] is True
    bot = client.get(
        f"/portal/{desk.id}/api/bots/{dataverse.bot}", headers=desk.as_user("Mia")
    ).json()
    assert bot["connection"]["application_user"]["disabled"] is True
    chat = desk.start()
    chat.say("hello")
    assert "2013" in " ".join(chat.texts())
    dataverse.does("PATCH", path, {"isdisabled": False})
    chat = desk.start()
    chat.say("hello")
    assert "2013" not in " ".join(chat.texts())


def test_an_application_user_that_is_deleted_is_gone(dataverse: Dataverse) -> None:
    path = f"systemusers({dataverse.user()['systemuserid']})"
    dataverse.does("DELETE", path)
    assert dataverse.is_refused("GET", path) == (404, "0x80040217")
    assert dataverse.rows("systemusers?$filter=applicationid ne null") == []


def test_the_row_comes_back_when_that_is_preferred(dataverse: Dataverse) -> None:
    prefer = "return=representation"
    answer = dataverse.does("POST", "bots?$select=name", {"name": "New"}, 201, prefer=prefer)
    assert answer.json()["name"] == "New"
    assert answer.headers["OData-EntityId"].startswith(f"{dataverse.root}bots(")
    path = f"bots({answer.json()['botid']})"
    changed = dataverse.does("PATCH", path, {"name": "Newer"}, 200, prefer=prefer).json()
    assert changed["name"] == "Newer"
    assert changed["@odata.etag"] != answer.json()["@odata.etag"]


def test_a_version_that_has_passed_is_not_written_over(dataverse: Dataverse) -> None:
    path = f"bots({dataverse.bot})"
    first = dataverse.get(path)["@odata.etag"]
    dataverse.does("PATCH", path, {"name": "Alpine Guide"}, if_match=first)
    refused = dataverse.is_refused("PATCH", path, {"name": "Third"}, if_match=first)
    assert refused == (412, "0x80060882")
    assert dataverse.get(path)["name"] == "Alpine Guide"
    assert dataverse.ask("GET", path, if_none_match=first).status_code == 200
    now = dataverse.get(path)["@odata.etag"]
    assert dataverse.ask("GET", path, if_none_match=now).status_code == 304


def test_patch_makes_the_row_unless_that_is_forbidden(dataverse: Dataverse) -> None:
    path = f"bots({NOBODY})"
    assert dataverse.is_refused("PATCH", path, {"name": "x"}, if_match="*")[0] == 404
    dataverse.does("PATCH", path, {"name": "Made there"})
    assert dataverse.get(path)["name"] == "Made there"
    refused = dataverse.is_refused("PATCH", path, {"name": "x"}, if_none_match="*")
    assert refused == (412, "0x80040237")


def test_one_property_is_put(dataverse: Dataverse) -> None:
    dataverse.does("PUT", f"bots({dataverse.bot})/name", {"value": "Guide"})
    assert dataverse.get(f"bots({dataverse.bot})/name")["value"] == "Guide"


def test_what_cannot_be_changed_is_refused_and_nothing_is(dataverse: Dataverse) -> None:
    path = f"bots({dataverse.bot})"
    refused = dataverse.is_refused("PATCH", path, {"name": "Guide", "statecode": 1})
    assert refused == (400, "0x80040203")
    assert dataverse.get(path)["name"] == "Alpine Helper"
    # The same value may be said again: a row that was read is written as it is.
    row = {n: v for n, v in dataverse.get(path).items() if "@" not in n and n[0] != "_"}
    dataverse.does("PATCH", path, row | {"name": "Guide"})
    assert dataverse.get(path)["name"] == "Guide"


def test_many_rows_are_written_together_or_not_at_all(dataverse: Dataverse) -> None:
    kind = "Microsoft.Dynamics.CRM.bot"
    rows = [{"@odata.type": kind, "name": name} for name in ("One", "Two")]
    path = "bots/Microsoft.Dynamics.CRM."
    made = dataverse.does("POST", path + "CreateMultiple", {"Targets": rows}, 200).json()["Ids"]
    assert [dataverse.get(f"bots({id})")["name"] for id in made] == ["One", "Two"]
    half = [*rows, {"@odata.type": kind, "name": ""}]
    assert dataverse.is_refused("POST", path + "CreateMultiple", {"Targets": half})[0] == 400
    assert len(dataverse.rows("bots")) == 3
    changes = [{"@odata.type": kind, "botid": id, "name": "Same"} for id in made]
    changes.append({"@odata.type": kind, "botid": NOBODY, "name": "None"})
    assert dataverse.is_refused("POST", path + "UpdateMultiple", {"Targets": changes})[0] == 404
    assert dataverse.get(f"bots({made[0]})")["name"] == "One"


def test_roles_are_given_and_taken(dataverse: Dataverse) -> None:
    noah = dataverse.rows("systemusers?$filter=fullname eq 'Noah'")[0]["systemuserid"]
    role = dataverse.rows("roles?$filter=name eq 'OC_Admin'")[0]["roleid"]
    path = f"systemusers({noah})/systemuserroles_association"
    dataverse.does("POST", f"{path}/$ref", {"@odata.id": f"{dataverse.root}roles({role})"})
    assert "OC_Admin" in {row["name"] for row in dataverse.rows(path)}
    members = dataverse.rows(f"roles({role})/systemuserroles_association?$select=fullname")
    assert {row["fullname"] for row in members} == {"Mia", "Noah"}
    dataverse.does("DELETE", f"{path}({role})/$ref")
    assert "OC_Admin" not in {row["name"] for row in dataverse.rows(path)}
    user = dataverse.user()["systemuserid"]
    refused = dataverse.is_refused(
        "POST",
        f"systemusers({user})/systemuserroles_association/$ref",
        {"@odata.id": f"roles({role})"},
    )
    assert refused == (400, "0x80040265")


def test_a_topic_is_published_by_the_products_action(dataverse: Dataverse) -> None:
    body = {"name": "Times", "componenttype": 9, "data": TOPIC}
    body["parentbotid@odata.bind"] = f"/bots({dataverse.bot})"
    part = dataverse.made_id("botcomponents", body)
    assert dataverse.get(f"botcomponents({part})")["schemaname"].endswith(".topic.Times")
    dataverse.does("POST", f"bots({dataverse.bot})/Microsoft.Dynamics.CRM.PvaPublish", {})


# Who may


def test_a_stranger_is_not_let_in(
    dataverse: Dataverse, client: httpx.Client, found: Callable[..., Desk]
) -> None:
    answer = dataverse.ask("GET", "bots", who=None)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    other = Dataverse(client, found().description)
    dataverse.tokens["Mia"] = other.tokens["Mia"]
    assert dataverse.is_refused("GET", "bots") == (403, "0x80072560")


@pytest.mark.parametrize("who", ["Noah", "Ben", "Olga"])
def test_only_a_system_administrator_writes(dataverse: Dataverse, who: str) -> None:
    path = f"bots({dataverse.bot})"
    assert dataverse.get(path, who=who)["name"] == "Alpine Helper"
    for method, at, body in (
        ("POST", "bots", {"name": "x"}),
        ("PATCH", path, {"name": "x"}),
        ("DELETE", path, None),
        ("PATCH", f"bots({NOBODY})", {"name": "x"}),
        ("DELETE", f"systemusers({dataverse.user()['systemuserid']})", None),
    ):
        assert dataverse.is_refused(method, at, body, who) == (403, "0x80040220")


def test_people_are_not_disabled_here(dataverse: Dataverse) -> None:
    me = dataverse.get("WhoAmI")["UserId"]
    refused = dataverse.is_refused("PATCH", f"systemusers({me})", {"isdisabled": True})
    assert refused == (400, "0x80040265")


def test_a_head_is_that_of_the_answer(dataverse: Dataverse) -> None:
    answer = dataverse.ask("HEAD", f"bots({dataverse.bot})")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["ETag"]


def test_headers_are_spelt_as_the_products(dataverse: Dataverse) -> None:
    """The asynchronous client of Microsoft's looks for that spelling alone."""
    made = dataverse.does("POST", "bots", {"name": "Quiet Helper"})
    names = [name for name, _ in made.headers.raw]
    assert {b"OData-EntityId", b"OData-Version"} <= set(names)
    assert len({name.lower() for name in names}) == len(names)


def test_what_is_not_there_is_not_published(dataverse: Dataverse) -> None:
    publish = f"bots({NOBODY})/Microsoft.Dynamics.CRM.PvaPublish"
    assert dataverse.is_refused("POST", publish) == (404, "0x80040217")


def test_a_row_keeps_its_id(dataverse: Dataverse) -> None:
    path = f"bots({dataverse.bot})"
    assert dataverse.is_refused("PATCH", path, {"botid": NOBODY}) == (400, "0x80048d19")


def test_a_lookup_is_written_by_the_address_of_a_row(dataverse: Dataverse) -> None:
    part = dataverse.rows("botcomponents?$top=1")[0]
    for name in ("_parentbotid_value", "parentbotid"):
        path = f"botcomponents({part['botcomponentid']})"
        answer = dataverse.ask("PATCH", path, json={name: dataverse.bot})
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == (400, "0x80048d19")
        assert "'parentbotid@odata.bind'" in error["message"]


def test_an_unknown_environment_has_no_service(dataverse: Dataverse) -> None:
    dataverse.root = dataverse.root.replace(dataverse.environment, "env-nowhere")
    assert dataverse.is_refused("GET", "bots")[0] == 404
