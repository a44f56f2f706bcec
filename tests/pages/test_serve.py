"""`handoff serve` as a person starts and stops it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import httpx
import pytest

from harness.pages.browser import Window
from tests.pages.barriers import barriers, sticking_out

SERVE = [sys.executable, "-m", "harness.cli", "serve"]


@pytest.fixture
def demo() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*SERVE, "--port", "0", "--demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield process
    process.terminate()  # A killed one would leave its server behind.
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_demo_says_where_to_click_and_stops(
    demo: subprocess.Popen[str], number: signal.Signals
) -> None:
    assert demo.stdout is not None
    said = ""
    while "Ctrl-C" not in said:
        said += demo.stdout.readline()
    start = re.search(r"https://\S+/", said)
    assert start
    page = httpx.get(start[0], verify=False)
    doors = re.findall(r"Open as (\w+)", page.text)
    assert doors == ["Ben", "Sam", "Mia", "Olga", "Pia"] * 3
    assert page.text.count("Open the phone") == 1
    demo.send_signal(number)
    assert demo.wait(10) == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(start[0], verify=False)


def test_a_taken_port_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run([*SERVE, "--port", port], capture_output=True, text=True)
    assert done.returncode == 3
    assert f"Port {port} cannot be used" in done.stderr.strip()


def test_the_start_page_bars_nobody(
    demo: subprocess.Popen[str], window: Callable[[], Window]
) -> None:
    assert demo.stdout is not None
    start = next(found for line in demo.stdout if (found := re.search(r"https://\S+/", line)))
    page = window().page
    page.goto(start[0])
    found = [*barriers(page), *sticking_out(page)]
    page.goto(urljoin(start[0], page.locator("a[href$='/as/Ada']").first.get_attribute("href")))
    page.locator("#oc-lcw-chat-button").wait_for(timeout=20_000)
    found += [*barriers(page), *sticking_out(page)]
    demo.send_signal(signal.SIGTERM)
    assert demo.wait(timeout=20) == 0
    assert found == []
