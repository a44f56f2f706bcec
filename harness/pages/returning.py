"""A page that is gone, and one that is come to by a link back (specification 4.10)."""

from __future__ import annotations

from playwright.sync_api import Response

from harness.pages.chat import READY, ChatPage

ASKS = "/livechatconnector/reconnect/"
"""Where the widget asks whether a link leads back."""

FORGETS = """if (!sessionStorage.getItem('elsewhere')) {
  localStorage.clear();
  sessionStorage.setItem('elsewhere', 'yes');
}"""
"""Before the page's scripts run, once: nothing is kept of an earlier chat."""


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
        """Opens a link back, and the chat, in a browser that knows nothing of the earlier one.

        The widget asks the target whether the link leads back; if not, the chat is a new one.
        """
        before = self.conversation_id()
        self.page.add_init_script(FORGETS)
        self.page.goto(link, wait_until="load", timeout=READY)
        self._open, self._started, self._conversation = True, True, ""
        with self.page.expect_response(_answers, timeout=READY) as answer:
            self._click(self.launcher)
        leads_back = answer.value.json()["isReconnectAvailable"]
        self._see(self.send_box)
        self._is_back = leads_back and self.conversation_id() == before

    def forgets(self) -> None:
        """Comes with a browser that knows nothing of the chat, as on another device."""
        # Not from the page that is left: the widget would write down its chat once more.
        self.page.add_init_script(FORGETS)
        self.page.goto(self.url, wait_until="load", timeout=READY)
        self._started, self._conversation = False, ""
        self._see(self.launcher)

    def is_back(self) -> bool:
        return self._is_back


def _answers(response: Response) -> bool:
    return ASKS in response.url and response.request.method == "GET"
