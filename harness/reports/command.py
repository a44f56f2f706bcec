"""`handoff report DIR` and `handoff publish SITE`."""

from __future__ import annotations

import argparse

from harness.reports import site
from harness.reports.directory import rebuild


def report(given: argparse.Namespace) -> int:
    """Build the pages of a run's report anew."""
    print(f"report: {rebuild(given.directory)}")
    return 0


def publish(given: argparse.Namespace) -> int:
    """Add a run's report to a static site."""
    print(f"site: {site.publish(given.report, given.site)}")
    return 0
