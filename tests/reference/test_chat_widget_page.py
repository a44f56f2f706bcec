"""The chat widget's page in the admin centre: its forms, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from harness import identity
from tests.reference.site import Site, fill, look

PATH = "/admin/{org}/chat-widget"


def kept(site: Site) -> dict[str, Any]:
    settings: dict[str, Any] = site.get("Olga", "/admin/{org}/api/widget")
    return settings


def save(site: Site, part: str, **form: str) -> int:
    status, _ = fill(site, "Olga", f"{PATH}/{part}", form)
    return int(status)


def test_the_overview_leads_to_it(site: Site) -> None:
    assert f'href="{PATH}"'.format(org=site.id) in look(site, "Olga", "/admin/{org}")


def test_the_basics(site: Site) -> None:
    assert save(site, "basics", name="Shop chat", language="1025", average_wait="yes") == 303
    shown = kept(site)
    assert (shown["name"], shown["language"]) == ("Shop chat", 1025)
    assert (shown["queue_position"], shown["average_wait"]) == (False, True)


def test_the_hours_and_that_there_are_none(site: Site) -> None:
    form = {"time_zone": "Europe/Oslo", "start": "09:00", "end": "15:00", "Monday": "yes"}
    assert save(site, "hours", limited="yes", shown_out_of_hours="yes", **form) == 303
    assert kept(site)["hours"] == {
        "time_zone": "Europe/Oslo",
        "start": "09:00",
        "end": "15:00",
        "days": ["Monday"],
    }
    assert (kept(site)["shown_in_hours"], kept(site)["shown_out_of_hours"]) == (False, True)
    assert save(site, "hours", **form) == 303
    assert kept(site)["hours"] is None


def test_the_domains_one_a_line(site: Site) -> None:
    assert save(site, "domains", domains="shop.example\n other.example \n") == 303
    assert kept(site)["domains"] == ["shop.example", "other.example"]
    assert save(site, "domains", domains="") == 303
    assert kept(site)["domains"] == []


def test_questions_come_and_go(site: Site) -> None:
    form = {"name": "Size", "text": "Which?", "type": "Option set", "options": "Small; Large"}
    assert save(site, "questions", required="yes", **form) == 303
    [asked] = kept(site)["pre_chat"]
    assert (asked["options"], asked["required"]) == (["Small", "Large"], True)
    assert "Small; Large" in look(site, "Olga", PATH)
    assert save(site, "unasked", name="Size") == 303
    assert kept(site)["pre_chat"] == []


def test_rules_come_and_go(site: Site) -> None:
    assert save(site, "masking", name="Card", pattern=r"\d{16}") == 303
    assert kept(site)["masking"] == [{"name": "Card", "pattern": r"\d{16}"}]
    assert save(site, "unmasked", name="Card") == 303
    assert kept(site)["masking"] == []


def test_who_signs_in_and_comes_back(site: Site) -> None:
    key = identity.public_key().strip()
    form = {"public_key": key, "public_key_url": "", "client_function": "token"}
    assert save(site, "customers", signing_in="yes", persistent="yes", minutes="", **form) == 303
    shown = kept(site)
    assert shown["authentication"] == {"name": "Site", **form}
    assert (shown["persistent"], shown["reconnection"]) == (True, None)
    assert "BEGIN PUBLIC KEY" in look(site, "Olga", PATH)
    back = {"minutes": 9, "portal_url": "https://help.example", "redirect_url": ""}
    site.do("Olga", "PATCH", "/admin/{org}/api/widget", {"persistent": False, "reconnection": back})
    assert save(site, "customers", minutes="10", **form) == 303
    shown = kept(site)
    assert (shown["authentication"], shown["persistent"]) == (None, False)
    assert shown["reconnection"] == back | {"minutes": 10}


def test_all_settings_as_json(site: Site) -> None:
    assert save(site, "settings", settings='{"transcript_download": true}') == 303
    assert kept(site)["transcript_download"] is True


@pytest.mark.parametrize(
    ("part", "form", "told"),
    [
        ("basics", {"name": "x", "language": "English"}, "number of one"),
        ("basics", {"name": "x", "language": "9" * 5_000}, "number of one"),
        (
            "hours",
            {"limited": "yes", "time_zone": "Mars", "start": "08:00", "end": "09:00"},
            "Mars",
        ),
        ("domains", {"domains": "https://shop.example"}, "https://shop.example"),
        ("questions", {"name": "T", "text": "x" * 513, "type": "Single line"}, "513 characters"),
        ("masking", {"name": "Card", "pattern": "("}, "no regular expression"),
        ("customers", {"signing_in": "yes", "client_function": "f"}, "nothing to verify"),
        ("customers", {"minutes": "soon"}, "number of minutes"),
        ("settings", {"settings": "{"}, "no JSON object"),
        ("settings", {"settings": '{"name":' + "[" * 20_000}, "no JSON object"),
    ],
)
def test_what_is_refused_stays_written(
    site: Site, part: str, form: dict[str, str], told: str
) -> None:
    before = kept(site)
    status, page = fill(site, "Olga", f"{PATH}/{part}", form)
    assert status == 400
    assert told in page
    assert kept(site) == before


def test_only_administrators_see_it(site: Site) -> None:
    assert "InsufficientRole" in look(site, "Ben", PATH)
