"""The shop: the documented snippet, and the mistakes that it can be shown with (4.1, 4.2)."""

from __future__ import annotations

import pytest

from tests.reference.site import Site

SNIPPET = "Microsoft_Omnichannel_LCWidget"


@pytest.mark.parametrize(
    ("embed", "snippet", "own_widget", "frame"),
    [
        ("", True, True, False),
        ("?embed=widget", True, True, False),
        ("?embed=other", True, False, False),
        ("?embed=bot", False, False, True),
        ("?embed=none", False, False, False),
    ],
)
def test_what_brings_the_chat_into_the_page(
    site: Site, embed: str, snippet: bool, own_widget: bool, frame: bool
) -> None:
    page = site.ask(None, "GET", f"/shop/{{org}}{embed}").text
    assert (SNIPPET in page) is snippet
    assert (f'data-app-id="{site.shown["widget"]["app_id"]}"' in page) is own_widget
    assert ("<iframe" in page) is frame


def test_the_frame_has_the_bots_own_chat(site: Site) -> None:
    page = site.ask(None, "GET", "/shop/{org}?embed=bot").text
    address = page.partition('<iframe src="')[2].partition('"')[0]
    assert f"/bots/{site.shown['bot']['id']}/webchat?__version__=2" in address
    canvas = site.ask(None, "GET", address.removeprefix("https://testserver"))
    assert canvas.status_code == 200
    assert f"/botsbyschema/{site.shown['bot']['id']}/directline/token" in canvas.text
    assert "content-security-policy" not in canvas.headers


def test_the_chat_of_a_bot_that_there_is_not(site: Site) -> None:
    refused = site.ask(None, "GET", "/environments/any/bots/gone/webchat")
    assert refused.status_code == 404


def test_an_embed_code_that_there_is_not(site: Site) -> None:
    refused = site.ask(None, "GET", "/shop/{org}?embed=bots")
    assert refused.status_code == 400
    assert "did you mean &#39;bot&#39;?" in refused.text
