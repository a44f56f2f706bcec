"""Sites of the reference that people of the desk sign in to: what their page objects share."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from playwright.sync_api import Error, TimeoutError

from harness.errors import Inconclusive, NotReachable, Refused
from harness.pages.browser import Window
from harness.pages.component import Component
from harness.protocol.organisations import Account

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Response

LOADED = 20_000
"""Milliseconds that a page may take to load."""

SEEN = 5_000
"""Milliseconds until a page has to show what it was told, without being reloaded."""

REFUSAL = """(html) => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const notice = page.querySelector('[role=alert] [data-name]');
  return notice && { ...notice.dataset, message: notice.textContent.trim() };
}"""
"""What the answer to a request says when it is a refusal, else null."""


def _is_posted(response: Response) -> bool:
    return response.request.method == "POST"


class SitePage(Component):
    """Somebody's window on one site; `place` is its address, `account` who signs in at first."""

    is_live = False
    """Whether the site's pages send their forms in the background and stay where they are."""

    def __init__(self, window: Window, place: str, account: Account) -> None:
        super().__init__(window.page)
        self.name = account.name
        self.place = place
        self._token = account.token
        self._is_signed_in = False

    def __repr__(self) -> str:
        return self.name

    def opens(self, path: str = "") -> None:
        """Loads a page of the site; raises Refused when it says so."""
        address = f"{self.place}{path}"
        if not self._is_signed_in:
            parts = urlsplit(address)
            wanted = quote(address.removeprefix(f"{parts.scheme}://{parts.netloc}"))
            address = f"{parts.scheme}://{parts.netloc}/sign-in/{self._token}?next={wanted}"
        try:
            response = self.page.goto(address, timeout=LOADED)
        except Error as error:
            raise NotReachable(f"{self.place} does not load: {error}") from None
        if response is not None:
            self._refuse(response)
        self._is_signed_in = True

    def submits(self, button: Locator) -> None:
        """Presses a button of a form and waits for the answer; raises Refused when it is one."""
        self.see(button)

        waiting = (
            self.page.expect_response(_is_posted, timeout=LOADED)
            if self.is_live
            else self.page.expect_navigation(timeout=LOADED)
        )
        try:
            with waiting as answer:
                button.click(timeout=SEEN)
            self._refuse(answer.value)
        except TimeoutError as error:
            raise Inconclusive(f"{self.name}'s page gave no answer: {error}") from None

    def see(self, locator: Locator) -> None:
        """Waits until something shows by itself; raises Refused when the page does not have it."""
        try:
            locator.first.wait_for(state="visible", timeout=SEEN)
        except TimeoutError:
            raise Refused(0, None, "NotShown", f"{self.name} does not see {locator}") from None

    def _refuse(self, response: Response) -> None:
        if response.status < 400:
            return
        said = self.page.evaluate(REFUSAL, response.text()) or {}
        name, code = said.get("name", ""), said.get("code") or None
        raise Refused(response.status, code, name, said.get("message", response.status_text))
