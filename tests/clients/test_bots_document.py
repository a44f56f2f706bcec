"""The bot of docs/bots-elsewhere.md, as a reader saves and starts it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clients.elsewhere import Stage
from tests.clients.programs import ROOT, packages
from tests.wire.chat import Desk

DOCUMENT = (ROOT / "docs" / "bots-elsewhere.md").read_text(encoding="utf-8")


class Started:
    """The bot in a process of its own, on a port that is free here."""

    def __init__(self, folder: Path, ca: str) -> None:
        shown = re.search(r"^```python\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
        assert shown
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        assert "port=3978" in shown[1]
        (folder / "my_bot.py").write_text(shown[1].replace("port=3978", f"port={port}"))
        self.endpoint = f"http://127.0.0.1:{port}/api/messages"
        self.process = subprocess.Popen(
            # Unbuffered: what it says on a pipe would else come when it ends.
            [sys.executable, "-u", str(folder / "my_bot.py")],
            env={**os.environ, "PYTHONPATH": str(packages("botbuilder")), "REQUESTS_CA_BUNDLE": ca},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        assert "Running on" in self.process.stdout.readline()


@pytest.fixture
def started(tmp_path: Path, reference: dict[str, Any]) -> Iterator[Started]:
    bot = Started(tmp_path, reference["ca"])
    yield bot
    bot.process.terminate()
    bot.process.communicate()


def test_it_answers_and_hands_over(desk: Desk, started: Started) -> None:
    stage = Stage(desk, started)
    stage.chat.say("hello")
    desk.advance("PT0S")
    assert stage.chat.texts() == ["Hello, this is my bot.", "hello", "You said: hello"]
    stage.chat.say("I need a person")
    desk.advance("PT0S")
    shown = stage.as_agent(stage.rings(), "accept")
    assert shown["context"]["Topic"]["value"] == "Parcels"
    assert "One moment." in stage.chat.texts()
