"""The survey after a chat: who is asked, by what, and where the answers go (EMB-31)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.customer import Client
from tests.reference.site import Site, refusal

EMBEDDED: dict[str, Any] = {"survey": {}}
LINKED: dict[str, Any] = {"survey": {"mode": "link"}}
OWN: dict[str, Any] = {"survey": {"bot": {"mode": "link", "title": "And our bot?"}}}
HOST = "https://customervoice.microsoft.com"


def invited(customer: Client, form: str = "survey") -> str:
    """The link of the survey, as the SDK asks for it."""
    path = "/livechatconnector/getsurveyinvite/{org}/survey-owner"
    body = {"ConversationId": customer.conversation, "FormId": form, "SurveyProvider": "600990000"}
    more = {"Request-Id": customer.request}
    answer = customer.site.ask(None, "POST", path, more, json=body)
    assert answer.status_code == 200, answer.text
    (invitation,) = answer.json()["inviteList"]
    return str(invitation["invitationLink"])


def page(site: Site, link: str) -> Any:
    return site.ask(None, "GET", place(link))


def place(link: str) -> str:
    return "/Pages/ResponsePage.aspx?" + link.partition("?")[2]


def answers(site: Site, link: str, **given: str) -> Any:
    more = {"Origin": "https://testserver"}
    return site.ask(None, "POST", place(link), more, data=given)


def joined(config: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = config["LiveWSAndLiveChatEngJoin"]
    return found


def config(customer: Client) -> dict[str, Any]:
    path = f"/livechatconnector/config/{{org}}/{customer.app}?requestId=r&channelId=lcw"
    return joined(customer.site.ask(None, "GET", path).json())


def without_bot(site: Site) -> None:
    """Chats come into a workstream that has no bot."""
    (queue,) = site.get("Olga", "/admin/{org}/api/queues")["value"]
    plan = {"name": "People first", "queue": queue["id"]}
    stream = site.do("Olga", "POST", "/admin/{org}/api/workstreams", plan, 201)
    site.do("Olga", "PUT", "/admin/{org}/api/widget", {"workstream": stream["id"]})


def test_without_a_survey_nobody_is_asked(site: Site) -> None:
    customer = Client(site)
    assert customer.details()["CanRenderPostChat"] == "False"
    assert config(customer)["msdyn_postconversationsurveyenable"] == "false"
    body = {"ConversationId": customer.conversation}
    path = "/livechatconnector/getsurveyinvite/{org}/o"
    more = {"Request-Id": customer.request}
    assert refusal(site.ask(None, "POST", path, more, json=body)) == (409, "NotOffered")


def test_whom_it_is_about(site: Site) -> None:
    customer = Client(site, **EMBEDDED)
    told = customer.details()
    assert (told["CanRenderPostChat"], told["ParticipantType"]) == ("True", "Bot")
    customer.meets()
    told = customer.details()
    assert (told["CanRenderPostChat"], told["ParticipantType"]) == ("True", "User")


def test_whom_nobody_served_is_not_asked(site: Site) -> None:
    without_bot(site)
    customer = Client(site, **EMBEDDED)
    assert customer.details()["CanRenderPostChat"] == "False"
    customer.agent("PUT", "presence", {"presence": "Available"})
    customer.agent("POST", f"conversations/{customer.conversation}/accept", {})
    assert customer.details()["CanRenderPostChat"] == "True"


def test_an_embedded_survey_is_where_the_widget_shows_it(site: Site) -> None:
    customer = Client(site, **EMBEDDED)
    assert config(customer)["msdyn_postconversationsurveymode"] == "192350000"
    link = invited(customer)
    assert link.startswith(f"{HOST}/Pages/ResponsePage.aspx?id=")
    assert invited(customer) == link
    shown = page(site, link)
    assert "frame-ancestors *" in shown.headers["content-security-policy"]
    assert "How satisfied are you with this chat?" in shown.text


def test_answers_reach_agent_and_administrator(site: Site) -> None:
    customer = Client(site, **EMBEDDED)
    conversation = customer.meets()
    link = invited(customer)
    taken = answers(site, link, satisfaction="4", comment=" quick ")
    assert (taken.status_code, taken.headers["location"]) == (303, place(link))
    assert "Your answers have been sent" in page(site, link).text
    given = {"satisfaction": "4", "comment": "quick"}
    (seen,) = customer.agent("GET", f"conversations/{conversation}")["surveys"]
    assert (seen["about"], seen["answers"]) == ("agent", given)
    (response,) = site.get("Olga", "/admin/{org}/api/survey-responses")["value"]
    assert (response["conversation"], response["answers"]) == (conversation, given)
    assert response["answered"] == "2026-03-02T09:00:00Z"


def test_one_answers_once(site: Site) -> None:
    link = invited(Client(site, **EMBEDDED))
    assert answers(site, link, satisfaction="4").status_code == 303
    again = answers(site, link, satisfaction="1")
    assert again.status_code == 409
    (response,) = site.get("Olga", "/admin/{org}/api/survey-responses")["value"]
    assert response["answers"] == {"satisfaction": "4"}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"satisfaction": " "},
        {"satisfaction": "6"},
        {"satisfaction": "4", "colour": "red"},
        {"satisfaction": "4", "comment": "x" * 4001},
    ],
)
def test_what_is_no_answer(site: Site, given: dict[str, str]) -> None:
    link = invited(Client(site, **EMBEDDED))
    refused = answers(site, link, **given)
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text
    assert site.get("Olga", "/admin/{org}/api/survey-responses")["value"] == []


def test_what_was_written_stays_when_it_is_refused(site: Site) -> None:
    link = invited(Client(site, **EMBEDDED))
    refused = answers(site, link, satisfaction="9", comment="</textarea><script>1</script>")
    assert "&lt;/textarea&gt;&lt;script&gt;1" in refused.text


def test_answers_from_another_site_are_refused(site: Site) -> None:
    link = invited(Client(site, **EMBEDDED))
    more = {"Origin": "https://evil.example"}
    refused = site.ask(None, "POST", place(link), more, data={"satisfaction": "4"})
    assert refused.status_code == 403


@pytest.mark.parametrize("id", ["", "x", "x-y", "{org}-unknown"])
def test_an_unknown_survey(site: Site, id: str) -> None:
    assert site.ask(None, "GET", f"/Pages/ResponsePage.aspx?id={id}").status_code == 404


def test_a_link_is_for_the_one_whose_chat_it_is(site: Site) -> None:
    customer, stranger = Client(site, **EMBEDDED), Client(site)
    path = "/livechatconnector/getsurveyinvite/{org}/survey-owner"
    body = {"ConversationId": customer.conversation}
    for request in (stranger.request, "", "unknown"):
        refused = site.ask(None, "POST", path, {"Request-Id": request}, json=body)
        assert refused.status_code == 404


@pytest.mark.parametrize("ends", ["agent", "customer", "supervisor"])
def test_a_link_is_sent_when_the_chat_ends(site: Site, ends: str) -> None:
    customer = Client(site, **LINKED)
    conversation = customer.meets()
    invited(customer)
    before = len(customer.messages())
    if ends == "agent":
        customer.agent("POST", f"conversations/{conversation}/end", {})
        customer.agent("POST", f"conversations/{conversation}/close", {})
    elif ends == "customer":
        customer.connector("POST", "sessionclose", {})
    else:
        site.do("Sam", "POST", f"/workspace/{{org}}/api/ongoing/{conversation}/close")
    texts = [message["content"]["message"] for message in customer.messages()[before:]]
    (sent,) = [text for text in texts if text.startswith("Please tell us how we did: ")]
    link = sent.rpartition(" ")[2]
    assert link.startswith("https://testserver/Pages/ResponsePage.aspx?id=")
    assert answers(site, link, satisfaction="5").status_code == 303


def test_a_link_for_nobody_served_is_not_sent(site: Site) -> None:
    without_bot(site)
    customer = Client(site, **LINKED)
    customer.connector("POST", "sessionclose", {})
    assert not [m for m in customer.messages() if "ResponsePage" in m["content"]["message"]]


def test_a_bot_has_its_own_where_it_is_set_up(site: Site) -> None:
    customer = Client(site, **OWN)
    told = config(customer)
    assert told["msdyn_postconversationsurveybotsurveymode"] == "192350001"
    assert told["msfp_botsourcesurveyidentifier"] == "bot-survey"
    assert "And our bot?" in page(site, invited(customer, "bot-survey")).text
    assert "How did we do?" in page(site, invited(customer)).text
    customer.connector("POST", "sessionclose", {})
    (sent,) = [m for m in customer.messages() if "ResponsePage" in m["content"]["message"]]
    assert sent["content"]["message"].startswith("Please tell us how our bot did: ")


def test_a_bot_without_its_own_has_the_general_one(site: Site) -> None:
    customer = Client(site, **EMBEDDED)
    assert config(customer)["msfp_botsourcesurveyidentifier"] is None
    link = invited(customer)
    answers(site, link, satisfaction="2")
    (response,) = site.get("Olga", "/admin/{org}/api/survey-responses")["value"]
    assert response["about"] == "bot"
    assert invited(customer) == link, "nobody answers twice"


def test_a_survey_that_was_fetched_early_is_about_whoever_came_later(site: Site) -> None:
    customer = Client(site, **EMBEDDED)
    link = invited(customer)
    conversation = customer.meets()
    answers(site, link, satisfaction="2")
    (seen,) = customer.agent("GET", f"conversations/{conversation}")["surveys"]
    assert seen["about"] == "agent"


@pytest.mark.parametrize("satisfaction", ["3", 3])
def test_older_clients_send_answers_without_a_page(site: Site, satisfaction: object) -> None:
    customer = Client(site, **EMBEDDED)
    path = f"/survey/submitpostchat/{{org}}/{customer.app}/{customer.request}?channelId=lcw"
    assert site.ask(None, "POST", path, json={"satisfaction": satisfaction}).status_code == 200
    (response,) = site.get("Olga", "/admin/{org}/api/survey-responses")["value"]
    assert response["answers"] == {"satisfaction": "3"}


def test_questions_are_the_administrators(site: Site) -> None:
    question = {"name": "again", "text": "Would you come back?", "type": "Choice"}
    survey = {"title": "Two minutes?", "questions": [question | {"options": ["Yes", "No"]}]}
    link = invited(Client(site, survey=survey))
    assert "Would you come back?" in page(site, link).text
    assert answers(site, link, again="Perhaps").status_code == 400
    assert answers(site, link, again="Yes").status_code == 303


@pytest.mark.parametrize(
    "survey",
    [
        {"questions": []},
        {"questions": [{"name": "", "text": "?"}]},
        {"questions": [{"name": "a", "text": " "}]},
        {"questions": [{"name": "a", "text": "?"}, {"name": "a", "text": "!"}]},
        {"questions": [{"name": "a", "text": "?", "type": "Choice"}]},
        {"questions": [{"name": "a", "text": "?", "type": "Riddle"}]},
        {"bot": {"questions": []}},
        {"mode": "letter"},
        {"title": ""},
    ],
)
def test_what_no_survey_can_be(site: Site, survey: dict[str, Any]) -> None:
    refused = site.ask("Olga", "PATCH", "/admin/{org}/api/widget", json={"survey": survey})
    assert refusal(refused) == (400, "MalformedBody")


@pytest.mark.parametrize(
    "settings",
    [
        {"transcript_template": "Thank you."},
        {"largest_file": 0},
        {"largest_file": 129},
        {"extensions": []},
        {"extensions": ["."]},
        {"extensions": [".t t"]},
    ],
)
def test_what_cannot_be_after_and_beside_a_chat(site: Site, settings: dict[str, Any]) -> None:
    refused = site.ask("Olga", "PATCH", "/admin/{org}/api/widget", json=settings)
    assert refusal(refused) == (400, "MalformedBody")
