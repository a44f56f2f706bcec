"""What a customer sees before a chat begins: the survey, or that nobody is there (4.5, 4.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError

from harness.errors import Inconclusive
from harness.pages.chat import HELD, ChatPage

if TYPE_CHECKING:
    from playwright.sync_api import Locator

SURVEY = "#oc-lcw-prechatsurvey-pane"
PROBLEM = ".ac-input-container + .ac-textBlock"
"""What stands below a field that lacks an answer."""

OUT_OF_OFFICE = "#oc-lcw-outofofficehours-pane"


class Beginnings(ChatPage):
    """The panes before a chat (protocol.roles.Widget)."""

    def answers(self, question: str, answer: str | bool) -> None:
        """What the next chat's survey is answered with."""
        self._answers[question] = answer

    def starts_chat(self) -> None:
        """Opens the chat, answers its survey if there is one, and waits until it can write."""
        if not self._open:
            self.opens_page()
        self._starts(self._answers_survey)

    def submits_survey(self) -> None:
        """Opens the chat and submits its survey with what was said before; waits for nothing."""
        if not self._open:
            self.opens_page()
        self._answers_survey()

    def survey_problems(self) -> Sequence[str]:
        """What the survey says is wrong with its answers."""
        return [text for text in self._survey.locator(PROBLEM).all_inner_texts() if text]

    def is_out_of_office(self) -> bool:
        """Whether the chat says that nobody is there now."""
        return self.is_visible(self.page.locator(OUT_OF_OFFICE))

    @property
    def _survey(self) -> Locator:
        return self.page.locator(SURVEY)

    def _answers_survey(self) -> None:
        self._click(self.launcher)
        self._see(self.send_box.or_(self.problem).or_(self._survey))
        if not self.is_visible(self._survey):
            return
        for question, answer in self._answers.items():
            self._answer(question, answer)
        self._survey.get_by_role("button", name="Submit").click(timeout=HELD)

    def _answer(self, question: str, answer: str | bool) -> None:
        field = self._survey.get_by_label(question)
        try:
            if isinstance(answer, bool):
                field.set_checked(answer, timeout=HELD)
            elif field.evaluate("field => field.tagName", timeout=HELD) == "SELECT":
                field.select_option(label=answer, timeout=HELD)
            else:
                field.fill(answer, timeout=HELD)
        except TimeoutError as error:
            raise Inconclusive(
                f"the survey does not take {answer!r} to {question!r}: {error}"
            ) from None
