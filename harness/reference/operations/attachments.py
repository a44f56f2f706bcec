"""Files of conversations: kept by the organisation, opened by whoever takes part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

from harness.protocol.conversations import Role
from harness.reference.domain import attachments
from harness.reference.domain.attachments import Attachment
from harness.reference.domain.errors import FileRefused, IllegalState, NotFound
from harness.reference.operations import widgets
from harness.reference.operations.organisations import Organisation
from harness.reference.store.port import Question

Held = tuple[Attachment, bytes]
"""A file and what is in it."""


def announce(organisation: Organisation, thread: str, name: str, sender: Role) -> Attachment:
    """A place for a file of the thread, still without bytes; raises FileRefused."""
    own = attachments.named(name)
    attachments.refuse_name(widgets.of(organisation), sender, own)
    id = f"{organisation.id.replace('-', '')}-{uuid4().hex}"
    made = Attachment(id, thread, own, sender)
    with organisation.command():
        known = organisation.store.count(organisation.id, Attachment, _in(thread))
        if known >= attachments.MOST_IN_CHAT:
            raise FileRefused(f"This chat has {known} files; no more are taken.")
        organisation.store.put(organisation.id, made)
    return made


def _in(thread: str) -> Question:
    return Question(having=("thread", thread))


def fill(organisation: Organisation, thread: str, id: str, content: bytes) -> Attachment:
    """The bytes of a file that was announced; the same ones again change nothing.

    Raises NotFound, FileRefused, FileTooLarge, and IllegalState for other bytes.
    """
    with organisation.command():
        known = found(organisation, thread, id)
        attachments.refuse_size(widgets.of(organisation), len(content))
        if known.size is not None:
            if organisation.store.file(organisation.id, id) != content:
                raise IllegalState("The file has its bytes. Announce a new one for others.")
            return known
        filled = replace(known, size=len(content))
        organisation.store.put_file(organisation.id, id, content)
        organisation.store.put(organisation.id, filled)
        return filled


def found(organisation: Organisation, thread: str, id: str) -> Attachment:
    """A file of this thread; raises NotFound, also for one of another thread."""
    known = organisation.store.get(organisation.id, Attachment, id)
    if known is None or known.thread != thread:
        raise NotFound(f"This conversation has no file {id[:80]!r}.")
    return known


def opened(organisation: Organisation, thread: str, id: str) -> Held:
    """A file of this thread with its bytes; raises NotFound while it has none."""
    known = found(organisation, thread, id)
    content = organisation.store.file(organisation.id, id)
    if content is None:
        raise NotFound(f"The file {known.name!r} has not been uploaded.")
    return known, content


def referred(
    organisation: Organisation, thread: str, metadata: Mapping[str, str], sender: Role
) -> dict[str, str]:
    """A message's metadata, with what is known of its files in place of what it says of them.

    Raises MalformedBody, NotFound, and FileRefused for a file that somebody else sent.
    """
    ids = attachments.references(metadata)
    if not ids or organisation.faults.deviates("customers_files_lost"):
        return {name: each for name, each in metadata.items() if name not in attachments.KEYS}
    files = [opened(organisation, thread, id)[0] for id in ids]
    for file in files:
        if file.sender is not sender:
            raise FileRefused(f"The file {file.name!r} is not of whoever sends the message.")
    return {**metadata, **attachments.metadata_of(*files)}


def shown(organisation: Organisation, thread: str, metadata: Mapping[str, str]) -> list[Attachment]:
    """The files of a message that is kept."""
    return [found(organisation, thread, id) for id in attachments.references(metadata)]
