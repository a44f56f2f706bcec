"""The maker's portal and the admin centre, seen and used as those people do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from harness.errors import NotApplicable
from harness.pages.browser import Window
from harness.pages.site import SitePage
from harness.pages.topics import TopicEditor
from harness.protocol.conversations import Generation
from harness.protocol.metrics import Analytics
from harness.protocol.organisations import Account
from harness.protocol.portal import (
    DYNAMICS,
    PORTAL,
    ApplicationUser,
    Bot,
    Connection,
    ConnectionState,
    Connector,
    Session,
    Topic,
)

CREATE = {DYNAMICS: "Create from Dynamics 365", PORTAL: "Create in the portal"}
"""The button that makes a bot, by where the bot is made."""

USER = """(root) => {
  const text = (name) => root.querySelector(`[data-part="${name}"]`).textContent.trim();
  const { applicationUser, bot } = root.dataset;
  const [name, roles, state] = ['name', 'roles', 'state'].map(text);
  return { id: applicationUser, bot, name, roles, state };
}"""

SESSIONS = "(rows) => rows.map((row) => row.dataset.session)"


class MakerPage(TopicEditor):
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
        self._changes("Name", name)

    def moves_bot(self, environment: str) -> None:
        """Puts the bot into another environment."""
        self._changes("Environment", environment)

    def connects(self) -> None:
        self._opens_pane()
        self.submits(self.page.get_by_role("button", name="Connect", exact=True))

    def disconnects(self) -> None:
        self._opens_pane()
        self.submits(self.page.get_by_role("button", name="Disconnect", exact=True))

    def connection(self) -> Connection:
        self._opens_pane()
        pane = self.page.locator("#pane")
        state = pane.locator("[data-connection]").get_attribute("data-connection")
        user = pane.locator("[data-application-user]")
        link = pane.get_by_role("link", name="Omnichannel")
        return Connection(
            ConnectionState(state or ""),
            _user(user.evaluate(USER)) if user.count() else None,
            (link.get_attribute("href") or "") if link.count() else "",
        )

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

    def _changes(self, label: str, value: str) -> None:
        self._opens_bot()
        self.page.get_by_label(label, exact=True).fill(value)
        self.submits(self.page.get_by_role("button", name="Save", exact=True))

    def _opens_bot(self, rest: str = "") -> None:
        self.opens(f"/bots/{self.works_on}{rest}")

    def _opens_pane(self) -> None:
        """Settings, Agent transfers, the tile Omnichannel: as the documents say it is done."""
        self._opens_bot("/settings/agent-transfers")
        self.page.get_by_role("main").get_by_role("link", name="Omnichannel").first.click()
        self.see(self.page.locator("#pane"))


class AdministratorPage(SitePage):
    """The admin centre (protocol.roles.Administrator)."""

    def application_users(self) -> Sequence[ApplicationUser]:
        self.opens()
        rows = self.page.locator("tr[data-application-user]").evaluate_all(f"(r) => r.map({USER})")
        return [_user(row) for row in rows]

    def queues(self) -> Sequence[str]:
        self.opens()
        return self.page.locator('[aria-labelledby="queues-heading"] tbody th').all_inner_texts()

    # What the page lets nobody change: whoever is played there cannot do it.

    def assigns_bot(self, bot: str) -> None:
        raise NotApplicable("the page of the workstreams does not let anybody choose their bot")

    def disables(self, bot: str) -> None:
        raise NotApplicable("the page of the application users does not let anybody disable one")

    def enables(self, bot: str) -> None:
        raise NotApplicable("the page of the application users does not let anybody enable one")

    def setting(self) -> Mapping[str, Any]:
        """Nothing that could be set on the page."""
        return {}

    def sets(self, setting: Mapping[str, Any]) -> None:
        raise NotApplicable("the page of the workstreams does not let anybody set one")

    def removes_user(self, bot: str) -> None:
        raise NotApplicable("the page of the application users does not let anybody delete one")

    def makes_queue(self, name: str, agents: Sequence[str], bot: str | None = None) -> None:
        raise NotApplicable("the page of the queues does not let anybody add one")

    def routes(self, variable: str, equals: str, queue: str) -> None:
        raise NotApplicable("the page of the workstreams does not let anybody write rules")

    def declares(self, variable: str, kind: str) -> None:
        raise NotApplicable("the page of the workstreams does not let anybody declare variables")

    def adds_record(self, kind: str, name: str, *, active: bool = True, **keys: str) -> None:
        raise NotApplicable("the admin centre has no page of records")


def _user(seen: dict[str, Any]) -> ApplicationUser:
    return ApplicationUser(
        id=seen["id"],
        name=seen["name"],
        disabled=seen["state"] == "Disabled",
        security_roles=tuple(seen["roles"].split(", ")),
        bot=seen.get("bot") or "",
    )


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
