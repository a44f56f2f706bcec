"""One browser for a worker, one window for a person.

Playwright starts with the first window, because it is slow and most scenarios need none. A window
keeps a trace without screenshots and throws it away, unless somebody asks for the evidence.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from harness import chromium
from harness.chromium import ChromiumMissing

if TYPE_CHECKING:
    import playwright.sync_api as playwright

LOCAL = ("127.0.0.1", "localhost")
"""Where a window may go when the target is the reference: nowhere else."""

PRODUCT = (
    "oc-cdn-*.azureedge.net",
    "*.omnichannelengagementhub.com",
    "customervoice.microsoft.com",
)
"""Hosts of the product that a page with its tag asks: script, service, files, surveys."""

SIZE: playwright.ViewportSize = {"width": 1280, "height": 800}

FAILURES = frozenset({"net::ERR_NAME_NOT_RESOLVED", "net::ERR_ADDRESS_UNREACHABLE"})
"""How Chromium says that a host was kept from it."""


class Browser:
    """A worker's Chromium. `hosts` are those it may reach, None for all of them.

    `stands_in` is the address (`host:port`) at which the product's own hosts are found, so that
    a page with the product's tag can be opened as it is; without it they are where they are.
    """

    def __init__(
        self, hosts: Sequence[str] | None = LOCAL, *, trace: bool = True, stands_in: str = ""
    ) -> None:
        self._hosts = hosts
        self._stands_in = stands_in
        self._trace = trace
        self._driver: playwright.Playwright | None = None
        self._chromium: playwright.Browser | None = None

    def open(self, now: datetime | None = None) -> Window:
        """A window of its own, with nobody's cookies.

        `now` starts the window's clock at that instant, ticking; None leaves the machine's time.
        Raises ChromiumMissing when there is no browser to run.
        """
        context = self._started().new_context(ignore_https_errors=True, viewport=SIZE)
        if self._stands_in:
            # Else a page of a public host is kept from what lies on this machine.
            context.grant_permissions(["local-network-access"])
        if self._trace:
            context.tracing.start(snapshots=True)
        if now is not None:
            context.clock.install(time=now)
        return Window(context, traced=self._trace)

    def close(self) -> None:
        """Ends the browser; a browser that never started needs no ending."""
        if self._chromium is not None:
            self._chromium.close()
        if self._driver is not None:
            self._driver.stop()
        self._driver = self._chromium = None

    def _started(self) -> playwright.Browser:
        if self._chromium is None:
            environment = chromium.environment()
            if environment is None:
                raise ChromiumMissing("There is no Chromium here. Run: make setup")
            os.environ.update(environment)
            # A third of a second that a run without a browser should not pay.
            from playwright.sync_api import sync_playwright  # noqa: PLC0415

            self._driver = sync_playwright().start()
            self._chromium = self._driver.chromium.launch(args=self._arguments())
        return self._chromium

    def _arguments(self) -> list[str]:
        arguments = ["--disable-background-networking"]
        if rules := resolver_rules(self._hosts, self._stands_in):
            arguments.append(f"--host-resolver-rules={rules}")
        return arguments


def resolver_rules(
    hosts: Sequence[str] | None, stands_in: str = "", product: Sequence[str] = PRODUCT
) -> str:
    """Chromium's `--host-resolver-rules`: `product` is at `stands_in`, of the rest only `hosts`.

    Blocking by name costs nothing, where a route would ask us about every request.
    """
    rules = [f"MAP {host} {stands_in}" for host in product if stands_in]
    if hosts is not None:
        rules += ["MAP * ~NOTFOUND", *(f"EXCLUDE {host}" for host in hosts)]
    return ", ".join(rules)


class Window:
    """One person's browser window; `foreign` are the addresses that were kept from it."""

    def __init__(self, context: playwright.BrowserContext, *, traced: bool) -> None:
        self._context = context
        self._traced = traced
        self.foreign: list[str] = []
        context.on("requestfailed", self._failed)
        self.page = context.new_page()

    def fast_forward(self, duration: timedelta) -> None:
        """One jump of the window's clock: due timers fire once, and it goes on ticking."""
        self._context.clock.fast_forward(round(duration.total_seconds() * 1000))

    def picture(self) -> bytes:
        """The page as it looks now, PNG."""
        return self.page.screenshot()

    def saves_trace(self, path: Path) -> None:
        """Ends the recording and keeps it as a zip file; without a recording there is no file."""
        if self._traced:
            self._traced = False
            self._context.tracing.stop(path=path)

    def close(self) -> None:
        """Closes the window and throws away a trace that nobody asked for."""
        self._context.close()

    def _failed(self, request: playwright.Request) -> None:
        if request.failure in FAILURES:
            self.foreign.append(request.url)
