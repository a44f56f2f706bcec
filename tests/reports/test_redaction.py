"""Nothing secret is written, whatever door it came by; what was missed is found again."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from harness.evidence.redaction import (
    REDACTED,
    Secrets,
    redact_archive,
    redacted,
    redacted_headers,
)

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJBZGEifQ.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    "text",
    [
        f"a token {JWT} in a sentence",
        f"https://127.0.0.1/sign-in/{JWT}?next=/",
        'Authorization: Bearer opaque-0123456789"',
        "  > authorization: opaque-0123456789",
        "  < Set-Cookie: session=opaque-0123456789; Path=/",
        '{"Token": "opaque-0123456789"}',
        '{"nested":"{\\"token\\":\\"opaque-0123456789\\"}"}',
        '{"client_secret": "opaque-0123456789", "kept": 1}',
        "wss://127.0.0.1/stream?watermark=3&t=opaque-0123456789",
        "https://127.0.0.1/object?sig=opaque-0123456789&sv=1",
        "X-Skypetoken: opaque-0123456789",
        "skype_token opaque-0123456789",
    ],
)
def test_a_secret_does_not_survive(text: str) -> None:
    clean = redacted(text)
    assert "opaque-0123456789" not in clean
    assert JWT not in clean
    assert REDACTED in clean


@pytest.mark.parametrize(
    "text",
    [
        "Ada asks for a person",
        '{"expires_in": 1800, "text": "what is a token?"}',
        "POST https://127.0.0.1/conversation?api-version=2024-03-07  201  (12 ms)",
        "",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redacted(text) == text


def test_names_stay_so_that_one_sees_what_was_there() -> None:
    assert redacted('{"Token": "opaque-0123456789"}') == f'{{"Token": "{REDACTED}"}}'


def test_json_stays_json() -> None:
    text = json.dumps({"token": 'quoted " inside', "text": "hello"})
    assert json.loads(redacted(text)) == {"token": REDACTED, "text": "hello"}


def test_headers_that_are_secret_lose_their_value() -> None:
    headers = {"AuthenticatedUserToken": "opaque", "Oc-Sessionid": "1"}
    assert redacted_headers(headers) == {"AuthenticatedUserToken": REDACTED, "Oc-Sessionid": "1"}


def test_a_known_value_is_removed_whatever_its_shape() -> None:
    secrets = Secrets()
    secrets.add("plain-looking words")
    assert secrets.redact("say plain-looking words now") == f"say {REDACTED} now"


def test_canaries_are_counted_where_they_can_be_read(tmp_path: Path) -> None:
    secrets = Secrets()
    secrets.add(JWT)
    secrets.add("opaque-0123456789")
    secrets.add("never written anywhere")
    (tmp_path / "results.jsonl").write_text(f"… {JWT} …")
    with zipfile.ZipFile(tmp_path / "trace.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trace.network", "cookie opaque-0123456789")
    assert secrets.planted == 3
    assert secrets.found_in(tmp_path) == 2


def test_a_worker_hands_its_canaries_over(tmp_path: Path) -> None:
    worker, controller = Secrets(), Secrets()
    worker.add(JWT)
    worker.add("opaque-0123456789")
    controller.imported(json.loads(json.dumps(worker.exported())))
    (tmp_path / "a.txt").write_text(JWT)
    assert controller.planted == 2
    assert controller.found_in(tmp_path) == 1


def test_a_trace_archive_is_redacted_in_place(tmp_path: Path) -> None:
    path = tmp_path / "trace.zip"
    picture = bytes(range(256))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("trace.network", f'{{"name":"Authorization","value":"Bearer {JWT}"}}')
        archive.writestr("resources/a.png", picture)
    secrets = Secrets()
    secrets.add(JWT)
    redact_archive(path, secrets)
    assert secrets.found_in(tmp_path) == 0
    with zipfile.ZipFile(path) as archive:
        assert archive.read("resources/a.png") == picture
        assert b"Authorization" in archive.read("trace.network")


@pytest.mark.parametrize("before", ["", "İstanbul\n", "first\n\n"])
def test_a_secret_header_is_found_on_any_line(before: str) -> None:
    text = f"{before}  > authorization: abc def\nplain\n  > cookie: x=1\nlast"
    shown = f"{before}  > authorization: [redacted]\nplain\n  > cookie: [redacted]\nlast"
    assert redacted(text) == shown
