"""Allure 2 reads the results too: another reader of the same format, written by other people.

Optional: `HANDOFF_ALLURE2` names an installed `allure-commandline` of npm.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reports import samples

TOOL = os.environ.get("HANDOFF_ALLURE2", "")

pytestmark = pytest.mark.skipif(
    not (TOOL and shutil.which("java")),
    reason="not applicable: needs Java and HANDOFF_ALLURE2=…/node_modules/allure-commandline",
)


def leaves(node: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for child in node.get("children", ()):
        yield from leaves(child, (*path, child["name"]))
    if "status" in node:
        yield *path, node["status"]


def test_allure_2_shows_the_same_tree(tmp_path: Path) -> None:
    samples.written(tmp_path)
    command = [f"{TOOL}/bin/allure", "generate", "allure-results", "--output", "allure-2"]
    environment = os.environ | {"ALLURE_NO_ANALYTICS": "true"}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    tree = json.loads((tmp_path / "allure-2" / "data" / "behaviors.json").read_text())
    found = set(leaves(tree))
    assert len(found) == 7
    assert (
        "Escalation",
        "Context of a conversation",
        "Context variables reach the agent",
        "What the bot learnt reaches the agent [api]",
        "failed",
    ) in found
    assert ("Voice", "All about voice", "The bot hangs up [29]", "skipped") in found
