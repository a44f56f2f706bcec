"""`handoff serve`: the reference for people, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
from types import FrameType
from typing import Any

USAGE, NOT_STARTED = 2, 3


def serve(given: argparse.Namespace) -> int:
    """Starts the reference, says where to click, and waits; 0 when it was stopped.

    When it does not start it says why itself; 2 for what was asked of it, else 3.
    """
    process = subprocess.Popen(_command(given), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)

    def stop(number: int, frame: FrameType | None) -> None:
        process.terminate()

    # The child stops by itself on Ctrl-C, which the terminal sends to both.
    kept = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        if said:
            print(_invitation(json.loads(said), given), flush=True)
        process.wait()
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    if said:
        return 0
    return USAGE if process.returncode == USAGE else NOT_STARTED


def _command(given: argparse.Namespace) -> list[str]:
    command = [sys.executable, "-m", "harness.reference"]
    command += ["--port", str(given.port), "--clock", given.clock]
    command += ["--store", given.store] if given.store else []
    command += ["--bot", given.bot] if given.bot else []
    command += ["--demo"] if given.demo else []
    # Without a demo somebody has to make organisations, and a virtual clock has to be moved.
    command += ["--control"] if given.clock == "virtual" or not given.demo else []
    return command


def _invitation(ready: dict[str, Any], given: argparse.Namespace) -> str:
    """Where to click, for a person who has just started it."""
    lines = ["The reference is running."]
    if "demo" in ready:
        lines += [f"  Open {ready['demo']} and follow the five steps."]
        lines += ["  The browser warns of the certificate: it was made for this start; go on."]
        lines += [f"  Its authority, if you want to trust it: {ready['ca']}"]
    if ready["control"]:
        lines += [f"  Control surface: {ready['control']} (docs/reference-api.md)"]
        lines += [f"  Certificate authority: {ready['ca']}"] if "demo" not in ready else []
    if not given.store:
        lines += ["  Nothing is kept after it stops; --store sqlite:///FILE keeps it."]
    return "\n".join([*lines, "Press Ctrl-C to stop."])
