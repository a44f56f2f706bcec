"""How long a person waits before the first scenario starts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measure import Ratio, RunFailed, interleaved, process
from benchmarks.moments import noted

ROOT = Path(__file__).resolve().parent.parent
LONGEST_S = 120.0


def first_scenario_against_empty_pytest(folder: Path, rounds: int) -> Ratio:
    """Seconds from `make conformance` to the first scenario ÷ a whole pytest of one empty test."""
    (folder / "test_empty.py").write_text("def test_empty():\n    pass\n")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:handoff", "test_empty.py"]
    process(pytest, folder, "1 passed", environment)  # its byte code is written now
    return interleaved(
        lambda: _first_scenario(folder, environment),
        lambda: process(pytest, folder, "1 passed", environment),
        rounds,
    )


def _first_scenario(folder: Path, environment: dict[str, str]) -> float:
    notes = folder / "moments"
    notes.unlink(missing_ok=True)
    watched = {"MOMENTS": str(notes), "PYTEST_PLUGINS": "benchmarks.moments"}
    start = time.time()
    run = subprocess.Popen(
        ["make", "conformance", f"ARGS=--report {folder / 'report'}"],
        cwd=ROOT,
        env={**environment, **watched, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not noted(notes, "started"):
            if run.poll() is not None or time.time() - start > LONGEST_S:
                raise RunFailed("make conformance started no scenario")
            time.sleep(0.01)
    finally:
        # The rest of the run is not wanted; its group is ended, the reference with it.
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGTERM)
            run.wait()
    return noted(notes, "started")[0] - start
