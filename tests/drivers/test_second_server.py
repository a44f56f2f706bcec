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

from harness import doctor, layout
from harness.cast import Cast
from harness.protocol.portal import ConnectionState
from harness.staging import arrangements, preparations, silences
from harness.target import load

FEATURES = ("escalation/transfer", "escalation/context", "inactivity/reminder_and_timeout")
PEOPLE = ("Ben", "Bea", "Sam", "Mia", "Olga")


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
bot = "{organisation["bot"]["id"]}"
ca = "{organisation["ca"]}"

[roles]
customer = "api"
agent = "api"
supervisor = "api"
maker = "api"
administrator = "api"

[waits]
delivery = "10 seconds"

[secrets]
"""
        + "".join(f'{name} = "SECOND_{name.upper()}"\n' for name in PEOPLE)
    )
    tokens = {user["name"]: user["token"] for user in organisation["users"]}
    return path, {f"SECOND_{name.upper()}": tokens[name] for name in PEOPLE}


@pytest.fixture
def second(organisation: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The target file of the second server; its tokens are in the environment."""
    path, secrets = described(organisation, tmp_path / "second.toml")
    for variable, token in secrets.items():
        monkeypatch.setenv(variable, token)
    return path


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
    assert verdicts["pass"] == 20
    skipped = [record for record in records if record["verdict"] == "not_applicable"]
    assert {record["area"] for record in skipped} == {"inactivity"}
    assert all("on a real clock" in record["reason"] for record in skipped)
    written = "".join(file.read_text() for file in report.rglob("*.json*") if file.is_file())
    assert not any(token in written for token in secrets.values())


def test_a_bot_that_others_use_is_left_as_it_was(second: Path) -> None:
    target = load(str(second))
    before = Cast(target, target.generation).maker("Mia").topics()
    cast = Cast(target, target.generation)
    silences.removes_topics(cast)
    cast.maker("Mia").disconnects()
    arrangements.connects_unpublished_bot(cast, "Mia", "Gamma Helper")
    cast.leaves()
    after = Cast(target, target.generation)
    assert after.maker("Mia").connection().state is ConnectionState.CONNECTED
    assert set(after.maker("Mia").topics()) == set(before)
    arrangements.is_chatting(after, "Ada")
    after.leaves()
    target.stop()


def test_a_desk_that_others_use_is_left_as_it_was(second: Path) -> None:
    target = load(str(second))
    before = Cast(target, target.generation).administrator("Olga").setting()
    cast = Cast(target, target.generation)
    preparations.routes(cast, "StoreLocation", "Oslo", "Parcels")
    preparations.answers_from_outside(cast, "Rex")
    cast.administrator("Olga").disables(cast.organisation.bot)
    cast.leaves()
    after = Cast(target, target.generation)
    olga = after.administrator("Olga")
    assert olga.setting() == before
    assert not any(user.disabled for user in olga.application_users())
    arrangements.is_chatting(after, "Ada")
    after.leaves()
    target.stop()


def test_the_doctor_tries_every_token(second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECOND_BEN", "an old one")
    second.write_text(second.read_text() + 'Benn = "SECOND_BENN"\n')
    found = [finding for finding in doctor.examine(str(second)) if finding.condition != "ready"]
    refused, unknown = (finding.text for finding in found if "missing" not in finding.text)
    assert refused.startswith("Ben cannot sign in with SECOND_BEN: 401 NotSignedIn")
    assert unknown.startswith("[secrets] Benn is nobody; there are Ben, Bea, Sam")
