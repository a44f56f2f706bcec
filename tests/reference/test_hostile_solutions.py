"""Packages that are damaged, foreign or malicious: each is refused by file and reason.

After each the world is the one before it: everything that is kept is compared.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from harness.reference.archives import LIMITS
from tests.reference.mover import Mover, changed, files_of
from tests.reference.site import refusal

Files = dict[str, bytes]
LINK = 0o120777 << 16


def told(mover: Mover, package: bytes) -> tuple[int, str, str]:
    """Status, name and message of a refusal that leaves nothing behind."""
    before = mover.everything()
    answer = mover.asks_to_import(package)
    assert mover.everything() == before, "something was left behind"
    return (*refusal(answer), answer.json()["error"]["message"])


def raw(files: Files, *more: tuple[str | zipfile.ZipInfo, bytes], method: int = 8) -> bytes:
    """A zip archive that may be as wrong as it likes."""
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, text in [*files.items(), *more]:
            archive.writestr(name, text)
    return content.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = LINK
    return entry


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../outside.xml", "leads out of the archive"),
        ("bots/../../outside.xml", "leads out of the archive"),
        ("/etc/cron.d/evil", "absolute path"),
        ("C:/Windows/evil.xml", "absolute path"),
        ("bots\\..\\..\\evil", "backslash"),
        ("evil\nname", "control character"),
        ("evil\x7fname", "control character"),
        ("readme\u202egnp.exe", "control character"),
        ("n" * 1_001, "longer than"),
    ],
)
def test_a_path_that_leads_elsewhere(mover: Mover, package: bytes, name: str, reason: str) -> None:
    status, kind, message = told(mover, raw(files_of(package), (name, b"x")))
    assert (status, kind) == (400, "ArchiveRefused")
    assert reason in message
    assert repr(name[:200]) in message


def test_a_symbolic_link(mover: Mover, package: bytes) -> None:
    archive = raw(files_of(package), (link("botcomponents/x/data"), b"/etc/passwd"))
    message = told(mover, archive)[2]
    assert message == "'botcomponents/x/data': it is a symbolic link"


@pytest.mark.parametrize("second", ["solution.xml", "SOLUTION.XML", "Customizations.xml"])
def test_a_name_that_is_there_twice(mover: Mover, package: bytes, second: str) -> None:
    message = told(mover, raw(files_of(package), (second, b"<x/>")))[2]
    assert message == f"{second!r}: it is there twice"


@pytest.mark.parametrize("kind", [0o010000, 0o020000, 0o060000, 0o140000])
def test_a_file_that_is_none(mover: Mover, package: bytes, kind: int) -> None:
    entry = link("Assets/pipe")
    entry.external_attr = kind << 16
    message = told(mover, raw(files_of(package), (entry, b"")))[2]
    assert message == "'Assets/pipe': it is no regular file"


@pytest.mark.parametrize("name", ["bots", "Solution.xml/x", "customizations.xml/a/b"])
def test_a_file_in_which_others_lie(mover: Mover, package: bytes, name: str) -> None:
    message = told(mover, raw(files_of(package), (name, b"x")))[2]
    assert message.endswith(": it is a file and a folder")


@pytest.mark.parametrize("second", ["Assets//caf\u00e9", "Assets/./CAFE\u0301"])
def test_a_name_that_is_there_twice_spelled_otherwise(
    mover: Mover, package: bytes, second: str
) -> None:
    message = told(mover, raw(files_of(package), ("Assets/cafe\u0301", b"x"), (second, b"y")))[2]
    assert message == f"{second!r}: it is there twice"


def test_a_bomb(mover: Mover, package: bytes) -> None:
    bomb = bytes(12 * 1024 * 1024)
    message = told(mover, raw(files_of(package), ("Assets/bomb.bin", bomb)))[2]
    assert message.startswith("'Assets/bomb.bin': it unpacks to more than 200 times")


def test_many_files_that_are_a_bomb_together(mover: Mover, package: bytes) -> None:
    part = bytes(range(256)) * 64  # repeats, and shrinks less than what is refused by itself
    many = [(f"Assets/{number}.bin", part * 240) for number in range(20)]
    message = told(mover, raw(files_of(package), *many))[2]
    assert "unpacks to more than" in message


def test_a_file_that_is_too_big(mover: Mover, package: bytes) -> None:
    big = ("Assets/film.bin", bytes(17 * 1024 * 1024))
    status, kind, message = told(mover, raw(files_of(package), big, method=0))
    assert (status, kind) == (400, "ArchiveRefused")
    assert "Assets/film.bin" in message


def test_a_package_that_is_too_big(mover: Mover) -> None:
    assert told(mover, bytes(33 * 1024 * 1024))[:2] == (413, "BodyTooLarge")


def test_more_entries_than_any_export_has(mover: Mover) -> None:
    many = {f"Assets/{number}": b"" for number in range(LIMITS.entries + 1)}
    assert "more than 20,000 entries" in told(mover, raw(many))[2]


@pytest.mark.parametrize("name", ["inner.zip", "Assets/inner.ZIP", "Assets/inner.bin", "x.tar"])
def test_an_archive_in_the_archive(mover: Mover, package: bytes, name: str) -> None:
    inner = raw({"bomb": bytes(100_000)})
    message = told(mover, raw(files_of(package), (name, inner)))[2]
    assert f"{name}, line 1: an archive in the archive" in message


def test_an_encrypted_package(mover: Mover, package: bytes) -> None:
    content = bytearray(raw(files_of(package)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert "encrypted" in told(mover, bytes(content))[2]


def test_a_size_that_is_a_lie(mover: Mover, package: bytes) -> None:
    content = bytearray(raw(files_of(package), method=0))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 1)
    assert "it is damaged" in told(mover, bytes(content))[2]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_package_that_is_cut_off(mover: Mover, package: bytes, share: float) -> None:
    cut = package[: int(len(package) * share)]
    assert told(mover, cut)[:2] == (400, "ArchiveRefused")


@pytest.mark.parametrize("content", [b"", b"PK", b"GIF89a", b"<?xml version='1.0'?><x/>"])
def test_what_is_no_archive(mover: Mover, content: bytes) -> None:
    status, kind, message = told(mover, content)
    assert (status, kind) == (400, "ArchiveRefused")
    assert "no zip archive" in message


def test_any_byte_that_is_flipped(mover: Mover, package: bytes) -> None:
    """Refused, or taken because the byte said nothing; never a defect, never half an import."""
    for position in range(0, len(package), 97):
        broken = bytearray(package)
        broken[position] ^= 0xFF
        before = mover.everything()
        answer = mover.asks_to_import(bytes(broken))
        assert answer.status_code in (201, 400, 409), answer.text
        if answer.status_code != 201:
            assert mover.everything() == before
            continue
        path = mover.solutions(mover.home, f"/{answer.json()['id']}")
        mover.site.do("Mia", "DELETE", path, status=204)


def test_a_bot_whose_name_is_too_long(mover: Mover, package: bytes, schema: str) -> None:
    path = f"bots/{schema}/bot.xml"
    long = files_of(package)[path].replace(b"<name>", b"<name>" + b"n" * 200)
    assert told(mover, changed(package, {path: long}))[:2] == (400, "BotNameTooLong")


def test_a_refusal_after_the_first_bot_undoes_the_first(mover: Mover) -> None:
    """The second bot of the package is one that is developed where it should go."""
    first, second = mover.makes_bot("First"), mover.makes_bot("Second")
    both = mover.makes_solution(first, second, name="Both")
    package = mover.exports(both)
    mover.imports(mover.exports(mover.makes_solution(second, name="One"), managed=False))
    assert told(mover, package)[:2] == (409, "SolutionUnmanaged")


def test_what_is_written_is_never_a_path_of_this_machine(mover: Mover, package: bytes) -> None:
    assert all(not path.startswith("/") for path in files_of(package))
