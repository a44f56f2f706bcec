"""Loads what lies beside the harness by path: our step definitions and our fixtures."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry

from harness import layout

PACKAGE = "handoff_steps"
"""The steps' package: a name of its own, so that an adopter's `steps` stays the adopter's."""


def register_fixtures(config: pytest.Config) -> None:
    """Make the fixtures of `harness.fixtures` known to pytest, once."""
    if not config.pluginmanager.has_plugin("handoff-fixtures"):
        fixtures = importlib.import_module("harness.fixtures")
        config.pluginmanager.register(fixtures, "handoff-fixtures")


def register_steps(config: pytest.Config) -> list[StepFunctionContext]:
    """Make every module of `steps/` known to pytest and return what they define."""
    contexts: list[StepFunctionContext] = []
    for module in modules():
        if not config.pluginmanager.has_plugin(module.__name__):
            config.pluginmanager.register(module, module.__name__)
        contexts += _contexts(module)
    return contexts


def modules() -> Iterator[ModuleType]:
    """The modules of `steps/`, loaded by path as one package."""
    if PACKAGE not in sys.modules:
        init = layout.STEPS / "__init__.py"
        spec = importlib.util.spec_from_file_location(
            PACKAGE, init, submodule_search_locations=[str(layout.STEPS)]
        )
        assert spec is not None
        assert spec.loader is not None
        package = importlib.util.module_from_spec(spec)
        sys.modules[PACKAGE] = package
        spec.loader.exec_module(package)
    for path in sorted(layout.STEPS.glob("*.py")):
        if not path.stem.startswith("_"):
            yield importlib.import_module(f"{PACKAGE}.{path.stem}")


def definitions() -> list[StepFunctionContext]:
    """Our step definitions, without a pytest session."""
    return [context for module in modules() for context in _contexts(module)]


def is_ours(context: StepFunctionContext) -> bool:
    """Whether a step definition comes from `steps/`."""
    return context.step_func.__module__.startswith(f"{PACKAGE}.")


def _contexts(module: ModuleType) -> Iterator[StepFunctionContext]:
    for name, value in vars(module).items():
        if name.startswith(StepNamePrefix.step_def.value):
            context = step_function_context_registry.get(value._get_wrapped_function())
            if context is not None:
                yield context
