"""The example of docs/dataverse.md, as a reader runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from harness.reference.domain.dataverse.catalogue import SETS
from harness.reference.domain.dataverse.refusals import Reason
from tests.clients.programs import ROOT

DOCUMENT = (ROOT / "docs" / "dataverse.md").read_text(encoding="utf-8")


def test_the_example_runs(tmp_path: Path) -> None:
    shown = re.search(r"^```python\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert shown
    (tmp_path / "example.py").write_text(shown[1])
    packages = str(ROOT / ".cache" / "clients" / "dataverse")
    environment = {**os.environ, "PYTHONPATH": packages}
    command = [sys.executable, str(tmp_path / "example.py")]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "True"
    assert "disabled: False" in done.stdout


def test_every_table_and_code_is_documented() -> None:
    assert not [name for name in SETS if f"`{name}`" not in DOCUMENT]
    assert not [reason.code for reason in Reason if reason.code not in DOCUMENT]
