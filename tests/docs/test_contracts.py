"""The import contracts of pyproject.toml speak of every part of the harness."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {"harness.reference", "harness.protocol"}


def contract(name: str) -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return next(entry for entry in contracts if entry["name"].startswith(name))


def test_the_reference_is_kept_from_every_other_part() -> None:
    parts = {
        f"harness.{path.stem}"
        for path in (ROOT / "harness").iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.stem[0] != "_"
    }
    forbidden = set(contract("The reference imports the protocol's words")["forbidden_modules"])
    assert parts - ALLOWED == forbidden - {"steps"}
