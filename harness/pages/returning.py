"""A page that is gone, and one that is come to by a link back (specification 4.10)."""

from __future__ import annotations

from playwright.sync_api import Response

from harness.pages.chat import READY, TAKEN, ChatPage

ASKS = "/livechatconnector/reconnect/"
"""Where the widget asks whether a link leads back."""


class Returning(ChatPage):
    """How a customer is gone and comes back (protocol.roles.Customer)."""

    _is_gone = False
    _is_back = False

    def disappears(self) -> None:
        """The tab is closed without a word; whoever comes back loads the page again."""
        self.page.goto("about:blank")
        self._is_gone = True

    def comes_back(self) -> None:
        """Loads the page anew; the widget finds the chat again, if it does."""
        if not self._is_gone:
            super().comes_back()
            return
        self._is_gone = False
        self.page.goto(self.url, wait_until="load", timeout=READY)
        self._see(self.launcher.or_(self.header))

    def follows(self, link: str) -> None:
        """Opens a link back in a browser that knows nothing of the chat, as on another device.

        The widget asks the target whether the link leads back, and opens the chat if it does.
        """
        self.page.evaluate("localStorage.clear()")
        with self.page.expect_response(_answers, timeout=TAKEN) as answer:
            self.page.goto(link, wait_until="load", timeout=READY)
        self._open, self._conversation = True, ""
        self._is_back = self._started = answer.value.json()["isReconnectAvailable"]
        self._see(self.send_box if self._is_back else self.launcher)

    def is_back(self) -> bool:
        return self._is_back


def _answers(response: Response) -> bool:
    return ASKS in response.url and response.request.method == "GET"
