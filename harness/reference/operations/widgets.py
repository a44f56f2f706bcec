"""The chat widget of an organisation as it is set up, or would be with other settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from harness.reference.domain import identity_rules, widget_rules
from harness.reference.domain.connections import faithful
from harness.reference.domain.errors import MalformedBody
from harness.reference.domain.widgets import ChatWidget
from harness.reference.operations.organisations import Organisation

Settings = dict[str, Any]
"""Settings by their names in `ChatWidget`, as JSON has them; `id` is not one."""


def of(organisation: Organisation) -> ChatWidget:
    """The widget as it is set up; a fresh one has the settings that nobody has changed."""
    id = organisation.tenant.widget
    return organisation.store.get(organisation.id, ChatWidget, id) or ChatWidget(id)


def planned(id: str, settings: Mapping[str, Any]) -> ChatWidget:
    """The widget of this id with these settings; raises MalformedBody, which says where."""
    return changed(ChatWidget(id), settings, faithful)


def changed(
    widget: ChatWidget, settings: Mapping[str, Any], deviates: Callable[[str], bool]
) -> ChatWidget:
    """The widget with these settings and its other ones; raises MalformedBody, with the place."""
    if "id" in settings:
        raise MalformedBody("A widget keeps its id: leave it out.")
    try:
        wanted = msgspec.convert(msgspec.to_builtins(widget) | dict(settings), ChatWidget)
    except msgspec.ValidationError as error:
        raise MalformedBody(f"The widget's settings cannot be so: {error}.") from None
    widget_rules.refuse_impossible(wanted, deviates)
    identity_rules.refuse_impossible(wanted)
    return wanted
