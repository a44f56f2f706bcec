"""What stands before a chat: hours, listed pages, the survey; and what is hidden in it."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from harness.reference.domain.rich import CARD, CONTENT_TYPE
from tests.reference.site import Site, refusal

ADMIN = "/admin/{org}/api/widget"
WORK = "/workspace/{org}/api"
QUESTIONS = [
    {"name": "Town", "text": "Where do you live?", "required": True},
    {"name": "Story", "text": "What happened?", "type": "Multiple lines"},
    {"name": "Size", "text": "Which size?", "type": "Option set", "options": ["S", "L"]},
    {"name": "Terms", "text": "I agree.", "type": "User consent", "required": True},
]


def connector(site: Site, call: str) -> str:
    return f"/livechatconnector/{call}/{site.id}/{site.shown['widget']['app_id']}"


def config(site: Site, **headers: str) -> Any:
    return site.client.request("GET", connector(site, "config"), headers=headers)


def start(site: Site, body: dict[str, Any] | None = None, **headers: str) -> Any:
    path = f"{connector(site, 'organization').rpartition('/')[0]}/widgetApp/"
    path += f"{site.shown['widget']['app_id']}/conversation"
    headers = {"Request-Id": str(uuid4()), **headers}
    return site.client.request("POST", path, headers=headers, json=body or {})


def context(site: Site, answer: Any) -> dict[str, Any]:
    id = answer.headers["oc-sessionid"]
    shown = site.get("Sam", f"{WORK}/conversations/{id}")["context"]
    return {name: entry["value"] for name, entry in shown.items()}


def change(site: Site, **settings: Any) -> None:
    site.do("Olga", "PATCH", ADMIN, settings)


def advance(site: Site, duration: str) -> None:
    path = f"/control/organisations/{site.id}/clock"
    answer = site.client.request("POST", path, json={"advance": duration})
    assert answer.status_code == 200, answer.text


def joined(site: Site) -> dict[str, Any]:
    told: dict[str, Any] = config(site).json()["LiveWSAndLiveChatEngJoin"]
    return told


def test_the_widget_is_told_of_its_hours_as_they_pass(site: Site) -> None:
    assert (joined(site)["OutOfOperatingHours"], joined(site)["ShowWidget"]) == ("False", "True")
    change(site, hours={"time_zone": "Europe/Oslo", "end": "11:00"})
    assert joined(site)["OutOfOperatingHours"] == "False"
    advance(site, "PT1H")
    assert (joined(site)["OutOfOperatingHours"], joined(site)["ShowWidget"]) == ("True", "False")
    change(site, shown_out_of_hours=True)
    assert joined(site)["ShowWidget"] == "True"


def test_a_chat_out_of_hours_is_refused_by_number_and_nothing_begins(site: Site) -> None:
    change(site, hours={"start": "10:00"})
    answer = start(site)
    assert refusal(answer) == (400, "WidgetUseOutsideOperatingHour")
    assert (answer.headers["errorcode"], answer.json()["error"]["code"]) == ("705", 705)
    assert site.get("Sam", f"{WORK}/ongoing")["value"] == []
    advance(site, "PT1H")
    assert start(site).status_code == 200


def test_the_older_way_to_begin_is_refused_out_of_hours_too(site: Site) -> None:
    change(site, hours={"start": "10:00"})
    path = f"{connector(site, 'sessioninit')}/{uuid4()}?channelId=lcw"
    answer = site.client.request("POST", path, json={})
    assert (answer.status_code, answer.headers["errorcode"]) == (400, "705")


def test_a_chat_goes_on_when_the_hours_end(site: Site) -> None:
    change(site, hours={"end": "10:00"})
    request = str(uuid4())
    begun = start(site, None, **{"Request-Id": request})
    advance(site, "PT1H")
    again = start(site, None, **{"Request-Id": request})
    assert again.json()["ChatId"] == begun.json()["ChatId"]


@pytest.mark.parametrize(
    ("origin", "taken"),
    [
        ("https://shop.example.com", True),
        ("https://SHOP.example.com:8443", True),
        ("https://xn--bcher-kva.example", True),
        ("https://example.com", False),
        ("https://evil-shop.example.com", False),
        ("https://shop.example.com.evil.test", False),
        ("null", False),
    ],
)
def test_only_listed_pages_get_the_widget(site: Site, origin: str, taken: bool) -> None:
    change(site, domains=["shop.example.com", "bücher.example"])
    assert (config(site, Origin=origin).status_code == 200) is taken
    begun = start(site, None, Origin=origin)
    if taken:
        assert begun.headers["access-control-allow-origin"] == origin
    else:
        assert refusal(begun) == (403, "OriginNotListed")
        assert "access-control-allow-origin" not in begun.headers
        assert refusal(config(site, Origin=origin)) == (403, "OriginNotListed")


def test_a_page_of_the_target_itself_is_known_by_its_address(site: Site) -> None:
    change(site, domains=["shop.example.com"])
    own = config(site, Referer="https://testserver/shop/x")
    assert refusal(own) == (403, "OriginNotListed")
    assert config(site).status_code == 200, "a program is no page"


def test_a_preflight_of_a_page_that_is_not_listed_is_not_answered(site: Site) -> None:
    change(site, domains=["shop.example.com"])
    path = f"{connector(site, 'getliveworkitemdetails')}/r"
    headers = {"Origin": "https://evil.test", "Access-Control-Request-Method": "GET"}
    answer = site.client.request("OPTIONS", path, headers=headers)
    assert "access-control-allow-origin" not in answer.headers
    headers["Origin"] = "https://shop.example.com"
    answer = site.client.request("OPTIONS", path, headers=headers)
    assert answer.headers["access-control-allow-origin"] == "https://shop.example.com"


def test_the_survey_is_a_card_with_an_input_for_each_question(site: Site) -> None:
    assert joined(site)["msdyn_prechatenabled"] == "false"
    change(site, pre_chat=QUESTIONS)
    assert joined(site)["msdyn_prechatenabled"] == "true"
    card = json.loads(joined(site)["PreChatSurvey"])
    inputs = [part for part in card["body"] if part["type"].startswith("Input.")]
    kinds = ["Input.Text", "Input.Text", "Input.ChoiceSet", "Input.Toggle"]
    assert [part["type"] for part in inputs] == kinds
    ids = [json.loads(part["id"]) for part in inputs]
    assert [(id["Name"], id["IsRequired"]) for id in ids] == [
        (question["name"], question.get("required", False)) for question in QUESTIONS
    ]
    assert card["actions"][0]["data"] == {"Type": "InputSubmit"}


def test_answers_become_variables_under_either_form_of_their_names(site: Site) -> None:
    change(site, pre_chat=QUESTIONS)
    card = json.loads(joined(site)["PreChatSurvey"])
    ids = [part["id"] for part in card["body"] if "id" in part]
    given = dict(zip(ids, ("Oslo", "It broke.", "L", "True"), strict=True))
    by_id = context(site, start(site, {"preChatResponse": {"Type": "InputSubmit", **given}}))
    by_name = {"Town": "Oslo", "Story": "It broke.", "Size": "L", "Terms": "true"}
    plain = context(site, start(site, {"preChatResponse": {"Type": "InputSubmit", **by_name}}))
    wanted = {"Town": "Oslo", "Story": "It broke.", "Size": "L", "Terms": True}
    assert by_id == plain == wanted


@pytest.mark.parametrize("id", ["{", "{" * 20_000, '{"Id": 5}', '{"Id": ""}', '{"x": 1}'])
def test_an_answer_to_nothing_that_was_asked_keeps_its_name(site: Site, id: str) -> None:
    change(site, pre_chat=QUESTIONS)
    answer = start(site, {"preChatResponse": {"Type": "InputSubmit", id: "Oslo"}})
    assert context(site, answer) == {id: "Oslo"}


def test_what_is_asked_is_declared_by_the_workstream(site: Site) -> None:
    change(site, pre_chat=QUESTIONS)
    change(site, pre_chat=QUESTIONS[1:])
    [stream] = site.get("Olga", "/admin/{org}/api/workstreams")["value"]
    names = [question["name"] for question in QUESTIONS]
    assert [declared["name"] for declared in stream["context_variables"]] == names


def test_what_an_agent_writes_is_hidden_unless_the_widget_says_otherwise(site: Site) -> None:
    rule = {"name": "Card", "pattern": r"\d{16}"}
    change(site, masking=[rule])
    site.do("Ben", "PUT", f"{WORK}/presence", {"presence": "Available"})
    chat = start(site)
    id = chat.headers["oc-sessionid"]
    path = f"/chat/threads/{chat.json()['ChatId']}/messages"
    headers = {"Authorization": f"Bearer {chat.json()['Token']}"}
    site.client.request("POST", path, headers=headers, json={"content": "talk to agent"})
    site.do("Ben", "POST", f"{WORK}/conversations/{id}/accept")
    for _ in range(2):
        site.do("Ben", "POST", f"{WORK}/conversations/{id}/messages", {"text": "4" * 16}, 201)
        change(site, mask_for_agents=False)
    lines = site.get("Ben", f"{WORK}/conversations/{id}")["transcript"]
    assert [each["text"] for each in lines if each["role"] == "agent"] == ["#" * 16, "4" * 16]


def test_what_private_data_looks_like_is_told_and_hidden_on_both_sides(site: Site) -> None:
    change(site, masking=[{"name": "Card", "pattern": r"\b\d{16}\b"}])
    told = config(site).json()["DataMaskingInfo"]
    assert told["setting"]["msdyn_maskforcustomer"] is True
    assert told["dataMaskingRules"] == {"Card": r"\b\d{16}\b"}
    assert says(site, "my 4111111111111111!") == f"my {'#' * 16}!"


def says(site: Site, text: str, **metadata: str) -> str:
    """What is kept of something that a customer says, without a client that hides anything."""
    chat = start(site).json()
    path = f"/chat/threads/{chat['ChatId']}/messages"
    headers = {"Authorization": f"Bearer {chat['Token']}"}
    site.client.request("POST", path, headers=headers, json={"content": text, "metadata": metadata})
    value = site.client.request("GET", path, headers=headers).json()["value"]
    [said] = [each for each in value if each["senderDisplayName"] == "Customer"]
    return str(said["content"]["message"])


@pytest.mark.parametrize("pattern", ["secret", "(?=s)secret"])
def test_private_data_is_found_whatever_its_case_as_the_published_client_does(
    site: Site, pattern: str
) -> None:
    change(site, masking=[{"name": "Word", "pattern": pattern}])
    assert says(site, "My SECRET") == "My ######"


def test_what_a_card_submits_stays_what_the_bot_can_read(site: Site) -> None:
    change(site, masking=[{"name": "Digits", "pattern": r"\d{4}"}])
    card = json.dumps({"value": {"order": 12345}})
    assert json.loads(says(site, card, **{CONTENT_TYPE: CARD})) == {"value": {"order": 12345}}
    assert says(site, "order 12345", **{CONTENT_TYPE: CARD}) == "order ####5"
