"""A pytest plug-in that notes when tests start and finish: `PYTEST_PLUGINS=benchmarks.moments`.

`MOMENTS` names a file: a line `started <seconds>` at the first start, `finished <seconds>` at each
finish; seconds since the epoch.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

_FILE = Path(os.environ.get("MOMENTS", os.devnull))


def pytest_runtest_logstart() -> None:
    """Note the first start."""
    if not _FILE.exists():
        _FILE.write_text(f"started {time.time()!r}\n")


def pytest_runtest_logfinish() -> None:
    """Note a finish."""
    with _FILE.open("a") as file:
        file.write(f"finished {time.time()!r}\n")


def noted(file: Path, what: str) -> list[float]:
    """The moments of that kind, oldest first; a line that is being written is left out."""
    lines = file.read_text().split("\n")[:-1] if file.exists() else []
    return [float(line.split()[1]) for line in lines if line.startswith(what)]
