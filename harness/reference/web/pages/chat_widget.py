"""The chat widget's settings as a page: what is asked, when, where, of whom, and what it hides.

A form sends one part of the settings; what is left of it as it was is sent, too. The last form has
all of them as JSON, for whoever keeps settings in a file.
"""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import User
from harness.reference.domain.errors import MalformedBody
from harness.reference.domain.languages import LOCALES
from harness.reference.domain.widgets import WEEK, AnswerType, Authentication, Hours
from harness.reference.operations import widget_settings
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Form, Page, Shown, Site, field

FIELDS = (
    *(
        "limited",
        "time_zone",
        "start",
        "end",
        "domains",
        "name",
        "text",
        "type",
        "options",
        "required",
    ),
    *("pattern", "settings"),
    *("signing_in", "public_key", "public_key_url", "client_function", "persistent", "minutes"),
)
"""What a refused form has kept of what was written."""

LONGEST_NUMBER = 5
"""Digits of a number: of a language, or of minutes."""

TITLE = "The settings were not changed"


def routes(world: World) -> list[BaseRoute]:
    """Everything under /admin/{org}/chat-widget."""
    site = Site(world, "Omnichannel admin centre", "/admin/{org}", opened_from="/portal/{org}")
    page = Page("admin/chat_widget.html", _show)
    forms = {
        "basics": _basics,
        "hours": _hours,
        "domains": _domains,
        "questions": _question,
        "unasked": _unasked,
        "customers": _customers,
        "masking": _masking,
        "unmasked": _unmasked,
        "settings": _settings,
    }
    return [
        site.shows("/chat-widget", page),
        *(site.takes(f"/chat-widget/{name}", act, page, TITLE) for name, act in forms.items()),
    ]


def _show(organisation: Organisation, who: User, request: Request) -> Shown:
    shown = widget_settings.shown(organisation, who)
    settings = {name: shown[name] for name in shown.keys() - {"app_id", "workstream"}}
    return {
        "settings": settings,
        "hours": settings["hours"] or msgspec.to_builtins(Hours()),
        "site": settings["authentication"] or msgspec.to_builtins(Authentication("Site")),
        "languages": LOCALES,
        "days": WEEK,
        "types": list(AnswerType),
        "written": dict.fromkeys(FIELDS, "") | getattr(request.state, "form", {}),
        "json": msgspec.json.format(msgspec.json.encode(settings, order="sorted")).decode(),
    }


def _set(organisation: Organisation, who: User, settings: dict[str, Any]) -> str:
    widget_settings.change(organisation, who, settings)
    return f"/admin/{organisation.id}/chat-widget"


def _basics(organisation: Organisation, who: User, _: Request, form: Form) -> str:
    language = field(form, "language")
    if not language.isdecimal() or len(language) > LONGEST_NUMBER:
        raise MalformedBody(f"The language is the number of one, not {language[:20]!r}.")
    told = {name: name in form for name in ("queue_position", "average_wait")}
    return _set(organisation, who, {"name": field(form, "name"), "language": int(language), **told})


def _hours(organisation: Organisation, who: User, _: Request, form: Form) -> str:
    wanted = None
    if "limited" in form:
        parts = {name: field(form, name).strip() for name in ("time_zone", "start", "end")}
        wanted = {**parts, "days": [day for day in WEEK if day in form]}
    shown = {name: name in form for name in ("shown_in_hours", "shown_out_of_hours")}
    return _set(organisation, who, {"hours": wanted, **shown})


def _domains(organisation: Organisation, who: User, _: Request, form: Form) -> str:
    return _set(organisation, who, {"domains": form.get("domains", "").split()})


def _customers(organisation: Organisation, who: User, _: Request, form: Form) -> str:
    known = widget_settings.shown(organisation, who)
    wanted = {
        "authentication": _authentication(form, known) if "signing_in" in form else None,
        "persistent": "persistent" in form,
        "reconnection": _reconnection(form.get("minutes", "").strip(), known),
    }
    return _set(organisation, who, wanted)


def _authentication(form: Form, known: Shown) -> dict[str, Any]:
    parts = ("public_key", "public_key_url", "client_function")
    named = known["authentication"] or {"name": "Site"}
    return named | {part: form.get(part, "").strip() for part in parts}


def _reconnection(minutes: str, known: Shown) -> dict[str, Any] | None:
    if not minutes:
        return None
    if not minutes.isdecimal() or len(minutes) > LONGEST_NUMBER:
        raise MalformedBody(f"The number of minutes is not {minutes[:20]!r}.")
    return (known["reconnection"] or {}) | {"minutes": int(minutes)}


def _question(organisation: Organisation, who: User, _: Request, form: Form) -> str:
    options = [option.strip() for option in form.get("options", "").split(";")]
    asked = {
        "name": field(form, "name"),
        "text": field(form, "text"),
        "type": field(form, "type"),
        "required": "required" in form,
        "options": list(filter(None, options)),
    }
    return _added(organisation, who, "pre_chat", asked)


def _unasked(organisation: Organisation, who: User, _: Request, form: Form) -> str:
    return _removed(organisation, who, "pre_chat", field(form, "name"))


def _masking(organisation: Organisation, who: User, _: Request, form: Form) -> str:
    rule = {"name": field(form, "name"), "pattern": field(form, "pattern")}
    return _added(organisation, who, "masking", rule)


def _unmasked(organisation: Organisation, who: User, _: Request, form: Form) -> str:
    return _removed(organisation, who, "masking", field(form, "name"))


def _added(organisation: Organisation, who: User, part: str, item: dict[str, Any]) -> str:
    known = widget_settings.shown(organisation, who)[part]
    return _set(organisation, who, {part: [*known, item]})


def _removed(organisation: Organisation, who: User, part: str, name: str) -> str:
    known = widget_settings.shown(organisation, who)[part]
    return _set(organisation, who, {part: [item for item in known if item["name"] != name]})


def _settings(organisation: Organisation, who: User, _: Request, form: Form) -> str:
    try:
        settings = msgspec.json.decode(field(form, "settings"), type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError) as error:
        raise MalformedBody(f"The settings are no JSON object: {error}.") from None
    return _set(organisation, who, settings)
