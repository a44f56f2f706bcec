"""What a run leaves for people: verdict table, summary, badge, Allure report, nightly site."""

from harness.reports.allure import NotBuilt
from harness.reports.directory import describe, prepare, rebuild
from harness.reports.site import NotPublished, publish
from harness.reports.summary import table
from harness.reports.verdict_file import NotAReport

__all__ = [
    "NotAReport",
    "NotBuilt",
    "NotPublished",
    "describe",
    "prepare",
    "publish",
    "rebuild",
    "table",
]
