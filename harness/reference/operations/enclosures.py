"""Files between an agent and the customer of a conversation."""

from __future__ import annotations

from harness.protocol.conversations import Role
from harness.reference.domain.attachments import MEGABYTE, metadata_of
from harness.reference.domain.desk import User
from harness.reference.domain.messages import Message
from harness.reference.operations import agents, attachments
from harness.reference.operations.keeping import post
from harness.reference.operations.organisations import Organisation

LARGEST = 128 * MEGABYTE
"""Bytes that are read of a file at all; the widget's own limit is below."""


def send(organisation: Organisation, who: User, id: str, name: str, content: bytes) -> Message:
    """The agent sends a file; raises what `agents.held` does, FileRefused, FileTooLarge."""
    with organisation.command():
        conversation = agents.held(organisation, who, id)
        thread = conversation.thread
        announced = attachments.announce(organisation, thread, name, Role.AGENT)
        file = attachments.fill(organisation, thread, announced.id, content)
        return post(
            organisation,
            conversation,
            Role.AGENT,
            "",
            sender=(who.id, who.name),
            tags=("public",),
            metadata=metadata_of(file),
            hidden=organisation.faults.deviates("agents_files_lost"),
        )


def opened(organisation: Organisation, who: User, id: str, file: str) -> tuple[str, bytes]:
    """Name and bytes of a file, for whoever at the desk may read the conversation."""
    thread = agents.readable(organisation, who, id).thread
    kept, content = attachments.opened(organisation, thread, file)
    return kept.name, content
