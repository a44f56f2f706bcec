"""Each missing prerequisite ends set-up in one sentence that says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("bash", "env", "dirname", "mkdir", "grep", "cat", "touch", "find", "uname", "tail")
OLD_NODE = '#!/bin/sh\n[ "$1" = -e ] && exit 1\necho v18.20.4\n'
NO_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexit 0\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the scripts of set-up alone, on a machine without its prerequisites."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found, name
        (tools / name).symlink_to(found)
    return folder


def has(checkout: Path, name: str, script: str) -> None:
    """Give the machine a program of that name."""
    program = checkout.parent / "bin" / name
    program.write_text(script)
    program.chmod(0o755)


def install(checkout: Path, *parts: str, **environment: str) -> str:
    """Run set-up, which must fail; its last line is what a person reads."""
    done = subprocess.run(
        [checkout.parent / "bin" / "bash", ".ci/install", *parts],
        cwd=checkout,
        env={"PATH": str(checkout.parent / "bin"), "HOME": str(checkout.parent), **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_no_python(checkout: Path) -> None:
    assert install(checkout).startswith("Python 3.11 or newer is needed and was not found: install")


def test_no_node(checkout: Path) -> None:
    has(checkout, "python3", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    assert "Node.js 20 or newer is needed" in install(checkout)


def test_no_npm(checkout: Path) -> None:
    has(checkout, "python3", "#!/bin/sh\n")
    has(checkout, "node", "#!/bin/sh\n")
    assert install(checkout).startswith("npm, which comes with Node.js, is needed")


def test_an_old_node(checkout: Path) -> None:
    has(checkout, "python3", "#!/bin/sh\n")
    has(checkout, "node", OLD_NODE)
    has(checkout, "npm", "#!/bin/sh\n")
    assert "and this one is v18.20.4: install it" in install(checkout)


def test_a_python_without_venv(checkout: Path) -> None:
    has(checkout, "python3", NO_VENV)
    has(checkout, "node", "#!/bin/sh\n")
    has(checkout, "npm", "#!/bin/sh\n")
    assert "install its venv module" in install(checkout)


def test_no_network(checkout: Path) -> None:
    has(checkout, "node", "#!/bin/sh\n")
    has(checkout, "npm", "#!/bin/sh\n")
    has(checkout, "python3", "#!/bin/sh\n")
    # A virtual environment whose pip is the real one, and an index where nobody listens.
    (checkout / ".venv/bin").mkdir(parents=True)
    python = checkout / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@" --target {checkout}/site\n')
    python.chmod(0o755)
    (checkout / "requirements.lock").write_text("handoff-no-such-package==1.0\n")
    nowhere = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/simple"}
    sentence = install(checkout, **nowhere, PIP_RETRIES="0")
    assert "could not be downloaded: connect this machine to a network" in sentence


def test_a_wished_chromium_that_is_not_there(tmp_path: Path) -> None:
    done = chromium(tmp_path, HANDOFF_CHROMIUM="no-such-chromium")
    assert "set it to the path of a Chromium, or unset it." in done.stderr


def test_no_chromium_and_no_download(tmp_path: Path) -> None:
    done = chromium(tmp_path, PLAYWRIGHT_DOWNLOAD_HOST="http://127.0.0.1:9")
    sentence = done.stderr.strip().splitlines()[-1]
    assert sentence.startswith("No Chromium was found and none could be downloaded: install")


def chromium(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Ask for a Chromium on a machine that has none; it must end with 1."""
    done = subprocess.run(
        [sys.executable, "-m", "harness.chromium", "--get"],
        cwd=ROOT,
        env={"PATH": str(home), "HOME": str(home), "XDG_CACHE_HOME": str(home), **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done
