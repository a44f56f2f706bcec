"""What administrators see and change of the chat widget."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from harness.reference.domain.conversations import Channel
from harness.reference.domain.desk import Declared, User
from harness.reference.domain.widgets import ChatWidget
from harness.reference.operations import customers, widgets
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import ADMINISTRATORS, require
from harness.reference.operations.views import Shown


def shown(organisation: Organisation, who: User) -> Shown:
    """All settings, and the workstream (id) that the widget's conversations come into."""
    require(who, *ADMINISTRATORS)
    fed = customers.workstream_of(organisation, Channel.LIVE_CHAT)
    settings: Shown = msgspec.to_builtins(widgets.of(organisation))
    return {"app_id": settings.pop("id"), "workstream": fed.id, **settings}


def change(organisation: Organisation, who: User, settings: widgets.Settings) -> Shown:
    """Changes what is named and leaves the rest; raises MalformedBody, and then changes nothing."""
    require(who, *ADMINISTRATORS)
    with organisation.command():
        known, deviates = widgets.of(organisation), organisation.faults.deviates
        keep(organisation, widgets.changed(known, settings, deviates))
    return shown(organisation, who)


def keep(organisation: Organisation, widget: ChatWidget) -> None:
    """Keeps the widget; what its survey asks for, its workstream declares from then on (EMB-21)."""
    organisation.store.put(organisation.id, widget)
    fed = customers.workstream_of(organisation, Channel.LIVE_CHAT)
    known = {variable.name for variable in fed.context_variables}
    new = [Declared(asked.name) for asked in widget.pre_chat if asked.name not in known]
    if new:
        variables = (*fed.context_variables, *new)
        organisation.store.put(organisation.id, replace(fed, context_variables=variables))
