"""What stands before a chat: operating hours, the pages that may begin one, and the survey."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from harness.reference.domain import hours, origins, surveys
from harness.reference.domain.errors import OriginNotListed, WidgetUseOutsideOperatingHour
from harness.reference.domain.widgets import ChatWidget
from harness.reference.operations import widgets
from harness.reference.operations.organisations import Organisation, World

WIDGETS = ("/livechatconnector/", "/chat/", "/v1/", "/survey/")
"""Where a widget asks: connector, messages, files, answers. Direct Line is no widget's."""

ORGANISATION = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
"""An organisation's GUID in an address, with hyphens or, in ids of threads and files, without."""


def in_hours(organisation: Organisation) -> bool:
    """Whether the widget is in operation now."""
    when = widgets.of(organisation).hours
    if when is None:
        return True
    deviates = organisation.faults.deviates
    if when.time_zone != "UTC" and deviates("time_zone_ignored"):
        when = replace(when, time_zone="UTC")
    is_open = hours.is_open(when, organisation.clock.now())
    return is_open or deviates("out_of_hours_ignored")


def is_shown(organisation: Organisation) -> bool:
    """Whether the page shows the widget now."""
    widget = widgets.of(organisation)
    return widget.shown_in_hours if in_hours(organisation) else widget.shown_out_of_hours


def refuse_out_of_hours(organisation: Organisation) -> None:
    """Raises WidgetUseOutsideOperatingHour while the widget is out of operation (EMB-22)."""
    if not in_hours(organisation):
        raise WidgetUseOutsideOperatingHour(
            "The widget is out of operation now. Come back in its operating hours."
        )


def refuse_origin(organisation: Organisation, origin: str) -> None:
    """Raises OriginNotListed for a page, by its origin, that the widget is not for (EMB-23)."""
    if not takes(organisation, origin):
        raise OriginNotListed(
            f"The widget is not for pages of {origin[:100]}. Add its domain in the admin centre,"
            " Chat widget, or put the snippet on a page of a domain that is there."
        )


def takes(organisation: Organisation, origin: str) -> bool:
    """Whether a page of this origin may have the widget; a caller without origin is no page."""
    domains = widgets.of(organisation).domains
    if not domains or not origin:
        return True
    deviates = organisation.faults.deviates
    if origins.is_listed(origin, domains):
        return not deviates("listed_domain_refused")
    return deviates("domain_list_ignored")


def path_takes(world: World, path: str, origin: str) -> bool:
    """Whether pages of this origin may read what a widget is answered at this path.

    The refusal of `config` can be read: a client that cannot tries again for a minute.
    """
    if not path.startswith(WIDGETS) or "/config/" in path:
        return True
    named = ORGANISATION.findall(path)
    found = (organisation for part in named if (organisation := world.known(part)))
    return all(takes(organisation, origin) for organisation in found)


def card(organisation: Organisation) -> str:
    """The survey before the chat as an Adaptive Card; empty without one."""
    widget = widgets.of(organisation)
    if _some_required(widget) and organisation.faults.deviates("required_answers_are_optional"):
        optional = tuple(replace(question, required=False) for question in widget.pre_chat)
        widget = replace(widget, pre_chat=optional)
    return surveys.card(widget.pre_chat)


def _some_required(widget: ChatWidget) -> bool:
    return any(question.required for question in widget.pre_chat)


def answers(organisation: Organisation, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the survey's answers are as context variables (EMB-21)."""
    found = surveys.answers(given, widgets.of(organisation).pre_chat)
    if found and organisation.faults.deviates("pre_chat_answers_lost"):
        return {}
    consents = [name for name, value in found.items() if isinstance(value, bool)]
    if consents and organisation.faults.deviates("consent_becomes_text"):
        return found | {name: str(found[name]) for name in consents}
    return found
