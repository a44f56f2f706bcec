"""The topic editor as a server answers it: what is kept, what is refused, what is inert."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest

from harness.actors.maker import Maker
from harness.actors.session import Session
from harness.protocol.organisations import Organisation
from harness.target import Target
from tests.pages.conftest import account, place

FORM = "application/x-www-form-urlencoded"
MARKUP = "<script>alert(1)</script>{{7*7}}\"'"
TOPIC = """\
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  id: main
  intent:
    triggerQueries: [tents]
  actions:
  - kind: SendActivity
    id: answer
    activity: Ours are dry.
"""


class Editor:
    """A maker's browser before one bot, without JavaScript: what a form sends, and the answer."""

    def __init__(self, client: httpx.Client, url: str, bot: str) -> None:
        self.client = client
        self.url = url
        self.bot = bot

    def get(self, path: str) -> str:
        return self.client.get(self.url + self.bot + path).text

    def post(self, path: str, origin: str = "", **fields: str) -> httpx.Response:
        headers = {"content-type": FORM, "origin": origin or self.url}
        return self.client.post(
            self.url + self.bot + path, content=urlencode(fields), headers=headers
        )

    def opened(self, name: str) -> dict[str, str]:
        """What the form of a saved topic holds."""
        return fields(self.get(f"/topic?name={name}"))


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the editor's form."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in reversed(found)}


@pytest.fixture
def mia(target: Target, organisation: Organisation) -> Maker:
    session = Session(target.client, place(organisation, "portal"), account(organisation, "Mia"))
    return Maker(session, organisation.bot)


@pytest.fixture
def editor(target: Target, organisation: Organisation) -> Iterator[Editor]:
    with httpx.Client(verify=False) as client:
        bot = f"/portal/{organisation.id}/bots/{organisation.bot}"
        opened = Editor(client, target.address()["url"], bot)
        token = account(organisation, "Mia").token
        client.get(f"{opened.url}/sign-in/{token}?next={bot}")
        yield opened


def content_of(mia: Maker, name: str) -> str | None:
    return next((topic.content for topic in mia.topics() if topic.name == name), None)


def test_no_button_saves_but_save(editor: Editor, mia: Maker) -> None:
    before = content_of(mia, "Greeting")
    form = editor.opened("Greeting")
    page = editor.post("/topics/edit", **form, act="delete actions/0")
    assert page.status_code == 200
    assert "Not saved" in page.text
    assert content_of(mia, "Greeting") == before
    assert editor.post("/topics/save", **fields(page.text)).status_code == 303
    assert content_of(mia, "Greeting") != before


def test_what_is_typed_is_taken_by_any_button(editor: Editor, mia: Maker) -> None:
    form = fields(
        editor.post("/topics/edit", **editor.opened("Greeting"), act="open actions/0").text
    )
    assert (
        editor.post("/topics/save", **form, **{"field.activity": "<b>alert(1)"}).status_code == 303
    )
    assert "alert(1)" in (content_of(mia, "Greeting") or "")


def test_words_of_makers_are_inert(editor: Editor, mia: Maker) -> None:
    mia.writes_topic("Odd", TOPIC.replace("Ours are dry.", "'<img src=x onerror=alert(1)>'"))
    mia.writes_topic(MARKUP.replace("/", "|"), TOPIC)
    for path in ("/topics", "/topic?name=Odd", "/topic?name=Odd&view=code"):
        page = editor.get(path)
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "{{7*7}}" in page or path != "/topics"


def test_somebody_else_has_saved_meanwhile(editor: Editor, mia: Maker) -> None:
    mia.writes_topic("Tents", TOPIC)
    form = editor.opened("Tents")
    mia.writes_topic("Tents", TOPIC.replace("dry", "blue"))
    mine = form | {"content": TOPIC.replace("dry", "green")}
    refused = editor.post("/topics/save", **mine)
    assert refused.status_code == 409
    assert "Somebody else" in refused.text
    assert "Nothing was saved" in refused.text
    assert "green" in fields(refused.text)["content"]
    assert "blue" in (content_of(mia, "Tents") or "")
    again = fields(refused.text)
    assert editor.post("/topics/save", **again, over="1").status_code == 303
    assert "green" in (content_of(mia, "Tents") or "")


def test_a_new_topic_takes_no_name_that_is_taken(editor: Editor, mia: Maker) -> None:
    new = fields(editor.get("/topic"))
    before = content_of(mia, "Greeting")
    refused = editor.post("/topics/save", **new | {"name": "Greeting"})
    assert refused.status_code == 409
    assert "There is a topic" in refused.text
    assert content_of(mia, "Greeting") == before


def test_an_invalid_topic_names_its_line_and_is_kept_on_the_page(editor: Editor) -> None:
    broken = "kind: AdaptiveDialog\nbeginDialog:\n  kind: [\n"
    form = editor.opened("Greeting") | {"content": broken, "view": "code"}
    refused = editor.post("/topics/save", **form)
    assert refused.status_code == 400
    assert "Line 4" in refused.text
    assert "kind: [" in refused.text
    shown = editor.post("/topics/edit", **form, act="view canvas")
    assert (shown.status_code, "kind: [" in shown.text) == (400, True)


def test_a_form_of_another_site_changes_nothing(editor: Editor, mia: Maker) -> None:
    before = content_of(mia, "Greeting")
    form = editor.opened("Greeting") | {"content": TOPIC}
    for path in (
        "/topics/save",
        "/topics/edit",
        "/topics/delete",
        "/topics/publish",
        "/test/start",
    ):
        assert editor.post(path, "https://elsewhere.example.test", **form).status_code == 403
    assert content_of(mia, "Greeting") == before


@pytest.mark.parametrize(
    "act",
    [
        *("", "explode", "open nowhere", "delete actions/99", "delete", "add", "add actions 0 9 9"),
        *("add actions x 0 0", "add nowhere/0/x 0 0 0", "add actions 99999999999999999999 0 0"),
        *("change OnNothing", "confirm OnNothing", "variable \x00", "pick é", "by " + "x" * 9_000),
        *("add actions -5 0 0", "add actions 0 -1 -1", "open " + "actions/0/" * 500),
    ],
)
def test_buttons_that_no_page_has(editor: Editor, mia: Maker, act: str) -> None:
    before = content_of(mia, "Greeting")
    answer = editor.post("/topics/edit", **editor.opened("Greeting"), act=act)
    assert answer.status_code in (200, 400)
    assert "Greeting" in answer.text
    assert content_of(mia, "Greeting") == before


@pytest.mark.parametrize("name", ["", " ", "N" * 201])
def test_names_that_are_none(editor: Editor, name: str) -> None:
    new = fields(editor.get("/topic")) | {"name": name}
    refused = editor.post("/topics/save", **new)
    assert refused.status_code == 400
    assert "The topic was not saved" in refused.text


def test_a_name_of_200_characters(editor: Editor, mia: Maker) -> None:
    name = "ä/?&#" + "N" * 195
    assert editor.post("/topics/save", **fields(editor.get("/topic")) | {"name": name}).is_redirect
    assert content_of(mia, name) is not None


def test_a_huge_topic_is_refused_and_kept(editor: Editor) -> None:
    huge = TOPIC + "# " + "ä" * 500_000
    form = editor.opened("Greeting") | {"content": huge, "view": "code"}
    refused = editor.post("/topics/save", **form)
    assert refused.status_code == 400
    assert "500,000 characters" in refused.text
    assert "ä" * 1_000 in refused.text


def test_who_may_not_write_topics_is_told(editor: Editor, organisation: Organisation) -> None:
    token = account(organisation, "Olga").token
    editor.client.get(f"{editor.url}/sign-in/{token}?next={editor.bot}")
    assert "Bot Author" in editor.get("/topics")
    assert editor.post("/topics/edit", act="view code").status_code == 403
    assert editor.post("/test/start").status_code == 403


def test_a_test_is_with_the_draft_and_for_its_maker_alone(
    editor: Editor, mia: Maker, organisation: Organisation
) -> None:
    mia.writes_topic("Tents", TOPIC)
    talk = editor.post("/test/start").headers["location"].removeprefix(editor.bot)
    assert editor.post(f"{talk}/messages", text="tents").status_code == 303
    assert "Ours are dry." in editor.get(talk)
    assert mia.sessions() == ()
    token = account(organisation, "Noah").token
    editor.client.get(f"{editor.url}/sign-in/{token}?next={editor.bot}")
    assert "You have no test" in editor.get(talk)
    assert editor.post(f"{talk}/messages", text="tents").status_code == 404


def test_a_test_shows_why_the_bot_could_not_go_on(editor: Editor, mia: Maker) -> None:
    mia.writes_topic("Tents", TOPIC.replace("SendActivity", "NothingLikeIt"))
    talk = editor.post("/test/start").headers["location"].removeprefix(editor.bot)
    editor.post(f"{talk}/messages", text="tents")
    page = editor.get(talk)
    for part in ("Error code 3000", "Tents", "line 8", "answer", "NothingLikeIt"):
        assert part in page


def test_the_list_says_what_is_not_supported(editor: Editor, mia: Maker) -> None:
    mia.writes_topic("Tents", TOPIC.replace("SendActivity", "NothingLikeIt"))
    page = editor.get("/topics")
    assert "1 not supported" in page
    assert "NothingLikeIt" in page
    assert "Not published" in page
