"""Lines as a customer sees them, from what is drawn and what the page was told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from harness.pages import sight
from harness.protocol.conversations import Line, Role


def drawn(kind: str, text: str, name: str = "") -> dict[str, Any]:
    return {"kind": kind, "text": text, "name": name}


def told(id: str, text: str, *tags: str, sent: bool = False) -> dict[str, Any]:
    name = "lcw:onMessageSent" if sent else "lcw:onMessageReceived"
    return {"name": name, "id": id, "text": text, "tags": list(tags)}


def test_a_line_has_the_role_id_and_instant_of_its_message() -> None:
    [line] = sight.lines(
        [drawn("received", "Hello", "Ben")], [told("1772442000003", "Hello", "public")]
    )
    at = datetime(2026, 3, 2, 9, 0, 0, 3000, UTC)
    assert line == Line(Role.AGENT, "Hello", "Ben", "1772442000003", at)


def test_untagged_is_the_bot_and_sent_is_the_customer() -> None:
    lines = sight.lines(
        [drawn("received", "Hello", "Helper"), drawn("sent", "Hi"), drawn("system", "Ben joined")],
        [told("1", "Hello"), told("2", "Hi", sent=True), told("3", "Ben joined", "system")],
    )
    assert [line.role for line in lines] == [Role.BOT, Role.CUSTOMER, Role.SYSTEM]


def test_two_who_say_the_same_are_told_apart_by_order() -> None:
    lines = sight.lines(
        [drawn("received", "Hello", "Helper"), drawn("received", "Hello", "Ben")],
        [told("2", "Hello", "public"), told("1", "Hello")],
    )
    assert [line.role for line in lines] == [Role.BOT, Role.AGENT]


def test_a_message_that_was_told_twice_is_one() -> None:
    lines = sight.lines(
        [drawn("received", "Hello", "Ben"), drawn("received", "Hello", "Ben")],
        [told("1", "Hello", "public"), told("1", "Hello", "public")],
    )
    assert [line.id for line in lines] == ["1", ""]


def test_text_is_as_it_was_written_not_as_it_is_drawn() -> None:
    [line] = sight.lines(
        [drawn("received", "I\u2019m \u201chere\u201d", "Ben")],
        [told("1", 'I\'m **"here"**', "public")],
    )
    assert line.text == 'I\'m **"here"**'


def test_a_line_that_nobody_told_of_keeps_what_is_drawn() -> None:
    [line] = sight.lines([drawn("received", "I\u2019m here", "Helper")], [])
    assert line == Line(Role.BOT, "I'm here", "Helper")


def test_a_line_that_nobody_told_of_is_an_agents_when_its_name_is() -> None:
    lines = sight.lines(
        [drawn("received", "one", "Ben"), drawn("sent", "x"), drawn("received", "two", "Ben")],
        [told("1", "one", "public")],
    )
    assert [line.role for line in lines] == [Role.AGENT, Role.CUSTOMER, Role.AGENT]


def test_a_group_of_lines_has_the_name_of_its_last() -> None:
    lines = sight.lines(
        [drawn("received", "a"), drawn("received", "b", "Helper"), drawn("received", "c", "Ben")],
        [],
    )
    assert [line.name for line in lines] == ["Helper", "Helper", "Ben"]


@pytest.mark.parametrize(
    ("shown", "number"), [("3new messages", 3), ("99+new", 100), ("", 0), ("new", 0), (" 12 ", 12)]
)
def test_the_number_on_the_launcher(shown: str, number: int) -> None:
    assert sight.unread(shown) == number
