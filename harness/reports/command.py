"""`handoff report DIR` and `handoff publish SITE`."""

from __future__ import annotations

import argparse

from harness.reports.directory import rebuild
from harness.reports.site import publish


def main(given: argparse.Namespace) -> int:
    """Do what `given.does` names; errors are told and turned into exit codes by the caller."""
    return {"report": _report, "publish": _publish}[given.does](given)


def _report(given: argparse.Namespace) -> int:
    print(f"report: {rebuild(given.directory)}")
    return 0


def _publish(given: argparse.Namespace) -> int:
    print(f"site: {publish(given.report, given.site)}")
    return 0
