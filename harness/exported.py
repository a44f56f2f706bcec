"""`handoff bot`: what the reference makes of an exported bot, said by the reference itself."""

from __future__ import annotations

import argparse
import subprocess
import sys


def show(given: argparse.Namespace) -> int:
    """Says what an exported bot holds and what of it does not run.

    0 all of it runs, 1 something is not supported or unknown, 2 it, or a part of it, is unreadable.
    """
    # A process: nothing that judges knows the reference's inside.
    command = [sys.executable, "-m", "harness.reference.inspection", given.path]
    command += ["--json"] if given.json else []
    return subprocess.run(command, check=False).returncode
