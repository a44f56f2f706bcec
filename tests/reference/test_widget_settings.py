"""How the chat widget is set up: by a plan, and by administrators (specification 4.5 to 4.10)."""

from __future__ import annotations

from typing import Any

import pytest

from harness import identity
from harness.reference.domain.widgets import ChatWidget
from tests.reference.site import Site, refusal

PATH = "/admin/{org}/api/widget"
TOWN = {"name": "Town", "text": "Where do you live?"}
CONSENT = {"name": "Terms", "text": "I agree", "type": "User consent", "required": True}
SHOP = {"name": "Shop", "client_function": "token"}
CUT_OFF = identity.public_key()[:100]
ELLIPTIC = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAErV88N+rXKRU828m8BCiOrN3c1QO7
4hBJJbqgRjmZDYamMjPARXWi1WAYqV+Yv70sYKJA49AniXcUg9C+KMMIRA==
-----END PUBLIC KEY-----
"""

IMPOSSIBLE: list[tuple[dict[str, Any], str]] = [
    ({"id": "w"}, "keeps its id"),
    ({"languages": 1033}, "languages"),
    ({"name": " "}, "name is empty"),
    ({"name": "n" * 101}, "name has 101"),
    ({"language": "1033"}, "language"),
    ({"language": 1}, "language is an LCID"),
    ({"pre_chat": [TOWN | {"name": f"n{n}"} for n in range(11)]}, "11 questions"),
    ({"pre_chat": [TOWN | {"text": "x" * 513}]}, "pre_chat[0].text has 513"),
    ({"pre_chat": [TOWN | {"text": " "}]}, "pre_chat[0].text is empty"),
    ({"pre_chat": [TOWN | {"name": ""}]}, "pre_chat[0].name is empty"),
    ({"pre_chat": [TOWN | {"name": "Type"}]}, "pre_chat[0].name"),
    ({"pre_chat": [TOWN, TOWN]}, "pre_chat[1]: there is 'Town' twice"),
    ({"pre_chat": [TOWN | {"type": "Number"}]}, "pre_chat[0].type"),
    ({"pre_chat": [TOWN | {"answer": "x"}]}, "answer"),
    ({"pre_chat": [CONSENT | {"required": False}]}, "has to be required"),
    ({"pre_chat": [TOWN | {"type": "Option set"}]}, "needs options"),
    ({"pre_chat": [TOWN | {"options": ["a"]}]}, "are for an Option set"),
    ({"pre_chat": [TOWN | {"type": "Option set", "options": ["a;b"]}]}, "semicolon"),
    ({"pre_chat": [TOWN | {"type": "Option set", "options": ["a", "a"]}]}, "twice"),
    ({"hours": {"time_zone": "Oslo"}}, "IANA zone"),
    ({"hours": {"time_zone": "../etc/passwd"}}, "IANA zone"),
    ({"hours": {"time_zone": "localtime"}}, "IANA zone"),
    ({"hours": {"start": "8:00"}}, "hours.start"),
    ({"hours": {"end": "24:00"}}, "hours.end"),
    ({"hours": {"days": ["monday"]}}, "hours.days[0]"),
    ({"hours": {"days": ["Monday", "Monday"]}}, "twice"),
    ({"domains": ["https://shop.example"]}, "domains[0]"),
    ({"domains": ["*.example"]}, "domains[0]"),
    ({"domains": ["shop.example", "SHOP.example"]}, "twice"),
    ({"domains": ["shop..example"]}, "domains[0]"),
    ({"domains": ["shop.example."]}, "domains[0]"),
    ({"authentication": SHOP | {"public_key": "no key"}}, "public RSA key in PEM"),
    ({"authentication": SHOP | {"public_key": CUT_OFF}}, "public RSA key in PEM"),
    ({"authentication": SHOP | {"public_key": ELLIPTIC}}, "public RSA key in PEM"),
    ({"masking": [{"name": "Card", "pattern": "("}]}, "no regular expression"),
    ({"masking": [{"name": "Card", "pattern": "a*"}]}, "finds nothing"),
    ({"masking": [{"name": "Card", "pattern": "a" * 1001}]}, "1001 characters"),
]


def test_a_fresh_widget_has_the_settings_that_nobody_changed(site: Site) -> None:
    shown = site.get("Olga", PATH)
    assert shown["app_id"] == site.shown["widget"]["app_id"]
    assert (shown["language"], shown["pre_chat"], shown["hours"]) == (1033, [], None)
    assert set(shown) == {"app_id", "workstream", *ChatWidget.__struct_fields__} - {"id"}


def test_a_change_leaves_the_other_settings(site: Site) -> None:
    site.do("Olga", "PATCH", PATH, {"language": 1025})
    site.do("Olga", "PATCH", PATH, {"name": "Shop chat"})
    shown = site.get("Olga", PATH)
    assert (shown["language"], shown["name"]) == (1025, "Shop chat")


@pytest.mark.parametrize(("settings", "told"), IMPOSSIBLE)
def test_settings_that_cannot_be_are_refused_and_change_nothing(
    site: Site, settings: dict[str, Any], told: str
) -> None:
    before = site.get("Olga", PATH)
    answer = site.ask("Olga", "PATCH", PATH, json={"transcript_email": True, **settings})
    assert refusal(answer) == (400, "MalformedBody")
    assert told in answer.json()["error"]["message"]
    assert site.get("Olga", PATH) == before


@pytest.mark.parametrize(
    "settings",
    [
        {"pre_chat": [TOWN | {"name": f"n{n}", "text": "x" * 512} for n in range(10)]},
        {"pre_chat": [CONSENT]},
        {
            "hours": {
                "time_zone": "America/Argentina/Buenos_Aires",
                "start": "22:00",
                "end": "06:00",
            }
        },
        {"hours": None},
        {"domains": ["shop.example.com", "localhost", "127.0.0.1", "bücher.example"]},
        {"masking": [{"name": "No", "pattern": r"\b(?!000)\d{3}-\d\d-(\d{4})\b"}]},
    ],
    ids=str,
)
def test_settings_at_the_limit_are_kept(site: Site, settings: dict[str, Any]) -> None:
    shown = site.do("Olga", "PATCH", PATH, settings)
    for name, value in settings.items():
        kept = shown[name]
        if isinstance(value, list) and isinstance(value[0], dict):
            pairs = zip(kept, value, strict=True)
            kept = [{key: each[key] for key in wanted} for each, wanted in pairs]
        elif isinstance(value, dict):
            kept = {key: kept[key] for key in value}
        assert kept == value


@pytest.mark.parametrize("who", ["Ben", "Sam", "Noah"])
def test_only_administrators_set_the_widget(site: Site, who: str) -> None:
    assert refusal(site.ask(who, "GET", PATH)) == (403, "InsufficientRole")
    answer = site.ask(who, "PATCH", PATH, json={"language": 1025})
    assert refusal(answer) == (403, "InsufficientRole")


def test_a_plan_has_the_same_settings(site: Site) -> None:
    plan = {"widget": {"language": 1037, "pre_chat": [TOWN]}}
    made = site.client.request("POST", "/control/organisations", json=plan).json()
    token = next(user["token"] for user in made["users"] if user["name"] == "Olga")
    path = f"/admin/{made['id']}/api/widget"
    shown = site.client.request("GET", path, headers={"Authorization": f"Bearer {token}"}).json()
    assert (shown["language"], shown["pre_chat"][0]["name"]) == (1037, "Town")


def test_a_plan_that_cannot_be_says_where(site: Site) -> None:
    plan = {"widget": {"hours": {"start": "noon"}}}
    answer = site.client.request("POST", "/control/organisations", json=plan)
    assert refusal(answer) == (400, "MalformedBody")
    assert "widget: hours.start" in answer.json()["error"]["message"]
