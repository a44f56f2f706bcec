"""What stands before a chat: the survey, the hours, the pages that may have the widget."""

from __future__ import annotations

from collections.abc import Callable

from harness.errors import Refused
from harness.expect import refusals, widgets
from tests.drivers.people import Shopper

MISSING = ["Town field is required"]

Case = tuple[str, Callable[[], None], Callable[[], None]]

CASES: tuple[Case, ...] = (
    (
        "refusals.is_malformed",
        lambda: refusals.is_malformed(Refused(400, None, "MalformedBody", "11 questions")),
        lambda: refusals.is_malformed(None),
    ),
    (
        "refusals.is_malformed",
        lambda: refusals.is_malformed(Refused(400, None, "MalformedBody", "11 questions")),
        lambda: refusals.is_malformed(Refused(403, None, "InsufficientRole", "")),
    ),
    (
        "refusals.is_out_of_hours",
        lambda: refusals.is_out_of_hours(Refused(400, 705, "WidgetUseOutsideOperatingHour", "")),
        lambda: refusals.is_out_of_hours(None),
    ),
    (
        "refusals.is_out_of_hours",
        lambda: refusals.is_out_of_hours(Refused(400, 705, "WidgetUseOutsideOperatingHour", "")),
        lambda: refusals.is_out_of_hours(Refused(404, 701, "NotFound", "")),
    ),
    (
        "widgets.insists_on",
        lambda: widgets.insists_on(Shopper(problems=MISSING, writes=False), "Town"),
        lambda: widgets.insists_on(Shopper(problems=MISSING), "Town"),
    ),
    (
        "widgets.insists_on",
        lambda: widgets.insists_on(Shopper(problems=MISSING, writes=False), "Town"),
        lambda: widgets.insists_on(Shopper(writes=False), "Town"),
    ),
    (
        "widgets.is_out_of_office",
        lambda: widgets.is_out_of_office(Shopper()),
        lambda: widgets.is_out_of_office(Shopper(closed=False)),
    ),
    (
        "widgets.does_not_load",
        lambda: widgets.does_not_load(Shopper(shown=False, events=["lcw:error"])),
        lambda: widgets.does_not_load(Shopper(events=["lcw:error"])),
    ),
    (
        "widgets.does_not_load",
        lambda: widgets.does_not_load(Shopper(shown=False, events=["lcw:error"])),
        lambda: widgets.does_not_load(Shopper(shown=False)),
    ),
)
