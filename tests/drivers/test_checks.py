"""Each check passes for what it asks for, and fails, by its own name, for what it must notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules

import pytest

import harness.expect
from harness.errors import Inconclusive
from harness.expect import checks, conversations
from harness.expect.eventually import delivery
from harness.protocol.conversations import Role
from tests.drivers import cases
from tests.drivers.people import Chatter, line

Case = tuple[str, Callable[[], None], Callable[[], None]]
"""A check's id, something that it lets pass, something that it must notice."""

MODULES = [
    import_module(f"harness.expect.{found.name}")
    for found in iter_modules(harness.expect.__path__)
    if found.name not in ("checks", "eventually", "matching")
]
CASES: list[Case] = [
    case
    for found in iter_modules(cases.__path__)
    for case in import_module(f"{cases.__name__}.{found.name}").CASES
]
NAMES = [name for name, _, _ in CASES]


@pytest.fixture(autouse=True)
def one_look() -> Iterator[None]:
    """Nothing is delivered late here: a check that is not content at once never will be."""
    before = delivery.set(timedelta(0))
    yield
    delivery.reset(before)


@pytest.mark.parametrize(("name", "content", "_failing"), CASES, ids=NAMES)
def test_it_passes_for_what_it_asks_for(
    name: str, content: Callable[[], None], _failing: Callable[[], None]
) -> None:
    before = checks.compared()
    content()
    assert checks.compared() > before, "a check that compares nothing proves nothing"


@pytest.mark.parametrize(("name", "_content", "failing"), CASES, ids=NAMES)
def test_it_fails_by_its_own_name(
    name: str, _content: Callable[[], None], failing: Callable[[], None]
) -> None:
    with pytest.raises(checks.CheckFailed) as failed:
        failing()
    assert failed.value.check == name
    assert failed.value.mismatch.expected
    assert failed.value.mismatch.found


@pytest.mark.parametrize("check", [conversations.has_no_bot_line, conversations.bot_has_stopped])
def test_silence_of_everybody_proves_nothing_of_the_bot(check: Callable[..., None]) -> None:
    ada = Chatter([line(Role.BOT, "Hello"), line(Role.CUSTOMER, "opening hours")])
    with pytest.raises(Inconclusive, match=r"cannot be seen: .* Let the target say something"):
        check(ada)


def test_every_check_is_shown_failing() -> None:
    assert set(checks.CATALOGUE) == set(NAMES)


def test_every_public_judge_is_a_check_or_says_who_asks() -> None:
    asked_by_checks = {"arrives", "answers", "rings"}
    for module in MODULES:
        short = module.__name__.rpartition(".")[2]
        judges = {
            name
            for name, value in vars(module).items()
            if getattr(value, "__module__", "") == module.__name__
            and getattr(value, "__annotations__", {}).get("return") == "Mismatch | None"
            and not name.startswith("_")
        }
        assert {f"{short}.{name}" for name in judges - asked_by_checks} <= set(checks.CATALOGUE)
