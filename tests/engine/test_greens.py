"""A proof takes from the run before it what passed there, if nothing has changed since."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from harness import layout
from harness.errors import UsageError
from harness.proof import greens
from harness.verdict import Verdict
from tests.engine.records import GREEN

FAILED = msgspec.structs.replace(GREEN, scenario="Failed", verdict=Verdict.FAIL)
FAULTY = msgspec.structs.replace(GREEN, scenario="Faulty", fault="lost")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    lines = (record.to_line() for record in (GREEN, FAILED, FAULTY))
    (tmp_path / "results.jsonl").write_bytes(b"\n".join(lines))
    return tmp_path


def test_what_passed_without_a_fault_is_green(report: Path) -> None:
    found = greens.read(report, layout.ROOT)
    assert found == {("escalation/transfer.feature::Heard", "api", "web-app"): GREEN}


def test_a_run_of_older_sources_is_refused(report: Path) -> None:
    os.utime(report / "results.jsonl", (0, 0))
    with pytest.raises(UsageError, match=r"was changed since the run in .*: run again, then prove"):
        greens.read(report, layout.ROOT)


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no results"):
        greens.read(tmp_path, layout.ROOT)
