"""Keeps allure-pytest for plain tests and keeps it away from scenarios.

Its listener is replaced by a subclass that passes over scenario items, whose result the record
writes. What an adopter attaches inside a step with `allure.attach` goes to the scenario's evidence.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import allure_commons
import pytest
from allure_commons.types import AttachmentType
from allure_pytest.listener import AllureListener  # type: ignore[import-untyped]

_PLUGIN = "allure_listener"
Wrapper = Generator[None, Any, None]


def leave_scenarios(config: pytest.Config) -> None:
    """Replace allure-pytest's listener, if `--alluredir` made it active."""
    listener = config.pluginmanager.get_plugin(_PLUGIN)
    if listener is None:
        return
    config.pluginmanager.unregister(listener)
    allure_commons.plugin_manager.unregister(listener)
    successor = PlainTests(config)
    config.pluginmanager.register(successor, _PLUGIN)
    allure_commons.plugin_manager.register(successor)

    def give_back() -> None:
        # allure-pytest's own clean-up, which comes after this one, unregisters what it registered.
        allure_commons.plugin_manager.unregister(successor)
        allure_commons.plugin_manager.register(listener)

    config.add_cleanup(give_back)


def is_scenario(item: pytest.Item | None) -> bool:
    """Whether the engine runs the item from a feature file."""
    return getattr(item, "is_scenario", False)


class PlainTests(AllureListener):  # type: ignore[misc]  # allure-pytest carries no types
    """allure-pytest's listener for everything but scenarios."""

    def __init__(self, config: pytest.Config) -> None:
        super().__init__(config)
        self._scenario: Any = None

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> Wrapper:
        if not is_scenario(item):
            yield from super().pytest_runtest_protocol(item, nextitem)
            return
        self._scenario = item
        yield
        self._scenario = None

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Wrapper:
        yield from _pass_over(item) or super().pytest_runtest_setup(item)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Wrapper:
        yield from _pass_over(item) or super().pytest_runtest_call(item)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Wrapper:
        yield from _pass_over(item) or super().pytest_runtest_teardown(item)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Wrapper:
        yield from _pass_over(item) or super().pytest_runtest_makereport(item, call)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Wrapper:
        yield from _pass_over(self._scenario) or super().pytest_fixture_setup(fixturedef, request)

    @allure_commons.hookimpl
    def attach_data(self, body: Any, name: str, attachment_type: Any, extension: str) -> None:
        if self._scenario is None:
            super().attach_data(body, name, attachment_type, extension)
        else:
            self._scenario.attach(name or "Attachment", body, _media_type(attachment_type))

    @allure_commons.hookimpl
    def attach_file(self, source: Any, name: str, attachment_type: Any, extension: str) -> None:
        if self._scenario is None:
            super().attach_file(source, name, attachment_type, extension)
        else:
            path = Path(source)
            self._scenario.attach(name or path.name, path, _media_type(attachment_type))

    @allure_commons.hookimpl
    def start_step(self, uuid: str, title: str, params: dict[str, Any]) -> None:
        if self._scenario is None:
            super().start_step(uuid, title, params)

    @allure_commons.hookimpl
    def stop_step(self, uuid: str, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        if self._scenario is None:
            super().stop_step(uuid, exc_type, exc_val, exc_tb)

    @allure_commons.hookimpl
    def add_parameter(self, name: str, value: Any, excluded: Any, mode: Any) -> None:
        if self._scenario is None:
            super().add_parameter(name, value, excluded, mode)


def _pass_over(item: pytest.Item | None) -> Wrapper | None:
    return _nothing() if is_scenario(item) else None


def _nothing() -> Wrapper:
    yield


def _media_type(attachment_type: Any) -> str:
    if isinstance(attachment_type, AttachmentType):
        return str(attachment_type.mime_type)
    return str(attachment_type or "text/plain")
