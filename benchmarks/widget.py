"""A hand-off in the widget, against the same page and steps in pytest-playwright on full Chromium.

The peer is what a team would write today: pytest-playwright as it comes, Debian's or anybody's
full Chromium, tracing off. Ours keeps its trace and its evidence. Counted from the first scenario's
end, so nobody's start counts.
"""

from __future__ import annotations

import json
import shutil
from importlib.metadata import distribution
from pathlib import Path

from benchmarks.journey import PEERS_FIXTURES, SAYS, SCENARIO, session
from benchmarks.measure import NotMeasured, Ratio, interleaved
from benchmarks.reference import REFERENCE, started

SCENARIOS = 5
PEERS = Path(__file__).resolve().parent.parent / ".cache" / "peers"

_TESTS = f"""
import pytest
from playwright.sync_api import expect

@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    return {{**browser_type_launch_args, "args": [rules]}}

@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {{**browser_context_args, "ignore_https_errors": True}}

@pytest.mark.parametrize("index", range({SCENARIOS + 1}))
def test_hand_off(page, hand_off, index):
    page.clock.install(time=hand_off.now)
    hand_off.is_available()
    page.goto(hand_off.page)
    page.locator("#oc-lcw-chat-button").click()
    bubbles = page.locator(".webchat__bubble")
    expect(bubbles.first).to_be_visible()
    send_box = page.locator("[data-id='webchat-sendbox-input']")
    send_box.fill("talk to a person")
    send_box.press("Enter")
    hand_off.accepts_whoever_rings()
    hand_off.agent_says("{SAYS}")
    assert hand_off.state() == "Active"
    expect(bubbles.filter(has_text="{SAYS}").first).to_be_visible()
"""


def scenario_against_pytest_playwright(folder: Path, rounds: int) -> Ratio:
    """Seconds for `SCENARIOS` hand-offs, the first one's start-up not counted."""
    browsers = _full_chromium(folder / "browsers")
    ours, theirs = folder / "ours-widget", folder / "playwright-widget"
    ours.mkdir(parents=True)
    theirs.mkdir(parents=True)
    texts = [SCENARIO.format(index=index) for index in range(SCENARIOS + 1)]
    (ours / "pytest.ini").write_text("[pytest]\n")
    (ours / "widget.feature").write_text("Feature: Widget\n" + "".join(texts))
    (theirs / "pytest.ini").write_text("[pytest]\n")
    (theirs / "conftest.py").write_text(PEERS_FIXTURES)
    (theirs / "test_widget.py").write_text(_TESTS)
    with started(REFERENCE) as ready:
        peers = {
            "REFERENCE_URL": ready["url"],
            "REFERENCE_CA": ready["ca"],
            "PLAYWRIGHT_BROWSERS_PATH": str(browsers),
            "PEERS": str(PEERS),
        }
        channel = ("--browser-channel", "chromium", "-p", "no:handoff")
        return interleaved(
            lambda: session(ours, {}, SCENARIOS + 1, "--customer", "widget", "widget.feature"),
            lambda: session(theirs, peers, SCENARIOS + 1, *channel, "test_widget.py"),
            rounds,
        )


def _full_chromium(folder: Path) -> Path:
    """A folder in which Playwright finds a full Chromium under its own revision."""
    names = ("chromium", "google-chrome", "google-chrome-stable")
    executable = next((found for name in names if (found := shutil.which(name))), None)
    if executable is None:
        raise NotMeasured("no full Chromium on this machine (Debian: apt-get install chromium)")
    listed = distribution("playwright").locate_file("playwright/driver/package/browsers.json")
    rows = json.loads(Path(str(listed)).read_text(encoding="utf-8"))["browsers"]
    revision = next(row["revision"] for row in rows if row["name"] == "chromium")
    link = folder / f"chromium-{revision}" / "chrome-linux64" / "chrome"
    link.parent.mkdir(parents=True)
    link.symlink_to(executable)
    return folder
