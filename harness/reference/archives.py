"""Reads archives and folders of strangers: what is wanted of them, as bytes in memory.

Nothing is written anywhere, so a refusal leaves nothing behind and no name can point outside. Names
are checked all the same: who reads `../x` out of an archive has been given something that is no
export, and a later reader of the same names may be less careful. Used for bots here and for
solutions wherever else one is read.
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.reference.domain.errors import ArchiveRefused

Wanted = Callable[[str], bool]
"""Whether a file is read, by its path with `/`; what is not wanted is never unpacked."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one archive or folder may hold; sizes in bytes, of the files that are wanted."""

    archive: int = 64 * 1024 * 1024
    entries: int = 20_000
    file: int = 4 * 1024 * 1024
    total: int = 64 * 1024 * 1024
    ratio: int = 200
    name: int = 1_000


LIMITS = Limits()
SMALL = 64 * 1024
"""Bytes below which a file may shrink to anything: blank space does."""
NEITHER = (
    "it is no bot: a bot is a folder, a zip archive (an exported solution or workspace)"
    " or the YAML file of a topic"
)

_ENTRY = b"PK\x01\x02"
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn round what is read: they hide how a name ends."""

_CHUNK = 64 * 1024
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


def opened(path: Path, wanted: Wanted, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The wanted files of a folder, a zip archive or a single file; raises ArchiveRefused."""
    try:
        if path.is_dir():
            return gathered(path, wanted, limits)
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            # A pipe would be waited for.
            raise ArchiveRefused(path.name, "it is no regular file")
        if (size := found.st_size) > limits.archive:
            raise ArchiveRefused(path.name, f"it has {size:,} bytes; {limits.archive:,} are read")
        content = path.read_bytes()
    except OSError as error:
        raise ArchiveRefused(str(path), error.strerror or str(error)) from None
    if not content.startswith(b"PK") and path.suffix.casefold() != ".zip":
        if not wanted(path.name):
            raise ArchiveRefused(path.name, NEITHER)
        return {path.name: content}
    return unpacked(content, wanted, limits, name=path.name)


def unpacked(
    content: bytes, wanted: Wanted, limits: Limits = LIMITS, *, name: str = "the archive"
) -> dict[str, bytes]:
    """The wanted files of a zip archive by path; raises ArchiveRefused with file and reason."""
    if len(content) > limits.archive:
        raise ArchiveRefused(name, f"it has {len(content):,} bytes; {limits.archive:,} are read")
    # Counted before the list is read: each entry begins so, and a million of them fill the memory.
    if content.count(_ENTRY) > limits.entries:
        raise ArchiveRefused(name, f"it has more than {limits.entries:,} entries")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive, wanted, limits)
    except _DAMAGE as error:
        raise ArchiveRefused(
            name, f"it is no zip archive that can be read ({error}); export the solution again"
        ) from None


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of these files in this order; the same files give the same bytes.

    What would shrink beyond what `unpacked` takes is stored as it is.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, text in files.items():
            entry = zipfile.ZipInfo(path)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            small = len(zlib.compress(text)) * LIMITS.ratio // 2
            shrinks = len(text) <= SMALL or len(text) <= small
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED if shrinks else zipfile.ZIP_STORED)
    return content.getvalue()


def _read(archive: zipfile.ZipFile, wanted: Wanted, limits: Limits) -> dict[str, bytes]:
    entries = archive.infolist()
    seen: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        _refuse_entry(entry, limits)
        # Two names that differ in case, accents or dots are one file on half of all machines.
        place = unicodedata.normalize("NFC", posixpath.normpath(entry.filename)).casefold()
        if place in seen:
            raise ArchiveRefused(entry.filename, "it is there twice")
        seen[place] = entry
    _refuse_mixed(seen)
    files: dict[str, bytes] = {}
    left = limits.total
    for entry in entries:
        if not entry.is_dir() and wanted(entry.filename):
            content = _content(archive, entry, min(left, limits.file), limits)
            files[entry.filename] = content
            left -= len(content)
    return files


def _refuse_mixed(seen: Mapping[str, zipfile.ZipInfo]) -> None:
    """A file in which others lie can be unpacked nowhere."""
    folders = {folder for place in seen for folder in _above(place)}
    for place in folders & seen.keys():
        if not seen[place].is_dir():
            raise ArchiveRefused(seen[place].filename, "it is a file and a folder")


def _above(place: str) -> Iterator[str]:
    while place := posixpath.dirname(place):
        yield place


def _refuse_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    # `orig_filename` is what the archive says; `filename` is cut at a NUL, and newer Pythons take
    # it from an extra field.
    path = entry.orig_filename
    for name in (path, entry.filename):
        if reason := _wrong_name(name, limits):
            raise ArchiveRefused(name, reason)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise ArchiveRefused(path, "it is a symbolic link")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveRefused(path, "it is no regular file")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Others may ask for gigabytes of memory before the first byte comes out.
        raise ArchiveRefused(path, "it is packed by a method that no export uses; zip it anew")
    if entry.flag_bits & 0x1:
        raise ArchiveRefused(path, "it is encrypted; export the solution without a password")


def _wrong_name(path: str, limits: Limits) -> str:
    if len(path) > limits.name:
        return f"its name is longer than {limits.name:,} characters"
    if not path or _CONTROL.search(path):
        return "its name has a control character, or none at all"
    if "\\" in path:
        return "its name has a backslash; an export separates folders by /"
    if path.startswith("/") or _DRIVE.match(path):
        return "its name is an absolute path"
    if ".." in path.split("/"):
        return "its name leads out of the archive"
    return ""


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, limits: Limits) -> bytes:
    """One file, read no further than `most` whatever the archive says that it has."""
    path = entry.filename
    content = io.BytesIO()
    try:
        with archive.open(entry) as source:
            while chunk := source.read(min(_CHUNK, most + 1 - content.tell())):
                content.write(chunk)
                _refuse_bomb(path, content.tell(), entry.compress_size, most, limits)
    except _DAMAGE as error:
        raise ArchiveRefused(path, f"it is damaged ({error}); export the solution again") from None
    if content.tell() != entry.file_size:
        raise ArchiveRefused(path, "it is damaged (another size than the archive says)")
    return content.getvalue()


def _refuse_bomb(path: str, size: int, packed: int, most: int, limits: Limits) -> None:
    if size > most:
        what = "the archive unpacks to" if most < limits.file else "it unpacks to"
        most = limits.total if most < limits.file else most
        raise ArchiveRefused(path, f"{what} more than {most:,} bytes")
    if size > SMALL and size > limits.ratio * max(packed, 1):
        raise ArchiveRefused(path, f"it unpacks to more than {limits.ratio} times its size")


def gathered(folder: Path, wanted: Wanted, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The wanted files below a folder by path; raises ArchiveRefused with file and reason."""
    files: dict[str, bytes] = {}
    left = limits.total
    for number, (path, file) in enumerate(_walk(folder, folder.resolve())):
        if number >= limits.entries:
            raise ArchiveRefused(
                str(folder), f"it has more than {limits.entries:,} files; name the bot's own folder"
            )
        if not wanted(path):
            continue
        content = _file(path, file, min(left, limits.file))
        files[path] = content
        left -= len(content)
    return files


def _walk(folder: Path, top: Path) -> Iterator[tuple[str, Path]]:
    """Every file below, in order of its path; what begins with a dot belongs to some tool."""
    for here, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*folders, *sorted(names)):
            path = Path(here, name)
            if path.is_symlink() and not path.resolve().is_relative_to(top):
                raise ArchiveRefused(
                    path.relative_to(folder).as_posix(), "it is a link that leads out of the folder"
                )
        for name in sorted(names):
            path = Path(here, name)
            yield path.relative_to(folder).as_posix(), path


def _unreadable(error: OSError) -> None:
    raise ArchiveRefused(str(error.filename), error.strerror or str(error)) from None


def _file(path: str, file: Path, most: int) -> bytes:
    if not file.is_file():
        raise ArchiveRefused(path, "it is no regular file")
    try:
        with file.open("rb") as source:
            content = source.read(most + 1)
    except OSError as error:
        raise ArchiveRefused(path, error.strerror or str(error)) from None
    if len(content) > most:
        raise ArchiveRefused(path, f"more than {most:,} bytes would have to be read")
    return content
