"""Keeps pieces of evidence as files of the report."""

from __future__ import annotations

import re
import shutil
from hashlib import sha256
from pathlib import Path

from harness.evidence import redact
from harness.record import Attachment

_SUFFIXES = {
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/html": ".html",
    "application/json": ".json",
    "application/zip": ".zip",
    "image/png": ".png",
    "video/webm": ".webm",
}


def kept(
    report: Path, id_: str, number: int, name: str, content: str | bytes | Path, media_type: str
) -> Attachment:
    """Write (or move) a piece into the report's `evidence`; texts are redacted on the way."""
    folder = report / "evidence" / _slug(id_)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number}-{_plain(name)}{_SUFFIXES.get(media_type, '')}"
    if isinstance(content, Path):
        shutil.move(content, path)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(redact(content), encoding="utf-8")
    return Attachment(name, path.relative_to(report).as_posix(), media_type)


def _slug(id_: str) -> str:
    """A folder's name that a person recognises and that no two scenarios share."""
    return f"{_plain(id_.rpartition('/')[2])}-{sha256(id_.encode()).hexdigest()[:8]}"


def _plain(text: str) -> str:
    return re.sub(r"\W+", "-", text).strip("-").lower()[:60]
