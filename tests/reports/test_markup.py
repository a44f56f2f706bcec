"""What a target answers may be hostile: in summary, verdict, site and Allure report it is text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from harness import chromium, reports
from harness.evidence import open_report
from harness.record import Mismatch, ScenarioRecord, StepRecord
from harness.reports.summary import summary
from harness.reports.verdict_file import read
from tests.reports import samples

IMAGE = "<img src=x onerror=alert(1)>"
HOSTILE = f"{IMAGE}<script>alert(1)</script>\"'> [x](javascript:alert(1)) ![p](https://x.test/p)"


def hostile(report: Path) -> ScenarioRecord:
    """A failure whose every word came from the target."""
    record = samples.context_lost(report)
    heard = report / "evidence" / "heard.txt"
    heard.write_text(HOSTILE, encoding="utf-8")
    step = StepRecord(
        *("Then", "then", f'Ben sees "{HOSTILE}"', 12, "fail", samples.STARTED),
        stop=samples.STARTED + 1,
        message=HOSTILE,
        table=(("name", "value"), ("town", HOSTILE)),
        docstring=HOSTILE,
    )
    pieces = [("Conversation as Ada saw it", "text/csv"), ("HTTP exchanges", "text/plain")]
    return msgspec.structs.replace(
        record,
        scenario="Hostile <town>",
        example={"town": HOSTILE},
        reason=f"customers.sees: expected Oslo, found {HOSTILE}",
        details=HOSTILE,
        mismatches=(Mismatch("customers.sees", HOSTILE),),
        steps=(step,),
        evidence=tuple(
            msgspec.structs.replace(record.evidence[0], name=name, path=path, media_type=kind)
            for (name, kind), path in zip(pieces, ["evidence/heard.txt"] * 2, strict=True)
        ),
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with a hostile failure, built, and published beside it."""
    folder = tmp_path_factory.mktemp("hostile")
    report = folder / "run"
    samples.written(report)
    record = hostile(report)
    opened = open_report(report, samples.REGISTER)
    opened.add(record)
    opened.close(samples.verdict(reproduce=HOSTILE))
    with (report / "results.jsonl").open("ab") as lines:
        lines.write(record.to_line() + b"\n")
    reports.rebuild(report)
    reports.publish(report, folder / "site")
    return report


@pytest.fixture
def page() -> Iterator[Page]:
    """A page that fails its test when anything is run in it."""
    environment = chromium.environment()
    assert environment is not None, "There is no Chromium here. Run: make setup"
    os.environ.update(environment)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch()
        page = browser.new_page()
        ran: list[str] = []
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        yield page
        browser.close()
    assert ran == []


def is_calm(page: Page) -> bool:
    """Whether nothing on the page waits to be run."""
    active = "[onerror], [onclick], [href^='javascript:' i], img[src='x'], img[src*='x.test']"
    return page.locator(active).count() == 0


def test_the_allure_report_shows_it_as_text(page: Page, report: Path) -> None:
    page.goto((report / "allure-report" / "index.html").as_uri())
    page.get_by_text("Hostile").first.click()
    expect(page.get_by_text("customers.sees: expected Oslo").first).to_be_visible()
    assert is_calm(page)
    page.get_by_text("Conversation as Ada saw it").first.click()
    page.get_by_text("HTTP exchanges").first.click()
    expect(page.get_by_text("alert(1)").first).to_be_visible()
    assert is_calm(page)


def test_our_own_pages_show_it_as_text(page: Page, report: Path) -> None:
    site = report.parent / "site"
    [run] = (site / "runs").iterdir()
    for shown in (site / "index.html", run / "index.html"):
        page.goto(shown.as_uri())
        assert is_calm(page), shown
    expect(page.get_by_text("customers.sees: expected Oslo").first).to_be_visible()


def test_the_summary_holds_no_tag_link_or_picture(report: Path) -> None:
    text = summary(read(report), [hostile(report)])
    assert "customers.sees: expected Oslo" in text
    for active in ("<img", "<script", "](javascript:", "](https://x.test"):
        assert active not in text
