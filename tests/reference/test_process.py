"""The reference as a process: readiness, https, faults, organisations of its own, SIGTERM."""

from __future__ import annotations

import json
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from harness.reference.settings import Settings, parsed
from harness.reference.web.bodies import LARGEST

BOTS = Path(__file__).resolve().parents[1] / "bots"
PATIENCE = 30.0
"""Seconds until a process that says nothing is given up."""


class Process:
    """A running reference: what it said when it was ready, and a client that trusts it."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "harness.reference", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.ready: dict[str, Any] = json.loads(self.process.stdout.readline())
        self.trust = ssl.create_default_context(cafile=self.ready["ca"])
        self.client = httpx.Client(base_url=self.ready["url"], verify=self.trust)

    def stop(self) -> tuple[int, str]:
        """Asks it to stop; its exit code and what it wrote on standard error."""
        self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=PATIENCE)
        self.client.close()
        return self.process.returncode, errors


@contextmanager
def running(*arguments: str) -> Iterator[Process]:
    process = Process(*arguments)
    try:
        yield process
    finally:
        if process.process.poll() is None:
            process.stop()


@pytest.fixture(scope="module")
def reference() -> Iterator[Process]:
    with running("--clock", "virtual", "--control") as process:
        yield process


def test_it_says_where_it_is_and_stops_on_sigterm_with_clients_connected() -> None:
    with running("--clock", "virtual", "--control") as process:
        assert process.ready["ready"] is True
        assert process.ready["control"] == process.ready["url"] + "/control"
        assert process.client.get("/control/faults").status_code == 200
        ca = Path(process.ready["ca"])
        assert ca.exists()
        assert process.stop() == (0, "")
        assert not ca.exists(), "the certificates are gone with it"


def test_it_stops_in_the_middle_of_a_request_and_says_nothing_of_it() -> None:
    with running("--clock", "virtual", "--control") as process:
        host, port = process.ready["url"].removeprefix("https://").split(":")
        raw = socket.create_connection((host, int(port)), timeout=PATIENCE)
        with process.trust.wrap_socket(raw, server_hostname=host) as connection:
            connection.sendall(
                b"POST /control/organisations HTTP/1.1\r\nHost: x\r\n"
                b"Content-Length: 99\r\nExpect: 100-continue\r\n\r\n"
            )
            assert b"100 Continue" in connection.recv(4096), "it waits for the body"
            assert process.stop() == (0, "")


def test_only_who_trusts_its_authority_can_talk_to_it(reference: Process) -> None:
    with pytest.raises(httpx.ConnectError):
        httpx.get(reference.ready["url"])


def test_a_file_says_which_organisations_there_are(tmp_path: Path) -> None:
    id = "12121212-3434-4565-8787-909090909090"
    file = tmp_path / "organisations.json"
    file.write_text(json.dumps([{"generation": "classic", "id": id}, {"published": False}]))
    store = f"sqlite:///{tmp_path / 'reference.db'}"
    arguments = ("--organisation", str(file), "--store", store)
    with running(*arguments) as process:
        assert process.ready["control"] is None
        assert process.client.get("/control/faults").status_code == 404
        [first, second] = process.ready["organisations"]
        assert (first["id"], first["generation"]) == (id, "classic")
        assert second["generation"] == "web-app"
        ben = next(user for user in first["users"] if user["name"] == "Ben")
        presence = f"/workspace/{id}/api/presence"
        sent = {"Authorization": f"Bearer {ben['token']}"}
        process.client.put(presence, headers=sent, json={"presence": "Away"})
        process.stop()
    file.write_text(json.dumps({"id": id}))
    with running(*arguments) as process:
        answer = process.client.get(presence, headers=sent)
        assert answer.json() == {"presence": "Away"}, "what was kept is there, tokens hold"


def test_faults_of_the_process_are_those_of_every_organisation() -> None:
    names = ("loader_opens_widget", "connect_ignores_roles")
    with running("--control", "--fault", names[0], "--fault", names[1]) as process:
        made = process.client.post("/control/organisations", json={}).json()
        path = f"/control/organisations/{made['id']}/faults"
        assert process.client.get(path).json()["active"] == sorted(names)
        switched = process.client.put(path, json=["no_agent_closes"]).json()
        assert switched["active"] == sorted([*names, "no_agent_closes"])
        real = process.client.post(
            f"/control/organisations/{made['id']}/clock", json={"advance": "PT1M"}
        )
        assert real.json()["error"]["name"] == "Malformed", "nobody advances a real clock"


def test_a_demo_has_an_organisation_of_each_generation_and_a_start_page() -> None:
    with running("--demo") as process:
        generations = [each["generation"] for each in process.ready["organisations"]]
        assert generations == ["web-app", "classic", "preview"]
        assert process.client.get(process.ready["demo"]).status_code == 200


def test_the_virtual_clock_of_a_demo_begins_today() -> None:
    # A browser holds tokens to its own clock: those of another day would let nobody chat.
    with running("--demo", "--clock", "virtual") as reference:
        began = [datetime.fromisoformat(one["now"]) for one in reference.ready["organisations"]]
    assert all(abs(datetime.now(UTC) - now) < timedelta(hours=1) for now in began)


def test_every_organisation_has_the_bot_that_the_process_was_given() -> None:
    with running("--control", "--demo", "--bot", f"{BOTS}/ferries::Ferry Tickets") as process:
        assert process.ready.keys() == {"ready", "url", "ca", "control", "organisations", "demo"}
        names = [each["bot"]["name"] for each in process.ready["organisations"]]
        assert names == ["Ferry Tickets"] * 3
        made = process.client.post("/control/organisations", json={"generation": "preview"}).json()
        assert made["bot"]["name"] == "Ferry Tickets"


def test_an_oversized_body_is_refused_on_the_wire(reference: Process) -> None:
    answer = reference.client.post("/control/organisations", content=b" " * (8 * LARGEST))
    assert answer.status_code == 413


def test_what_is_no_http_is_refused(reference: Process) -> None:
    host, port = reference.ready["url"].removeprefix("https://").split(":")
    raw = socket.create_connection((host, int(port)), timeout=PATIENCE)
    with reference.trust.wrap_socket(raw, server_hostname=host) as connection:
        connection.sendall(b"\x00\xff nonsense\r\n\r\n")
        assert b"400" in connection.recv(4096)
    assert reference.client.get("/control/faults").status_code == 200


def test_a_client_that_goes_away_in_mid_body_harms_nobody(reference: Process) -> None:
    host, port = reference.ready["url"].removeprefix("https://").split(":")
    raw = socket.create_connection((host, int(port)), timeout=PATIENCE)
    with reference.trust.wrap_socket(raw, server_hostname=host) as connection:
        connection.sendall(
            b"POST /control/organisations HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{"
        )
    assert reference.client.get("/control/faults").status_code == 200


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port", "70000"], "Port 70000 cannot be used"),
        (["--store", "sqlite:////nowhere/x.db"], "The store /nowhere/x.db cannot be opened"),
    ],
)
def test_what_it_cannot_start_with_is_told_in_a_sentence(
    arguments: list[str], sentence: str
) -> None:
    command = [sys.executable, "-m", "harness.reference", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_the_command_line_has_defaults() -> None:
    assert parsed([]) == Settings()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--fault", "loader_opens_widgets"], "did you mean loader_opens_widget"),
        (["--fault", "zzz"], "there is no fault 'zzz'"),
        (["--store", "mysql://x"], "is no store"),
        (["--organisation", "/nowhere.json"], "/nowhere.json"),
        (["--clock", "broken"], "invalid choice"),
        (["--bot", "/nowhere"], "/nowhere: '/nowhere': No such file or directory"),
        (["--bot", f"{BOTS}/ferries::Raft"], "has no bot 'Raft'; it has Ferry Lost Property"),
        (["--bot", f"{BOTS}/wreck"], "Nameless/data, line 1: beginDialog is missing"),
    ],
)
def test_a_wrong_command_line_is_told_in_a_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parsed(arguments)
    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


def test_attached_it_stops_when_its_input_ends() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "harness.reference", "--attached"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["ready"] is True
        process.stdin.close()
        assert process.wait(PATIENCE) == 0
