"""Records of customers and cases: kept by administrators, linked to conversations, read by bots."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from harness.reference.domain import records
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import User
from harness.reference.domain.errors import MalformedBody
from harness.reference.domain.records import CustomerRecord
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import ADMINISTRATORS, require
from harness.reference.operations.views import Shown


def kept(organisation: Organisation, who: User) -> list[Shown]:
    """All records, oldest first."""
    require(who, *ADMINISTRATORS)
    return [_shown(record) for record in organisation.store.all(organisation.id, CustomerRecord)]


def create(organisation: Organisation, who: User, record: CustomerRecord) -> Shown:
    """A new record, under an id of ours; raises MalformedBody for one without a name."""
    require(who, *ADMINISTRATORS)
    if not record.name.strip():
        raise MalformedBody("A record needs a name.")
    record = replace(record, id=str(uuid4()))
    with organisation.command():
        organisation.store.put(organisation.id, record)
    return _shown(record)


def _shown(record: CustomerRecord) -> Shown:
    return {
        "id": record.id,
        "type": record.type,
        "name": record.name,
        "email": record.email,
        "phone": record.phone,
        "case_number": record.case_number,
        "active": record.active,
    }


def link(organisation: Organisation, conversation: Conversation) -> Conversation:
    """The conversation with the records that its context names (ESC-25)."""
    known = organisation.store.all(organisation.id, CustomerRecord)
    values = {variable.name: variable.value for variable in conversation.context}
    linked = records.linked(values, known, organisation.faults.deviates)
    return replace(conversation, linked=linked)


def supplied(organisation: Organisation, conversation: Conversation) -> dict[str, object]:
    """What the desk lets a bot read beside the conversation's context (ESC-34)."""
    store = organisation.store
    linked = [
        record
        for id in conversation.linked.values()
        if (record := store.get(organisation.id, CustomerRecord, id))
    ]
    return {
        "msdyn_liveworkitemid": conversation.id,
        "msdyn_ConversationId": conversation.id,
        **records.readable(linked),
    }
