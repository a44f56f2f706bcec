"""The maker's portal, seen and used as makers do (protocol.roles.Maker)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from harness.errors import NotApplicable
from harness.pages.browser import Window
from harness.pages.connecting import ConnectingPage
from harness.pages.settings import SettingsPage
from harness.protocol.conversations import Generation
from harness.protocol.metrics import Analytics
from harness.protocol.organisations import Account
from harness.protocol.portal import (
    DYNAMICS,
    PORTAL,
    Bot,
    Connector,
    Session,
    Topic,
)

CREATE = {DYNAMICS: "Create from Dynamics 365", PORTAL: "Create in the portal"}
"""The button that makes a bot, by where the bot is made."""

SESSIONS = "(rows) => rows.map((row) => row.dataset.session)"


class MakerPage(ConnectingPage, SettingsPage):
    """The portal, in which somebody works on one bot (protocol.roles.Maker)."""

    def __init__(self, window: Window, place: str, account: Account, bot: str) -> None:
        super().__init__(window, place, account)
        self.works_on = bot

    def bot(self) -> Bot:
        connection = self.connection()
        self._opens_bot()
        heading = self.page.locator("[data-bot]")
        return Bot(
            id=self.works_on,
            name=heading.get_by_role("heading", level=1).inner_text(),
            generation=Generation(heading.get_attribute("data-generation") or ""),
            published=heading.locator("[data-published=true]").count() == 1,
            connection=connection,
        )

    def makes_bot(self, name: str, origin: str = DYNAMICS) -> None:
        """A new bot, to work on from now: neither published nor connected."""
        self.opens("/bots")
        self.page.get_by_label("Name of a new bot").fill(name)
        self.submits(self.page.get_by_role("button", name=CREATE[origin]))
        self.works_on = urlsplit(self.page.url).path.rpartition("/")[2]

    def renames_bot(self, name: str) -> None:
        self._opens_bot()
        self.page.get_by_label("Name", exact=True).fill(name)
        self._saves()

    def moves_bot(self, environment: str) -> None:
        """Puts the bot into another environment."""
        self._opens_bot()
        select = self.page.get_by_label("Environment", exact=True)
        self.picks_environment(select, environment)
        self._saves()

    def topics(self) -> Sequence[Topic]:
        return [Topic(*row) for row in self.rows_of_topics()]

    def writes_topic(self, name: str, content: str) -> None:
        """Writes the topic of that name, a new one when there is none."""
        if any(row[0] == name for row in self.rows_of_topics()):
            self.opens_topic(name)
        else:
            self.begins_topic(name)
        self.writes_code(content)
        self.saves_topic()

    def deletes_topic(self, name: str) -> None:
        self.opens_topic(name)
        self.page.locator("summary", has_text="Delete topic").click()
        self.submits(self.page.get_by_role("button", name="Delete for good", exact=True))

    def publishes(self) -> None:
        self._opens_bot()
        self.submits(self.page.get_by_role("button", name="Publish", exact=True))

    def sessions(self) -> Sequence[Session]:
        """The rows of the analytics page."""
        self._opens_bot("/analytics")
        rows = self.page.locator("[data-session]")
        return [_session(json.loads(row)) for row in rows.evaluate_all(SESSIONS)]

    def analytics(self) -> Analytics:
        self._opens_bot("/analytics")
        seen = self.page.locator("[data-analytics]").get_attribute("data-analytics") or "{}"
        sums = ("total", "engaged", "escalated", "resolved", "abandoned")
        return Analytics(**{name: json.loads(seen)[name] for name in sums})

    def session(self, conversation: str, bot: str = "") -> Session:
        """Of a transcript the page shows nothing: whoever is played there cannot read it."""
        raise NotApplicable("the page of analytics shows no transcripts")

    def makes_outside_bot(self, name: str) -> Connector:
        """Not on the page: whoever is played there cannot do it."""
        raise NotApplicable("the page of the bots makes none that runs elsewhere")

    def _saves(self) -> None:
        self.submits(self.page.get_by_role("button", name="Save", exact=True))

    def _opens_bot(self, rest: str = "") -> None:
        self.opens(f"/bots/{self.works_on}{rest}")


def _session(row: dict[str, Any]) -> Session:
    ended = row["ended"] and datetime.fromisoformat(row["ended"])
    return Session(
        conversation=row["conversation"],
        outcome=row["outcome"],
        engaged=row["engaged"],
        turns=row["turns"],
        started=datetime.fromisoformat(row["started"]),
        ended=ended,
    )
