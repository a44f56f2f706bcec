"""The same customer scenarios against another server of the same wire.

It is started apart from the run, has no control surface, and its clock is the real one: scenarios
that would move the clock are not applicable, visibly, and nothing else changes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import layout

FEATURES = ("escalation/transfer", "escalation/context", "inactivity/reminder_and_timeout")
PEOPLE = ("Ben", "Bea", "Sam")


@pytest.fixture
def organisation(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A server with one organisation; what its readiness line says of it."""
    wanted = tmp_path / "organisations.json"
    wanted.write_text('{"generation": "web-app"}')
    command = [sys.executable, "-m", "harness.reference", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--clock", "real", "--organisation", str(wanted)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    ready = json.loads(process.stdout.readline())
    assert not ready.get("control")
    yield {**ready["organisations"][0], "ca": ready["ca"]}
    process.terminate()
    process.wait(10)
    process.stdout.close()


def described(organisation: dict[str, Any], path: Path) -> tuple[Path, dict[str, str]]:
    """The target's file, and the environment that holds its secrets."""
    widget = organisation["widget"]
    path.write_text(
        f"""
schema = 1
name = "second"
kind = "deployment"
generation = "web-app"
capabilities = ["chat", "inactivity"]

[addresses]
org_url = "{widget["org_url"]}"
org_id = "{widget["org_id"]}"
app_id = "{widget["app_id"]}"
page = "{widget["page"]}"
url = "{organisation["url"]}"
organisation = "{organisation["id"]}"
ca = "{organisation["ca"]}"

[roles]
customer = "api"
agent = "api"
supervisor = "api"

[waits]
delivery = "10 seconds"

[secrets]
"""
        + "".join(f'{name} = "SECOND_{name.upper()}"\n' for name in PEOPLE)
    )
    tokens = {user["name"]: user["token"] for user in organisation["users"]}
    return path, {f"SECOND_{name.upper()}": tokens[name] for name in PEOPLE}


def test_the_same_scenarios_run_there(organisation: dict[str, Any], tmp_path: Path) -> None:
    target, secrets = described(organisation, tmp_path / "second.toml")
    report = tmp_path / "report"
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *(str(layout.FEATURES / f"{name}.feature") for name in FEATURES),
            *("--target", str(target), "--customer", "api", "--report", str(report)),
        ],
        env={**os.environ, **secrets},
        capture_output=True,
        text=True,
        timeout=240,
    )
    records = [json.loads(line) for line in (report / "results.jsonl").read_text().splitlines()]
    verdicts = Counter(record["verdict"] for record in records)
    assert set(verdicts) <= {"pass", "not_applicable"}, run.stdout
    assert verdicts["pass"] == 19
    skipped = [record for record in records if record["verdict"] == "not_applicable"]
    assert {record["area"] for record in skipped} == {"inactivity"}
    assert all("on a real clock" in record["reason"] for record in skipped)
    written = "".join(file.read_text() for file in report.rglob("*.json*") if file.is_file())
    assert not any(token in written for token in secrets.values())
