"""Everything is in pyproject.toml, but this: a wheel carries what stands beside the package."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithScenarios(build_py):
    """Places steps, features and targets under `harness/_bundled`, where the plug-in looks."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name in ("steps", "features", "targets"):
            shutil.copytree(
                name,
                Path(self.build_lib, "harness/_bundled", name),
                ignore=shutil.ignore_patterns("__pycache__"),
                dirs_exist_ok=True,
            )


setup(cmdclass={"build_py": BuildWithScenarios})
