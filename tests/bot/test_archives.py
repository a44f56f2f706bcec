"""What is read of a stranger's archive or folder, and everything that is refused."""

from __future__ import annotations

import contextlib
import io
import os
import struct
import time
import warnings
import zipfile
from pathlib import Path

import pytest

from harness.reference.archives import LIMITS, Limits, gathered, opened, unpacked
from harness.reference.domain.errors import ArchiveRefused

LINK = 0o120777 << 16
TINY = Limits(archive=10_000, entries=3, file=100, total=150, ratio=200)


def anything(_path: str) -> bool:
    return True


def archive(*files: tuple[str | zipfile.ZipInfo, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w", kind) as made:
        warnings.simplefilter("ignore")  # the same name twice
        for name, text in files:
            made.writestr(name, text)
    return content.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = LINK
    return entry


def refusal(content: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(ArchiveRefused) as refused:
        unpacked(content, anything, limits, name="bot.zip")
    return str(refused.value)


def test_an_archive_is_its_files() -> None:
    files = {"bots/a/bot.xml": b"<bot/>", "leer": b"", "Grüße.yaml": "ß".encode()}
    assert unpacked(archive(*files.items()), anything) == files


def test_only_what_is_wanted_is_unpacked() -> None:
    content = archive(("data", b"x"), ("film.mp4", bytes(LIMITS.file + 1)), ("inner.zip", b"PK"))
    assert unpacked(content, lambda path: path == "data") == {"data": b"x"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../up", "leads out of the archive"),
        ("a/../../up", "leads out of the archive"),
        ("/etc/passwd", "absolute path"),
        ("C:/boot.ini", "absolute path"),
        ("c:boot.ini", "absolute path"),
        ("a\\..\\up", "backslash"),
        ("a\nb", "control character"),
        ("x" * 1_001, "longer than 1,000"),
    ],
)
def test_a_name_that_points_elsewhere_is_refused(name: str, reason: str) -> None:
    assert reason in refusal(archive((name, b"")))


def test_a_name_with_a_nul_is_refused_and_not_cut() -> None:
    content = archive(("harmlessX.exe", b"x")).replace(b"harmlessX", b"harmless\0")
    assert "control character" in refusal(content)


def test_a_link_is_refused() -> None:
    assert refusal(archive((link("data"), b"/etc/passwd"))) == "'data': it is a symbolic link"


@pytest.mark.parametrize("second", ["data", "DATA"])
def test_the_same_name_twice_is_refused(second: str) -> None:
    assert "there twice" in refusal(archive(("data", b"1"), (second, b"2")))


def test_an_encrypted_file_is_refused() -> None:
    content = bytearray(archive(("data", b"secret")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert "encrypted" in refusal(bytes(content))


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_takes_any_memory_is_refused(kind: int) -> None:
    assert "no export uses" in refusal(archive(("data", b"x"), kind=kind))


def test_a_damaged_file_is_named() -> None:
    content = archive(("good", b"good"), ("bad", b"0123456789"), kind=zipfile.ZIP_STORED)
    assert refusal(content.replace(b"0123456789", b"0123456780")).startswith("'bad': it is damaged")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"not a zip", archive(("data", b"x" * 99))[:-30]],
    ids=["nothing", "two bytes", "no zip", "a torn zip"],
)
def test_what_is_no_archive_is_named_by_the_name_it_came_with(content: bytes) -> None:
    assert refusal(content).startswith("'bot.zip': it is no zip archive")


def test_an_archive_of_many_entries_is_refused_before_they_are_listed() -> None:
    assert "more than 3 entries" in refusal(archive(*((str(n), b"") for n in range(4))), TINY)


def test_sizes_are_bounded_for_a_file_for_all_and_for_the_archive() -> None:
    assert "more than 100 bytes" in refusal(archive(("a", b"x" * 101)), TINY)
    two = archive(("a", b"x" * 90), ("b", b"x" * 90))
    assert "the archive unpacks to more than 150 bytes" in refusal(two, TINY)
    assert "10,000 are read" in refusal(bytes(10_001), TINY)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = archive(("data", bytes(3 * 1024 * 1024)))
    began = time.process_time()
    assert "200 times its size" in refusal(bomb)
    assert time.process_time() - began < 1


def test_an_archive_that_lies_about_a_size_is_found_out() -> None:
    content = bytearray(archive(("data", b"x" * 5_000), kind=zipfile.ZIP_STORED))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 1)
    assert refusal(bytes(content)).startswith("'data': it is damaged")


def test_any_damage_of_an_archive_is_a_refusal_or_harmless() -> None:
    content = archive(("bots/a/bot.xml", b"<bot>" * 50), ("data", b"kind: x\n" * 50))
    for position in range(len(content)):
        broken = bytearray(content)
        broken[position] ^= 0xFF
        with contextlib.suppress(ArchiveRefused):
            assert unpacked(bytes(broken), anything)


def test_a_folder_is_its_files_but_for_those_of_tools(tmp_path: Path) -> None:
    for name in ("topics/b.yaml", "topics/a.yaml", "x.png", ".git/config", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found = gathered(tmp_path, lambda path: not path.endswith("png"))
    assert list(found.items()) == [
        (".hidden", b".hidden"),
        ("topics/a.yaml", b"topics/a.yaml"),
        ("topics/b.yaml", b"topics/b.yaml"),
    ]


@pytest.mark.parametrize("target", ["../secret", "/etc"])
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot/data").symlink_to(target)
    with pytest.raises(ArchiveRefused, match="'data': it is a link that leads out"):
        gathered(tmp_path / "bot", anything)


def test_a_link_inside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "b").symlink_to("a")
    assert gathered(tmp_path, anything) == {"a": b"x", "b": b"x"}


def test_a_folder_has_the_limits_of_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 101)
    with pytest.raises(ArchiveRefused, match="more than 100 bytes"):
        gathered(tmp_path, anything, TINY)
    for name in "bcd":
        (tmp_path / name).touch()
    with pytest.raises(ArchiveRefused, match="more than 3 files"):
        gathered(tmp_path, lambda path: path != "a", TINY)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "data")
    with pytest.raises(ArchiveRefused, match="no regular file"):
        gathered(tmp_path, anything)
    with pytest.raises(ArchiveRefused, match="no regular file"):
        opened(tmp_path / "data", anything)


def test_a_path_is_a_folder_an_archive_or_one_file(tmp_path: Path) -> None:
    (tmp_path / "bot.zip").write_bytes(archive(("data", b"1")))
    (tmp_path / "one.yaml").write_bytes(b"2")
    assert opened(tmp_path / "bot.zip", anything) == {"data": b"1"}
    assert opened(tmp_path / "one.yaml", anything) == {"one.yaml": b"2"}
    (tmp_path / "README.md").write_bytes(b"# Read me")
    with pytest.raises(ArchiveRefused, match=r"a folder, a zip archive .* or the YAML file"):
        opened(tmp_path / "README.md", lambda _path: False)
    (tmp_path / "README.md").unlink()
    assert set(opened(tmp_path, anything)) == {"bot.zip", "one.yaml"}
    with pytest.raises(ArchiveRefused, match="nowhere': No such file"):
        opened(tmp_path / "nowhere", anything)
