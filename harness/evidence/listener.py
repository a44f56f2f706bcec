"""Keeps allure-pytest for plain tests and keeps it away from scenarios.

Its listener is replaced by a subclass that passes over scenario items, whose result the record
writes. What an adopter attaches inside a step with `allure.attach` goes to the scenario's evidence,
also when allure-pytest itself is not active (`--report` without `--alluredir`).
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
    """Make Allure's own plug-in pass over scenarios, and take what their steps attach."""
    listener = config.pluginmanager.get_plugin(_PLUGIN)
    if listener is None:
        successor: object = Attachments()
        config.pluginmanager.register(successor, "handoff_attachments")
    else:
        config.pluginmanager.unregister(listener)
        allure_commons.plugin_manager.unregister(listener)
        successor = PlainTests(config)
        config.pluginmanager.register(successor, _PLUGIN)
    allure_commons.plugin_manager.register(successor)

    def give_back() -> None:
        allure_commons.plugin_manager.unregister(successor)
        # allure-pytest's own clean-up, which comes after this one, unregisters what it registered.
        if listener is not None:
            allure_commons.plugin_manager.register(listener)

    config.add_cleanup(give_back)


def is_scenario(item: pytest.Item | None) -> bool:
    """Whether the engine runs the item from a feature file."""
    return getattr(item, "is_scenario", False)


class Attachments:
    """Takes what the steps of the running scenario attach."""

    def __init__(self) -> None:
        self._scenario: Any = None

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Wrapper:
        self._scenario = item if is_scenario(item) else None
        yield
        self._scenario = None

    @allure_commons.hookimpl
    def attach_data(self, body: Any, name: str, attachment_type: Any, extension: str) -> None:
        if self._scenario is not None:
            self._scenario.attach(name or "Attachment", body, _media_type(attachment_type))

    @allure_commons.hookimpl
    def attach_file(self, source: Any, name: str, attachment_type: Any, extension: str) -> None:
        if self._scenario is not None:
            # The file stays the adopter's: what is attached by its path would be moved.
            path = Path(source)
            content = path.read_bytes()
            self._scenario.attach(name or path.name, content, _media_type(attachment_type))


class PlainTests(AllureListener):  # type: ignore[misc]  # allure-pytest carries no types
    """allure-pytest's listener for everything but scenarios."""

    def __init__(self, config: pytest.Config) -> None:
        super().__init__(config)
        self._attachments = Attachments()
        self._runs_scenario = False

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> Wrapper:
        self._runs_scenario = is_scenario(item)
        if self._runs_scenario:
            yield from self._attachments.pytest_runtest_protocol(item)
        else:
            yield from super().pytest_runtest_protocol(item, nextitem)
        self._runs_scenario = False

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Wrapper:
        yield from self._unless_scenario() or super().pytest_runtest_setup(item)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Wrapper:
        yield from self._unless_scenario() or super().pytest_runtest_call(item)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Wrapper:
        yield from self._unless_scenario() or super().pytest_runtest_teardown(item)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Wrapper:
        yield from self._unless_scenario() or super().pytest_runtest_makereport(item, call)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Wrapper:
        yield from self._unless_scenario() or super().pytest_fixture_setup(fixturedef, request)

    def _unless_scenario(self) -> Wrapper | None:
        return _nothing() if self._runs_scenario else None

    @allure_commons.hookimpl
    def attach_data(self, body: Any, name: str, attachment_type: Any, extension: str) -> None:
        if self._runs_scenario:
            self._attachments.attach_data(body, name, attachment_type, extension)
        else:
            super().attach_data(body, name, attachment_type, extension)

    @allure_commons.hookimpl
    def attach_file(self, source: Any, name: str, attachment_type: Any, extension: str) -> None:
        if self._runs_scenario:
            self._attachments.attach_file(source, name, attachment_type, extension)
        else:
            super().attach_file(source, name, attachment_type, extension)

    @allure_commons.hookimpl
    def start_step(self, uuid: str, title: str, params: dict[str, Any]) -> None:
        if not self._runs_scenario:
            super().start_step(uuid, title, params)

    @allure_commons.hookimpl
    def stop_step(self, uuid: str, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        if not self._runs_scenario:
            super().stop_step(uuid, exc_type, exc_val, exc_tb)

    @allure_commons.hookimpl
    def add_parameter(self, name: str, value: Any, excluded: Any, mode: Any) -> None:
        if not self._runs_scenario:
            super().add_parameter(name, value, excluded, mode)


def _nothing() -> Wrapper:
    yield


def _media_type(attachment_type: Any) -> str:
    if isinstance(attachment_type, AttachmentType):
        return str(attachment_type.mime_type)
    return str(attachment_type or "text/plain")
