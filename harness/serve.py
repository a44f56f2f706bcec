"""`handoff serve`: the reference for people, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import codecs
import json
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from harness.errors import UsageError
from harness.pages import snippets
from harness.pages.browser import PRODUCT, resolver_rules
from harness.protocol.organisations import Snippet

USAGE, NOT_STARTED = 2, 3


def serve(given: argparse.Namespace) -> int:
    """Starts the reference, says where to click, and waits; 0 when it was stopped.

    When it does not start it says why itself; 2 for what was asked of it, else 3.
    """
    pages = {page: _tag_of(page) for page in given.page}
    with NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(planned(pages), file)
        file.flush()
        command = _command(given) + (["--organisation", file.name] if pages else [])
        return _run(command, given, pages)


def _run(command: list[str], given: argparse.Namespace, pages: dict[Path, Snippet]) -> int:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)

    def stop(number: int, frame: FrameType | None) -> None:
        process.terminate()

    # The child stops by itself on Ctrl-C, which the terminal sends to both.
    kept = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        if said:
            print(_invitation(json.loads(said), given, pages), flush=True)
        process.wait()
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    if said:
        return 0
    return USAGE if process.returncode == USAGE else NOT_STARTED


def _command(given: argparse.Namespace) -> list[str]:
    command = [sys.executable, "-m", "harness.reference"]
    command += ["--port", str(given.port), "--clock", given.clock]
    command += ["--store", given.store] if given.store else []
    command += ["--bot", given.bot] if given.bot else []
    command += ["--smtp", given.smtp] if given.smtp else []
    demo = given.demo or given.page
    command += ["--demo"] if demo else []
    # Without a demo somebody has to make organisations, and a virtual clock has to be moved.
    command += ["--control"] if given.clock == "virtual" or not demo else []
    return command


def _tag_of(page: Path) -> Snippet:
    """What the widget's tag in the page says; raises UsageError when it says too little."""
    try:
        return snippets.read(decoded(page.read_bytes()), str(page))
    except OSError as error:
        raise UsageError(f"{page}: {error.strerror}") from None


def decoded(page: bytes) -> str:
    """The text of a page, as far as its tags go: they are written alike in all but UTF-16."""
    marked = page.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return page.decode("utf-16" if marked else "utf-8", "replace")


def planned(pages: Mapping[Path, Snippet]) -> list[dict[str, str]]:
    """The organisations that the pages' tags name; raises UsageError for two widgets of one."""
    widgets: dict[str, str] = {}
    for page, tag in pages.items():
        if widgets.setdefault(tag.org_id, tag.app_id) != tag.app_id:
            raise UsageError(
                f"{page} names another widget of the organisation {tag.org_id} than a page before;"
                " the reference has one: serve the pages one after the other"
            )
    return [{"id": org, "app_id": widget} for org, widget in widgets.items()]


def _opening(page: Path, tag: Snippet, place: str) -> str:
    """The command that opens the page as it is, with the reference in the product's place."""
    hosts = [urlsplit(address).hostname or "" for address in (tag.page, tag.org_url)]
    rules = resolver_rules(None, place, (*dict.fromkeys(hosts), *PRODUCT))
    options = [
        f"--user-data-dir={Path(tempfile.gettempdir()) / 'handoff-page'}",
        "--ignore-certificate-errors",
        "--disable-features=LocalNetworkAccessChecks",
        f"--host-resolver-rules={rules}",
    ]
    return shlex.join(["chromium", *options, page.resolve().as_uri()])


def _invitation(
    ready: dict[str, Any], given: argparse.Namespace, pages: dict[Path, Snippet]
) -> str:
    """Where to click, for a person who has just started it."""
    lines = ["The reference is running."]
    if "demo" in ready:
        lines += [f"  Open {ready['demo']} and follow the five steps."]
        lines += ["  The browser warns of the certificate: it was made for this start; go on."]
        lines += [f"  Its authority, if you want to trust it: {ready['ca']}"]
    if ready["control"]:
        lines += [f"  Control surface: {ready['control']} (docs/reference-api.md)"]
        lines += [f"  Certificate authority: {ready['ca']}"] if "demo" not in ready else []
    for page, tag in pages.items():
        lines += [f"  Open {page} as it is, where the product's hosts lead here, with"]
        lines += [f"    {_opening(page, tag, urlsplit(ready['url']).netloc)}"]
    if not given.store:
        lines += ["  Nothing is kept after it stops; --store sqlite:///FILE keeps it."]
    return "\n".join([*lines, "Press Ctrl-C to stop."])
