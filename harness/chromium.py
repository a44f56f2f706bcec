"""The Chromium that widget scenarios run in: found on this machine, or got once at set-up.

Order: `HANDOFF_CHROMIUM`; a system `chromium-headless-shell` (2 to 3 times faster than a full
one); Playwright's own; a system chromium or chrome; with root and apt, Debian's headless shell
and ffmpeg; else Playwright's download. `python -m harness.chromium` prints what is found, `--get`
gets what is missing. Standard library only: set-up runs this, and every widget run asks it.
"""

from __future__ import annotations

import ctypes
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from harness.errors import Inconclusive

SILENCE_S = 30.0
"""A download that brings no byte for so many seconds is given up."""

_DEBIANS_WRAPPER = Path("/usr/bin/chromium-headless-shell")
_DEBIANS_BINARY = Path("/usr/lib/chromium/chromium-headless-shell")
_APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
_ARM = platform.machine().lower() in {"arm64", "aarch64"}
_SHELL_FOLDER = {
    "linux": "chrome-headless-shell-linux-arm64" if _ARM else "chrome-headless-shell-linux64",
    "darwin": "chrome-headless-shell-mac-arm64" if _ARM else "chrome-headless-shell-mac-x64",
}.get(sys.platform, "chrome-headless-shell-linux64")
_FFMPEG_FILE = "ffmpeg-mac" if sys.platform == "darwin" else "ffmpeg-linux"


class ChromiumMissing(Inconclusive):
    """No Chromium, and none could be got; the message is one sentence that says what to do."""


def find() -> Path | None:
    """The executable to run, or None.

    Raises `ChromiumMissing` when `HANDOFF_CHROMIUM` names something that is not there: a wish that
    cannot be met is not silently replaced.
    """
    return _named() or _system_headless_shell() or _playwrights_own() or _system_chromium()


def linked() -> Path | None:
    """The folder for `PLAYWRIGHT_BROWSERS_PATH`, or None when there is no Chromium.

    Playwright looks for its own revisions only; in this folder they are links to what `find`
    found and to the system's ffmpeg, so that a plain `launch()` and videos work. Safe to call
    from several processes at once.
    """
    executable = find()
    if executable is None:
        return None
    if executable == _playwrights_own():
        return _registry()
    folder = _cache() / "browsers"
    _link(folder / shell(), executable)
    if ffmpeg := shutil.which("ffmpeg"):
        _link(folder / f"ffmpeg-{_revision('ffmpeg')}" / _FFMPEG_FILE, Path(ffmpeg))
    return folder


def environment() -> dict[str, str] | None:
    """What Playwright's driver needs in its environment, or None when there is no Chromium."""
    folder = linked()
    return None if folder is None else {"PLAYWRIGHT_BROWSERS_PATH": str(folder), **_node()}


def _node() -> dict[str, str]:
    """The machine's Node for the driver, where its own one cannot start.

    Playwright brings a Node that wants libatomic, which a small Linux does not have.
    """
    if not sys.platform.startswith("linux") or "PLAYWRIGHT_NODEJS_PATH" in os.environ:
        return {}
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        node = shutil.which("node")
        return {"PLAYWRIGHT_NODEJS_PATH": node} if node else {}
    return {}


def get() -> Path:
    """Find a Chromium or get one; raise `ChromiumMissing` when neither works."""
    executable = find()
    ways: list[Callable[[], object]] = [_download]
    if _may_use_apt():
        ways.insert(0, _install_debians)
    while executable is None and ways:
        ways.pop(0)()
        executable = find()
    if executable is None:
        raise ChromiumMissing(
            "No Chromium was found and none could be downloaded: install a chromium or chrome "
            "(Debian: apt-get install chromium-headless-shell), or set HANDOFF_CHROMIUM to one."
        )
    _insist_that_it_starts(executable)
    return executable


def _named() -> Path | None:
    wish = os.environ.get("HANDOFF_CHROMIUM")
    if not wish:
        return None
    if executable := shutil.which(wish):
        return Path(executable)
    raise ChromiumMissing(
        f"HANDOFF_CHROMIUM is {wish!r}, which is no program: "
        "set it to the path of a Chromium, or unset it."
    )


def _system_headless_shell() -> Path | None:
    executable = shutil.which("chromium-headless-shell")
    if executable is None:
        return None
    # Debian's wrapper does not exec: ending it would orphan the browser.
    if Path(executable) == _DEBIANS_WRAPPER and _DEBIANS_BINARY.exists():
        return _DEBIANS_BINARY
    return Path(executable)


def _playwrights_own() -> Path | None:
    executable = _registry() / shell()
    return executable if executable.exists() else None


def _system_chromium() -> Path | None:
    for name in ("chromium", "google-chrome", "google-chrome-stable", "chrome"):
        executable = shutil.which(name)
        # A snap has a /tmp of its own and cannot see the profile that Playwright makes.
        if executable and not executable.startswith("/snap/"):
            return Path(executable)
    return next((path for path in _APPLICATIONS if path.exists()), None)


def _registry() -> Path:
    """Where Playwright keeps the browsers that it downloaded."""
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen and Path(chosen) != _cache() / "browsers":
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"


def shell() -> Path:
    """The headless shell's path inside a registry, as this Playwright names it."""
    revision = _revision("chromium-headless-shell")
    return Path(f"chromium_headless_shell-{revision}", _SHELL_FOLDER, "chrome-headless-shell")


def _revision(browser: str) -> str:
    # Asked of the file, not of Playwright: importing it takes a third of a second.
    spec = importlib.util.find_spec("playwright")
    if spec is None or not spec.submodule_search_locations:
        return "none"
    package = Path(spec.submodule_search_locations[0], "driver/package/browsers.json")
    rows = json.loads(package.read_text(encoding="utf-8"))["browsers"]
    return next(str(row["revision"]) for row in rows if row["name"] == browser)


def _cache() -> Path:
    """`.cache` of the checkout, or the user's cache when installed from a wheel."""
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").exists():
        return checkout / ".cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "handoff"


def _link(link: Path, target: Path) -> None:
    if link.is_symlink() and link.readlink() == target:
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    fresh = link.with_name(f"{link.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _may_use_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install_debians() -> None:
    print("Installing Debian's chromium-headless-shell and ffmpeg (about 120 MB) ...", flush=True)
    apt = ["apt-get", "-qq", "-o", "Acquire::http::Timeout=20", "-o", "DPkg::Lock::Timeout=120"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ["chromium-headless-shell", "ffmpeg"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        if subprocess.run([*apt, *command], env=environment, stdout=subprocess.DEVNULL).returncode:
            return


def _download() -> None:
    print("Downloading Playwright's Chromium headless shell (about 110 MB) ...", flush=True)
    # The libraries that it needs come with it only where they can be installed: by root, with apt.
    options = ["--only-shell", *(["--with-deps"] if _may_use_apt() else []), "chromium"]
    with tempfile.TemporaryDirectory(prefix="handoff-chromium-") as folder:
        # Playwright downloads into TMPDIR: what arrives there is the only honest sign of life.
        install = subprocess.Popen(
            [sys.executable, "-m", "playwright", "install", *options],
            env={**os.environ, **_node(), "TMPDIR": folder},
            stdout=subprocess.DEVNULL,
        )
        if not wait_while_it_grows(install, Path(folder), _registry()):
            print(f"Nothing arrived for {SILENCE_S:.0f} seconds: giving up.", flush=True)


def wait_while_it_grows(
    install: subprocess.Popen[bytes], *folders: Path, silence: float = SILENCE_S
) -> bool:
    """Whether the process ended by itself; it is ended when the folders stand still for so long."""
    size, since = -1, time.monotonic()
    while install.poll() is None:
        arrived = sum(_size(folder) for folder in folders)
        if arrived != size:
            size, since = arrived, time.monotonic()
        elif time.monotonic() - since > silence:
            install.terminate()
            install.wait()
            return False
        time.sleep(min(0.5, silence / 4))
    return True


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size
        except FileNotFoundError:  # the installer moves and deletes its archives meanwhile
            continue
    return total


def _insist_that_it_starts(executable: Path) -> None:
    trial = subprocess.run([executable, "--version"], capture_output=True, text=True)
    if trial.returncode:
        reason = (trial.stderr.strip().splitlines() or ["no message"])[-1]
        raise ChromiumMissing(
            f"{executable} does not start ({reason}): "
            "install its libraries with `sudo .venv/bin/playwright install-deps chromium`."
        )


def main(arguments: list[str]) -> int:
    """Print the executable; with `--get` get a missing one first. 1 with one sentence otherwise."""
    try:
        executable = get() if "--get" in arguments else find()
    except ChromiumMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    print(executable or "no Chromium")
    return 0 if executable else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
