"""What the widget offers beside and after a chat: files, the transcript, the survey (4.8, 4.10)."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from mimetypes import guess_type
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error, TimeoutError

from harness.errors import Inconclusive, Refused
from harness.pages.chat import TAKEN, ChatPage

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, FrameLocator, Response

FILES_HOST = "oc-cdn-public.azureedge.net"
"""A page of this host lets the chat client handle files by itself (wire notes, 0)."""

EMAIL = "#oclcw-emailTranscriptDialogContainer"

ADDRESSES = """(links, name) =>
  links.filter((link) => link.download === name).map((link) => link.href)"""

SENDS = re.compile("send|submit", re.IGNORECASE)
"""What the button of a survey's page says."""


def under(host: str, page: str) -> str:
    """The address of a page under another host name, which the browser takes for the target's."""
    return urlsplit(page)._replace(netloc=host).geturl() if host else page


def _fills_in(page: FrameLocator, name: str, answer: str) -> None:
    field = page.locator(f'[name="{name}"]')
    if field.first.get_attribute("type", timeout=TAKEN) == "radio":
        page.locator(f'[name="{name}"][value="{answer}"]').check(timeout=TAKEN)
    else:
        field.fill(answer, timeout=TAKEN)


class Afterwards(ChatPage):
    """The verbs of protocol.roles.Guest, in the page."""

    # The survey

    def is_asked_how_it_was(self) -> bool:
        """Whether the widget shows a survey."""
        return self.is_visible(self.survey)

    def answers_survey(self, answers: Mapping[str, str]) -> None:
        """Answers in the widget's frame, whose page is the survey's own; raises Refused."""
        self._see(self.survey)
        page = self.survey.frame_locator("iframe")
        try:
            for name, answer in answers.items():
                _fills_in(page, name, answer)
            page.get_by_role("button", name=SENDS).click(timeout=TAKEN)
            page.get_by_role("status").wait_for(timeout=TAKEN)
        except TimeoutError as error:
            told = f"the survey's page did not take the answers: {error}"
            raise Refused(0, None, "AnswersRefused", told) from None

    # The transcript

    def asks_for_transcript(self, address: str) -> None:
        """Has it sent there; raises Refused when the target refuses."""
        self._has_begun()
        self._click(self.page.locator("#lcw-footer-email-transcript-button"))
        pane = self.page.locator(EMAIL)
        self._see(pane)
        pane.get_by_role("textbox").fill(address, timeout=TAKEN)
        send = pane.locator(f"{EMAIL}-sendbutton")
        self._taken(lambda: send.click(timeout=TAKEN), "/createemailrequest/")

    def keeps_transcript(self) -> str:
        """What is in the file that the widget gives."""
        self._has_begun()
        button = self.page.locator("#lcw-footer-download-transcript-button")
        try:
            with self.page.expect_download(timeout=TAKEN) as download:
                self._click(button)
        except TimeoutError:
            raise Inconclusive(f"{self.name}'s widget gave no transcript to keep") from None
        return download.value.path().read_text()

    # Files

    def sends_file(self, name: str, content: bytes) -> None:
        """Chooses a file, which sends it; raises Refused when there is no way to or it fails."""
        self._has_begun()
        box = self.page.locator("#oc-lcw input[type=file]")
        if not box.count():
            raise Refused(0, None, "NoFileBox", f"{self.name} has no way to send a file")
        kind = guess_type(name)[0] or "application/octet-stream"
        file: FilePayload = {"name": name, "mimeType": kind, "buffer": content}
        self._taken(lambda: box.first.set_input_files(file, timeout=TAKEN), "/messages")

    def opens_file(self, name: str) -> bytes:
        """What the link in the file's bubble holds."""
        links = self.page.locator("#oc-lcw [role=feed] a[download]")
        for address in links.evaluate_all(ADDRESSES, name):
            return b64decode(address.partition(",")[2])
        raise Refused(404, None, "NoFile", f"{self.name} was sent no file {name!r}")

    def _taken(self, act: Callable[[], object], path: str) -> None:
        """The target takes what `act` makes the widget post; raises Refused, Inconclusive."""

        def is_it(response: Response) -> bool:
            return response.request.method == "POST" and path in urlsplit(response.url).path

        try:
            with self.page.expect_response(is_it, timeout=TAKEN) as answer:
                act()
        except Error as error:
            raise Inconclusive(f"{self.name}'s widget posted nothing: {error}") from None
        if answer.value.status >= 400:
            told = f"{self.name}'s widget posted to {path}"
            raise Refused(answer.value.status, None, "PostRefused", told)
