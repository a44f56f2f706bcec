"""The published chat widget: a chat in it, seen and used as a customer does.

Verbs wait until the target has taken them; questions are looks and never wait. Locators keep to the
widget's stable ids and to bubbles, because Web Chat writes every text twice (wire notes 1.7, 3).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, TimeoutError

from harness.errors import Inconclusive, Refused
from harness.pages import sight
from harness.pages.browser import Window
from harness.pages.component import Component
from harness.protocol.conversations import Line

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Request, Response

SEND_BOX = "[data-id='webchat-sendbox-input']"

READY = 20_000
"""Milliseconds that the page may take to load and the widget to open."""

TAKEN = 10_000
"""Milliseconds that the target may take to answer to what the customer does."""


LASTING = "/auth/reconnectablechats/"
"""Where the widget asks for a chat that lasts, and for one to come back to."""

HELD = 2_000
"""Milliseconds that a send box may be out of reach before it counts as gone."""


class ChatPage(Component):
    """One customer's page with a chat (protocol.roles.Customer). The window is its caller's.

    `url` is the page that carries the snippet.
    """

    def __init__(self, window: Window, name: str, url: str) -> None:
        super().__init__(window.page)
        self.name = name
        self.url = url
        self.window = window
        self._conversation = ""
        self._open = False
        self._started = False
        self.launcher = self.page.locator("#oc-lcw-chat-button")
        self.header = self.page.locator("#oc-lcw-header")
        self.send_box = self.page.locator(SEND_BOX)
        self.close_button = self.page.locator("#lcw-header-close-button")
        self.minimise_button = self.page.locator("#lcw-header-minimize-button")
        self.survey = self.page.locator("#oc-lcw-postchatsurvey-pane")
        self.remains = self.page.locator(f"#oc-lcw:not(:has({SEND_BOX})) section[role=feed]")
        self.confirm_button = self.page.locator("#oc-lcw-confirmation-pane-confirmbutton")
        self.problem = self.page.locator(
            "#oc-lcw-start-chat-error-pane, #oc-lcw-outofofficehours-pane"
        )
        self.question = self.page.locator(
            "#oc-lcw-prechatsurvey-pane, #lcw-components-reconnect-chat-pane"
        )
        self.invitation = self.page.locator("#oc-lcw-proactivechat")
        self._brought: dict[str, object] = {}
        self._answers: dict[str, str | bool] = {}
        self._lasting = ""
        self.page.add_init_script(sight.RECORD)
        self.page.on("request", self._notes)

    def __repr__(self) -> str:
        return self.name

    # What the customer does

    def opens_page(self) -> None:
        """Loads the page; the launcher, if any, appears soon after."""
        self.page.goto(self.url, wait_until="load", timeout=READY)
        self._open = True

    def starts_chat(self) -> None:
        """Opens the chat and waits until there is somewhere to write.

        Raises Refused when the widget says that it cannot, Inconclusive when it says nothing.
        """
        if not self._open:
            self.opens_page()
        self._starts(lambda: self._click(self.launcher))

    def opens_chat(self) -> None:
        """Selects the launcher and waits for whatever the widget shows then, be it a question."""
        if not self._open:
            self.opens_page()
        self._click(self.launcher)
        self._see(self.send_box.or_(self.problem).or_(self.question))

    def says(self, text: str) -> None:
        """Writes and sends; raises Refused without a send box or when the target refuses."""
        self._has_begun()
        self._insist_on_send_box()
        response = self._answer_to(lambda: self._sends(text), "/messages")
        if response.status >= 400:
            raise Refused(response.status, None, "MessageRefused", f"{self.name} said {text!r}")

    def types(self) -> None:
        """Writes something and does not send it; raises Refused without a send box."""
        self._has_begun()
        self._insist_on_send_box()
        self._answer_to(lambda: self.send_box.press_sequentially("…", timeout=HELD), "/typing")

    def ends_chat(self) -> None:
        """Closes the chat and says yes when asked; the question may be there already."""
        self._has_begun()
        if not self.asks_to_confirm_closing():
            self.selects_close()
        self._see(self.confirm_button.or_(self.launcher))
        if self.is_visible(self.confirm_button):
            self.confirm_button.click(timeout=TAKEN)
        # Closed, or open still for what comes after the chat: a survey, or a link to one.
        self._see(self.launcher.or_(self.survey).or_(self.remains))

    def comes_back(self) -> None:
        """Loads the page anew; the widget finds the chat again, if it does."""
        if not self._open:
            raise Inconclusive(
                f"{self.name} has not opened the page; "
                f"let 'Given {self.name} has opened the shop page' come first"
            )
        if self._started:
            # Nobody reloads within the moment that the widget takes to keep what it shows.
            with suppress(TimeoutError):
                self.page.wait_for_function(sight.KEPT, timeout=HELD)
        self.page.reload(wait_until="load", timeout=READY)
        self._see(self.launcher.or_(self.header))

    def selects_close(self) -> None:
        """Selects the close button and answers nothing."""
        self._has_begun()
        self._click(self.close_button)

    def minimises(self) -> None:
        """Folds the chat away behind its launcher."""
        self._has_begun()
        self._click(self.minimise_button)
        self._see(self.launcher)

    # What the customer sees

    def conversation_id(self) -> str:
        """The desk's id of the conversation; raises Refused when there is none."""
        self._has_begun()
        if not self._conversation:
            self._conversation = self.page.evaluate(sight.CONVERSATION, [TAKEN, self._lasting])
        if not self._conversation:
            raise Refused(204, None, "NoConversation", f"{self.name} has no conversation")
        return self._conversation

    def transcript(self) -> Sequence[Line]:
        """Every line that is drawn, oldest first."""
        self._has_begun()
        seen: dict[str, Any] = self.page.evaluate(sight.TRANSCRIPT)
        return sight.lines(seen["drawn"], seen["told"])

    def sees_agent_typing(self) -> bool:
        """Whether the widget says that somebody types."""
        return bool(self.page.evaluate(sight.TYPING))

    def can_write(self) -> bool:
        # One look, not two: between two the box may go.
        return self.is_visible(self.page.locator(f"{SEND_BOX}:enabled"))

    def asks_to_confirm_closing(self) -> bool:
        return self.is_visible(self.confirm_button)

    @property
    def foreign(self) -> Sequence[str]:
        """Addresses outside of the target that the page asked for and did not get."""
        return self.window.foreign

    # How it waits

    def _starts(self, act: Callable[[], object]) -> None:
        """A chat begins by what `act` does; raises Refused when the widget says that it cannot."""
        self._conversation = ""
        self._started = False
        act()
        self._see(self.send_box.or_(self.problem))
        if self.is_visible(self.problem):
            told = " ".join(self.problem.all_inner_texts())
            raise Refused(0, None, "ChatNotStarted", told)
        self._started = True
        # The widget keeps what a reload needs a moment after it shows the send box.
        self.conversation_id()

    def _notes(self, request: Request) -> None:
        """The request id of a chat that lasts, which the widget looks for before it begins."""
        path = urlsplit(request.url).path
        if LASTING in path:
            self._lasting = path.rpartition("/")[2]
        elif self._lasting and request.method == "POST" and path.endswith("/conversation"):
            self._lasting = request.headers.get("request-id", self._lasting)

    def _has_begun(self) -> None:
        """Whoever has no chat yet cannot do more in it: the scenario's fault, not the target's."""
        if not self._started:
            raise Inconclusive(
                f"{self.name} has not started a chat; let 'Given {self.name} is chatting with the "
                "bot' come first"
            )

    def _sends(self, text: str) -> None:
        self.send_box.fill(text, timeout=HELD)
        self.send_box.press("Enter", timeout=HELD)

    def _insist_on_send_box(self) -> None:
        if not self.can_write():
            raise Refused(0, None, "NoSendBox", f"{self.name} has nowhere to write")

    def _click(self, locator: Locator) -> None:
        try:
            locator.first.click(timeout=READY)
        except TimeoutError as error:
            raise Inconclusive(f"{self.name}'s widget has nothing to click: {error}") from None

    def _see(self, locator: Locator) -> None:
        try:
            locator.filter(visible=True).first.wait_for(state="visible", timeout=READY)
        except TimeoutError as error:
            raise Inconclusive(f"{self.name}'s widget did not get there: {error}") from None

    def _answer_to(self, act: Callable[[], None], path: str) -> Response:
        """The target's answer to what `act` makes the widget post."""

        def is_it(response: Response) -> bool:
            asked = urlsplit(response.url).path
            return response.request.method == "POST" and asked.endswith(path)

        try:
            with self.page.expect_response(is_it, timeout=TAKEN) as answer:
                act()
            return answer.value
        except Error as error:
            # The send box may go while it is written in: that is a refusal, not a riddle.
            self._insist_on_send_box()
            raise Inconclusive(f"{self.name}'s widget posted nothing: {error}") from None
