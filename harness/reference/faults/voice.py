# ruff: noqa: E501  (one row a fault: a table reads better unwrapped)
"""Calls (VOI)."""

from __future__ import annotations

from harness.reference.faults.fault import Fault

# fmt: off
ROWS = (
    Fault("any_speech_cuts", "VOI-11", "calls.was_heard_whole", "api", "organisation", "The caller can interrupt an uninterruptible message."),
    Fault("nothing_is_cut", "VOI-11", "calls.was_cut", "api", "organisation", "The caller cannot interrupt an ordinary message."),
    Fault("hang_up_keeps_call", "VOI-14", "calls.is_ended", "api", "organisation", "Hang up leaves the call connected."),
    Fault("call_stays_with_bot", "VOI-39", "calls.is_held_by_agent", "api", "organisation", "A call that the bot escalates stays with the bot."),
)
# fmt: on
