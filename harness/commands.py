"""Subcommands that only pass on what they are given."""

from __future__ import annotations

import argparse

from harness import doctor as doctors
from harness import reports


def doctor(given: argparse.Namespace) -> int:
    """Say what ails a target."""
    return doctors.report(given.target)


def report(given: argparse.Namespace) -> int:
    """Build the Allure report of a run anew."""
    print(reports.rebuild(given.directory))
    return 0


def publish(given: argparse.Namespace) -> int:
    """Add a run's report to a static site."""
    print(reports.publish(given.report, given.site))
    return 0
