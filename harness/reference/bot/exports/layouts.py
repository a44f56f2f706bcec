"""Which bots a set of files holds, whatever the layout in which they were exported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from harness.reference.bot.exports import solutions, workspaces
from harness.reference.bot.exports.packages import STUBS, Export, Problem

_YAML = re.compile(r".+\.ya?ml", re.IGNORECASE)


def is_wanted(path: str) -> bool:
    """Whether a file of this path can be part of a bot; what some tool keeps for itself is not."""
    if any(part.startswith(".") or part == "__MACOSX" for part in path.split("/")):
        return False
    return bool(
        solutions.BOT.fullmatch(path) or solutions.PART.fullmatch(path) or _YAML.fullmatch(path)
    )


def read(files: Mapping[str, bytes], name: str = "bot") -> Export:
    """Every bot in the files, and every problem, not the first alone.

    `name` is what a bot is called that has no name of its own: the folder's, or the archive's.
    """
    found = [solutions.read(files, root) for root in sorted(solutions.roots(files))]
    inside = tuple(solutions.roots(files))
    found += [
        workspaces.read(files, root)
        for root in sorted(workspaces.roots(files))
        if not any(root.startswith(f"{solution}botcomponents/") for solution in inside)
    ]
    if not found:
        found = [workspaces.loose(files, name)]
    stubs = _stubs(files)
    packages = tuple(replace(p, stubs=stubs) for export in found for p in export.packages)
    unread = tuple(problem for export in found for problem in export.unread)
    if not packages:
        unread += (Problem(name, 1, NOTHING),)
    return Export(packages, unread)


def _stubs(files: Mapping[str, bytes]) -> str:
    # Ours, not the product's: whoever tests a bot puts it beside what was exported.
    return files[STUBS].decode("utf-8-sig", "replace") if STUBS in files else ""


NOTHING = (
    "no bot in here: looked for bots/NAME/bot.xml (a solution, zipped or unpacked),"
    " settings.mcs.yml (a workspace) and YAML files with kind: AdaptiveDialog"
)
