"""Everything is in pyproject.toml, but this: a wheel carries what stands beside the package."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


def _made_by_use(folder: str, names: list[str]) -> set[str]:
    """What a checkout holds beside its sources: compiled modules, runs, npm packages."""
    kept = {"README.md", "allurerc.mjs", "package.json", "package-lock.json"}
    return set(names) - kept if folder == "reports" else {"__pycache__"} & set(names)


class BuildWithScenarios(build_py):
    """Places steps, features, targets and the report's generator under `harness/_bundled`."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name in ("steps", "features", "targets", "reports"):
            shutil.copytree(
                name,
                Path(self.build_lib, "harness/_bundled", name),
                ignore=_made_by_use,
                dirs_exist_ok=True,
            )


setup(cmdclass={"build_py": BuildWithScenarios})
