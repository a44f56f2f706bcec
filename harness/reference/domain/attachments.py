"""Files of a conversation: who may send which, and how a message refers to them (wire notes 2d)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from harness.protocol.conversations import Role
from harness.reference.domain.errors import FileRefused, FileTooLarge, MalformedBody
from harness.reference.domain.widgets import ChatWidget

REFERENCES = "amsReferences"
DESCRIPTIONS = "amsMetadata"
"""The metadata of a message with files: ids, and beside each `{contentType, fileName}`; JSON."""

KEYS = frozenset({REFERENCES, REFERENCES.lower(), DESCRIPTIONS})

MEGABYTE = 1_000_000
"""As the widget counts: a file has less than `largest_file` times as many bytes."""

LONGEST_NAME = 255
MOST = 10
"""Files of one message."""

MOST_IN_CHAT = 200
"""Files that are announced in one conversation."""

IMAGES = {
    "bmp": "image/bmp",
    "gif": "image/gif",
    "heic": "image/heic",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
"""Media types that a chat draws, by the end of a name."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a thread. `size` is None until its bytes have come."""

    id: str
    thread: str
    name: str
    sender: Role
    size: int | None = None


def media_type(name: str) -> str:
    """What a file says that it is, judged by its name alone."""
    end = name.rpartition(".")[2].lower()
    return IMAGES.get(end, "text/plain" if end == "txt" else "application/octet-stream")


def named(name: str) -> str:
    """A file's own name, without the folders that some clients send along; raises FileRefused."""
    own = name.replace("\\", "/").rpartition("/")[2].strip()
    if not own or len(own) > LONGEST_NAME or not own.isprintable():
        raise FileRefused(f"A file's name has 1 to {LONGEST_NAME} printable characters.")
    return own


def kinds(widget: ChatWidget) -> list[str]:
    """The ends of the names of files that are taken: in small letters, without dots."""
    return [kind.lower().lstrip(".") for kind in widget.extensions]


def refuse_name(widget: ChatWidget, sender: Role, name: str) -> None:
    """Raises FileRefused where such a sender sends no files, or none of this kind."""
    allowed = widget.files_from_agents if sender is Role.AGENT else widget.files_from_customers
    if not allowed:
        who = "agents" if sender is Role.AGENT else "customers"
        raise FileRefused(f"The widget takes no files from {who}. Its administrator can allow it.")
    _, dot, end = name.rpartition(".")
    if not dot or end.lower() not in kinds(widget):
        listed = ", ".join(widget.extensions)
        raise FileRefused(f"{name!r} is no file of these kinds: {listed}. Send one that is.")


def refuse_size(widget: ChatWidget, size: int) -> None:
    """Raises FileRefused for an empty file, FileTooLarge for one over the widget's limit."""
    if not size:
        raise FileRefused("The file is empty.")
    if size >= widget.largest_file * MEGABYTE:
        raise FileTooLarge(
            f"The file has {size} bytes; less than {widget.largest_file} MB are allowed."
        )


def references(metadata: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of a message's files; raises MalformedBody for what is no list of them."""
    written = metadata.get(REFERENCES) or metadata.get(REFERENCES.lower())
    if not written:
        return ()
    try:
        ids = msgspec.json.decode(written, type=tuple[str, ...])
    except (msgspec.DecodeError, RecursionError) as error:
        raise MalformedBody(f"{REFERENCES} is no JSON list of ids: {error}.") from None
    if len(ids) > MOST:
        raise MalformedBody(f"A message has at most {MOST} files, not {len(ids)}.")
    return ids


def metadata_of(*files: Attachment) -> dict[str, str]:
    """What a message that carries these files says of them."""
    ids = msgspec.json.encode([file.id for file in files]).decode()
    told = [{"contentType": media_type(file.name), "fileName": file.name} for file in files]
    described = msgspec.json.encode(told).decode()
    return {REFERENCES: ids, REFERENCES.lower(): ids, DESCRIPTIONS: described}
