"""What a scenario leaves behind, and what it costs when nothing went wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from harness.evidence.recorder import Recorder
from harness.protocol.conversations import Line, Role
from harness.transport.exchanges import Exchange
from tests.reports.samples import PIXEL, STARTED

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJBZGEifQ.c2lnbmF0dXJl"


def test_the_transcript_is_a_table_as_that_person_saw_it() -> None:
    recorder = Recorder()
    at = datetime(2026, 3, 2, 9, 0, 4, tzinfo=UTC)
    lines = [
        Line(Role.BOT, "How can I help?", "Alpine Helper"),
        Line(Role.CUSTOMER, "A person, please", "Ada", at=at),
    ]
    recorder.transcript_source("Ada (customer)", lambda: lines)
    [(name, content, media_type)] = recorder.finish(failed=False)
    assert name == "Conversation as Ada (customer) saw it"
    assert media_type == "text/csv"
    assert str(content).splitlines() == [
        "at,who,role,said",
        ",Alpine Helper,bot,How can I help?",
        '09:00:04,Ada,customer,"A person, please"',
    ]


def test_exchanges_are_a_log_without_secrets() -> None:
    recorder = Recorder()
    recorder.exchanged(_frame(STARTED + 1))
    recorder.exchanged(_request(STARTED))
    [(_, content, media_type)] = recorder.finish(failed=False)
    assert media_type == "text/plain"
    assert str(content) == (
        "09:00:00.000  Ada  POST https://127.0.0.1/chat?token=[redacted]  201  (12 ms)\n"
        "  > Authorization: [redacted]\n"
        '  > {"text": "hello"}\n'
        "  < errorcode: 705\n"
        '  < {"token": "[redacted]"}\n'
        "\n"
        "09:00:01.000  Ada  received ← wss://127.0.0.1/socket\n"
        '    5:::{"typing":true}\n'
    )


def test_a_request_without_an_answer_says_so() -> None:
    recorder = Recorder()
    recorder.exchanged(Exchange(STARTED, "Ben", "http", "GET", "https://127.0.0.1/"))
    [(_, content, _)] = recorder.finish(failed=True)
    assert "no answer" in str(content)


def test_a_question_that_was_repeated_is_told_once() -> None:
    recorder = Recorder()
    for number in range(51):
        recorder.exchanged(_request(STARTED + number / 10))
    [(_, content, _)] = recorder.finish(failed=False)
    assert str(content).count("POST") == 1
    assert "… and the same 50 times more until 09:00:05.000" in str(content)


def test_who_saw_no_conversation_has_no_transcript() -> None:
    recorder = Recorder()
    recorder.transcript_source("Ben (agent)", list)
    assert list(recorder.finish(failed=False)) == []


@pytest.mark.parametrize(("failed", "start"), [(True, '  <   "value"'), (False, '  < {"value"')])
def test_long_json_is_cut_and_of_a_failure_broken_into_lines(failed: bool, start: str) -> None:
    recorder = Recorder()
    body = '{"value": "' + "x" * 20_000 + '"}'
    exchange = Exchange(STARTED, "Ben", "http", "GET", "https://127.0.0.1/", response=body)
    recorder.exchanged(exchange)
    [(_, content, _)] = recorder.finish(failed)
    assert start in str(content)
    assert "more characters" in str(content)
    assert len(str(content)) < 10_000


def test_pictures_and_traces_are_taken_only_when_it_did_not_pass() -> None:
    for failed, expected in ((False, []), (True, ["image/png", "application/zip"])):
        recorder = Recorder()
        recorder.picture_source("Ada", lambda: PIXEL)
        recorder.trace_source("Ada", _save_trace)
        assert [media_type for _, _, media_type in recorder.finish(failed)] == expected


def test_a_trace_leaves_redacted() -> None:
    recorder = Recorder()
    recorder.trace_source("Ada", _save_trace)
    [(_, path, _)] = recorder.finish(failed=True)
    assert isinstance(path, Path)
    with ZipFile(path) as archive:
        assert JWT.encode() not in archive.read("trace.network")


def test_evidence_that_cannot_be_had_leaves_a_note() -> None:
    recorder = Recorder()
    recorder.transcript_source("Ben (agent)", _unreachable)
    [(name, content, media_type)] = recorder.finish(failed=True)
    assert name == "Conversation as Ben (agent) saw it"
    assert content == "not available: ConnectionError: no answer with [redacted]"
    assert media_type == "text/plain"


def test_reading_evidence_does_not_add_to_the_log() -> None:
    recorder = Recorder()

    def read() -> list[Line]:
        recorder.exchanged(_request(STARTED + 9))
        return []

    recorder.exchanged(_request(STARTED))
    recorder.transcript_source("Ada (customer)", read)
    *_, (_, content, _) = recorder.finish(failed=False)
    assert str(content).count("POST") == 1


def _request(at: float) -> Exchange:
    return Exchange(
        at,
        "Ada",
        "http",
        "POST",
        "https://127.0.0.1/chat?token=opaque-0123456789",
        status=201,
        request_headers={"Authorization": "opaque-0123456789", "Host": "127.0.0.1"},
        response_headers={"errorcode": "705", "date": "today"},
        request='{"text": "hello"}',
        response=f'{{"token": "{JWT}"}}',
        duration=0.012,
    )


def _frame(at: float) -> Exchange:
    return Exchange(
        at,
        "Ada",
        "socket",
        "",
        "wss://127.0.0.1/socket",
        direction="received",
        response='5:::{"typing":true}',
    )


def _save_trace(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr("trace.network", f'{{"headers":[{{"name":"a","value":"{JWT}"}}]}}')


def _unreachable() -> list[Line]:
    raise ConnectionError(f"no answer with {JWT}")
