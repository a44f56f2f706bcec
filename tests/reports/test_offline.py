"""The built report and the published site, opened in Chromium from disk and over HTTP.

Both show what they should and ask nobody outside for anything.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from harness import chromium, reports
from harness.pages.senses import PageSenses
from tests.reports import samples


class Files(SimpleHTTPRequestHandler):
    """Serves a folder and keeps silent."""

    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    environment = chromium.environment()
    if environment is None:
        pytest.skip("not applicable: there is no Chromium; `make conformance` gets one")
    os.environ.update(environment)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch()
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`run` holds a built report, `site` has it published."""
    folder = tmp_path_factory.mktemp("offline")
    samples.written(folder / "run")
    reports.rebuild(folder / "run")
    reports.publish(folder / "run", folder / "site")
    return folder


@pytest.fixture(scope="module", params=["disk", "http"])
def address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "disk":
        yield folder.as_uri()
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that fails its test when it asks anybody but the report's own folder."""
    context = browser.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    yield page
    context.close()
    assert asked, "the page was never opened"
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_the_report_shows_areas_features_and_rules(page: Page, address: str) -> None:
    page.goto(f"{address}/run/allure-report/index.html")
    for heading in ("Escalation", "Context of a conversation", "Context variables reach the agent"):
        expect(page.get_by_text(heading, exact=True)).to_be_visible()
    expect(page.get_by_text("reference: not-conformant").first).to_be_visible()


def test_a_failed_scenario_shows_steps_message_and_evidence(page: Page, address: str) -> None:
    page.goto(f"{address}/run/allure-report/index.html")
    page.get_by_text("What the bot learnt reaches the agent [api]").click()
    expect(page.get_by_text("Category: The target is wrong")).to_be_visible()
    expect(page.get_by_text("Then Ben sees the order 4711").first).to_be_visible()
    page.get_by_text("What Ada saw at the end").first.click()
    picture = page.get_by_test_id("image-attachment-content").get_by_role("img")
    expect(picture).to_have_js_property("naturalWidth", 1)


def test_a_requirement_leads_to_its_sentence(page: Page, address: str) -> None:
    page.goto(f"{address}/run/allure-report/index.html")
    page.get_by_text("What the bot learnt reaches the agent [api]").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="ESC-07").click()
    register = opened.value
    assert register.url == f"{address}/run/allure-report/requirements.html#ESC-07"
    expect(register.locator("tr:target")).to_contain_text("Context variables MUST reach the agent")


def test_the_site_leads_to_the_run_and_its_report(page: Page, address: str) -> None:
    page.goto(f"{address}/site/index.html")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("reference: not conformant")
    page.get_by_role("link", name="Scenarios with steps").click()
    expect(page.get_by_text("Escalation", exact=True)).to_be_visible()


def test_the_site_can_be_read_without_seeing_it(page: Page, address: str) -> None:
    page.goto(f"{address}/site/index.html")
    expect(page.get_by_role("heading", level=2)).to_have_text("reference: not conformant")
    trend = page.get_by_role("group", name="Scenarios by verdict")
    expect(trend.get_by_role("link")).to_have_count(1)
    expect(page.get_by_role("columnheader")).to_have_count(10)


def test_pages_of_ours_bar_nobody(page: Page, address: str) -> None:
    page.goto(f"{address}/site/index.html")
    assert PageSenses(page).barriers() == []
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert PageSenses(page).barriers() == []
    page.goto(f"{address}/run/allure-report/requirements.html")
    assert PageSenses(page).barriers() == []
