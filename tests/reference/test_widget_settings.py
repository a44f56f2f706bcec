"""How the chat widget is set up: by a plan, and by administrators (specification 4.5 to 4.10)."""

from __future__ import annotations

from harness.reference.domain.widgets import ChatWidget
from tests.reference.site import Site

PATH = "/admin/{org}/api/widget"


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
