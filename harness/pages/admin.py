"""Omnichannel's admin centre, seen and used as administrators do (protocol.roles.Administrator)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from harness.errors import Inconclusive, NotApplicable
from harness.pages.connecting import USER, application_user
from harness.pages.site import SEEN, SitePage
from harness.protocol.letters import Letter
from harness.protocol.portal import ApplicationUser

CHATS = 'tr[data-type="Messaging"]'
"""The workstream of the live chat, in the list of a bot's entry."""

LETTERS = """(rows) => rows.map((row) => ({
  to: row.dataset.letter,
  is_sent: ['Sending', 'Sent'].includes(row.dataset.status),
  text: row.querySelector('[data-part=text]')?.textContent ?? '',
}))"""


class AdministratorPage(SitePage):
    """The admin centre (protocol.roles.Administrator)."""

    def application_users(self) -> Sequence[ApplicationUser]:
        self.opens()
        rows = self.page.locator("tr[data-application-user]").evaluate_all(f"(r) => r.map({USER})")
        return [application_user(row) for row in rows]

    def queues(self) -> Sequence[str]:
        self.opens()
        return self.page.locator('[aria-labelledby="queues-heading"] tbody th').all_inner_texts()

    def assigns_bot(self, bot: str) -> None:
        """In the bot's entry, `Add bot` to the workstream of the live chat."""
        self.opens(f"/bots/{bot}")
        row = self.page.locator(CHATS).first
        if row.get_attribute("data-bot") != bot:
            self.submits(row.get_by_role("button", name="Add bot"))

    def disables(self, bot: str) -> None:
        self._sets_user(bot, "Disable user")

    def enables(self, bot: str) -> None:
        self._sets_user(bot, "Enable user")

    def removes_user(self, bot: str) -> None:
        self._opens_user(bot)
        self.page.locator("summary", has_text="Delete user").click(timeout=SEEN)
        self.submits(self.page.get_by_role("button", name="Delete for good", exact=True))

    def has_analytics(self, bot: str) -> bool:
        """As the bot's entry says."""
        self.opens(f"/bots/{bot}")
        figures = self.page.locator('main [data-part="analytics"]')
        return figures.get_attribute("data-available") == "true"

    def _sets_user(self, bot: str, button: str) -> None:
        """Presses the button, unless the user is as it would make it."""
        self._opens_user(bot)
        found = self.page.get_by_role("button", name=button, exact=True)
        if found.count():
            self.submits(found)

    def _opens_user(self, bot: str) -> None:
        self.opens(f"/bots/{bot}")
        if not self.page.locator("[data-application-user]").count():
            raise Inconclusive(f"the bot {bot} has no application user")

    def widget(self) -> Mapping[str, Any]:
        """As the page has it for whoever keeps settings in a file."""
        self.opens("/chat-widget")
        found: dict[str, Any] = json.loads(self.page.get_by_label("Settings").input_value())
        return found

    def sets_widget(self, settings: Mapping[str, Any]) -> None:
        """The survey question by question, everything else at once."""
        self.opens("/chat-widget")
        others = {name: value for name, value in settings.items() if name != "pre_chat"}
        if others:
            self.page.get_by_label("Settings").fill(json.dumps(others))
            self._saves("Save all settings")
        if "pre_chat" in settings:
            self._asks(settings["pre_chat"])

    def _asks(self, questions: Sequence[Mapping[str, Any]]) -> None:
        while (asked := self.page.locator("[data-question]")).count():
            self.submits(asked.first.get_by_role("button"))
        for question in questions:
            form = self.page.get_by_role("form", name="New question")
            form.get_by_label("Variable").fill(question["name"])
            form.get_by_label("Text").fill(question["text"])
            form.get_by_label("Answer type").select_option(question.get("type", "Single line"))
            form.get_by_label("Options").fill(";".join(question.get("options", ())))
            form.get_by_label("required").set_checked(question.get("required", False))
            self._saves("Add question")

    def _saves(self, button: str) -> None:
        self.submits(self.page.get_by_role("button", name=button, exact=True))

    # What the pages let nobody change: whoever is played there cannot do it.

    def setting(self) -> Mapping[str, Any]:
        """Nothing that could be set on the page."""
        return {}

    def sets(self, setting: Mapping[str, Any]) -> None:
        raise NotApplicable("the page of the workstreams does not let anybody set one")

    def makes_queue(self, name: str, agents: Sequence[str], bot: str | None = None) -> None:
        raise NotApplicable("the page of the queues does not let anybody add one")

    def routes(self, variable: str, equals: str, queue: str) -> None:
        raise NotApplicable("the page of the workstreams does not let anybody write rules")

    def declares(self, variable: str, kind: str) -> None:
        raise NotApplicable("the page of the workstreams does not let anybody declare variables")

    def letters(self) -> Sequence[Letter]:
        self.opens("/after-the-chat")
        return [Letter(**row) for row in self.page.locator("[data-letter]").evaluate_all(LETTERS)]

    def adds_record(self, kind: str, name: str, *, active: bool = True, **keys: str) -> None:
        raise NotApplicable("the admin centre has no page of records")

    def record(self, kind: str, name: str) -> str:
        raise NotApplicable("the admin centre has no page of records")
