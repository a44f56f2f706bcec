"""A scenario runs once for each way in which its people can be played."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.conftest import Runner

Write = Callable[..., Path]

MAKER = """
Feature: Makers
  Scenario: Connecting
    Given Mia has a published bot
    When Mia connects the bot
    Then Mia's bot is connected
"""

CUSTOMER = """
Feature: Customers
  Scenario: Chatting
    Given Mia has a bot that is connected
    When Ada starts a chat with "hello"
    Then Ada sees "hello"
"""


@pytest.mark.parametrize(
    ("text", "options", "collected"),
    [
        (MAKER, (), ["Connecting[portal]", "Connecting[api]"]),
        (MAKER, ("--customer", "api"), ["Connecting[api]"]),
        (MAKER, ("--customer", "widget"), ["Connecting[portal]"]),
        (f"@portal{MAKER}", ("--customer", "api"), ["Connecting[portal]"]),
        (f"@api{MAKER}", (), ["Connecting[api]"]),
        (CUSTOMER, (), ["Chatting[widget]", "Chatting[api]"]),
        (CUSTOMER, ("--customer", "api"), ["Chatting[api]"]),
        (f"@portal{CUSTOMER}", (), ["Chatting[portal]"]),
    ],
)
def test_who_takes_part_says_how_it_runs(
    feature: Write, run: Runner, text: str, options: tuple[str, ...], collected: list[str]
) -> None:
    feature(text)
    result = run("--collect-only", "-q", *options)
    found = [line.rpartition("::")[2] for line in result.outlines if "::" in line]
    assert found == collected


def test_a_target_whose_makers_have_no_page_says_so(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    project.makefile(
        ".toml",
        plain=(
            'schema = 1\nname = "plain"\nkind = "reference"\ngeneration = "web-app"\n'
            '[roles]\nmaker = "api"\n'
        ),
    )
    feature(MAKER)
    result = run("-rs", "--target", "plain.toml")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*plain lets nobody play a maker by the portal*"])
