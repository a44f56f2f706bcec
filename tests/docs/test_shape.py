"""The sizes and habits that the project holds itself to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE_LINES = 400
FUNCTION_LINES = 40


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "node_modules" not in path.parts:
                yield path


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


CODE = list(modules("harness", "steps", "benchmarks"))
TESTS = list(modules("tests"))


@pytest.mark.parametrize("path", CODE + TESTS, ids=relative)
def test_modules_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MODULE_LINES
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]
    assert not long


@pytest.mark.parametrize("path", TESTS, ids=relative)
def test_fakes_are_real_things(path: Path) -> None:
    imported = {
        name.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [*node.names, ast.alias(getattr(node, "module", "") or "")]
    }
    assert not imported & {"mock", "unittest.mock", "Mock", "MagicMock", "patch"}


@pytest.mark.parametrize("path", list(modules("steps")), ids=relative)
def test_steps_are_single_sentences(path: Path) -> None:
    """At most five lines, no branch, no loop, no sleep: a step is one call."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            body = [part for part in node.body if not _is_docstring(part)]
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            assert lines <= 5, f"{node.name} has {lines} lines"
            found = [type(part).__name__ for part in ast.walk(node) if isinstance(part, BRANCHES)]
            assert not found, f"{node.name}: {found}"


BRANCHES = (ast.If, ast.IfExp, ast.For, ast.While, ast.Try, ast.ListComp, ast.GeneratorExp)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
