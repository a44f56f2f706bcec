"""Files that come and go over Direct Line; they are kept as those of every other conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from harness.protocol.conversations import Role
from harness.reference.domain import attachments
from harness.reference.domain.attachments import Attachment
from harness.reference.domain.errors import NotFound, NotSignedIn
from harness.reference.operations import tokens
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.views import Shown

LARGEST = 4 * 1024 * 1024
"""Bytes of one upload, as Direct Line has it."""

PLACE = "/v3/directline/attachments"
LIFETIME = timedelta(days=1)
"""Of an address, as long as a chat token's: whoever asks for the activity again gets a new one."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    name: str
    content: bytes


def keep(organisation: Organisation, thread: str, uploads: Iterable[Upload]) -> list[Attachment]:
    """The user's files, kept for a thread or talk; raises FileRefused for a name that is none."""
    kept = []
    with organisation.command():
        for upload in uploads:
            id = f"{organisation.id.replace('-', '')}-{uuid4().hex}"
            name = attachments.named(upload.name)
            file = Attachment(id, thread, name, Role.CUSTOMER, len(upload.content))
            organisation.store.put_file(organisation.id, id, upload.content)
            organisation.store.put(organisation.id, file)
            kept.append(file)
    return kept


def sent(organisation: Organisation, thread: str, ids: Iterable[str]) -> list[Attachment]:
    """The files of these ids that a thread has."""
    known = (organisation.store.get(organisation.id, Attachment, id) for id in ids)
    return [file for file in known if file is not None and file.thread == thread]


def opened(world: World, id: str, key: str) -> tuple[str, bytes]:
    """Name and bytes of a file; raises NotFound, NotSignedIn without the key, and TokenExpired."""
    claims = tokens.read(world, key)
    if claims.extra.get("file") != id:
        raise NotSignedIn("This key is of another file. Use the address as an activity has it.")
    organisation = claims.organisation
    file = organisation.store.get(organisation.id, Attachment, id)
    content = organisation.store.file(organisation.id, id)
    if file is None or content is None:
        raise NotFound(f"There is no file {id[:80]!r} here.")
    return file.name, content


def described(organisation: Organisation, file: Attachment) -> Shown:
    """A file as an activity carries it. Its address has a key: pictures are drawn without headers.

    A file's id is known to whoever was told of it elsewhere; it opens nothing by itself.
    """
    key = tokens.issue(
        organisation, organisation, "file", lifetime=LIFETIME, extra={"file": file.id}
    )
    return {
        "contentType": attachments.media_type(file.name),
        "contentUrl": f"{organisation.url}{PLACE}/{file.id}?t={key}",
        "name": file.name,
    }


def of(organisation: Organisation, thread: str, metadata: Mapping[str, str]) -> list[Shown]:
    """The files of a message, as an activity carries them."""
    files = sent(organisation, thread, attachments.references(metadata))
    return [described(organisation, file) for file in files]
