"""Connecting a bot in the portal: the documented path, by labels (specification 2 and 8)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from harness.errors import Refused
from harness.pages.site import LOADED, SEEN
from harness.pages.topics import TopicEditor
from harness.protocol.portal import (
    ApplicationUser,
    Connection,
    ConnectionState,
    Notice,
    Verification,
)

if TYPE_CHECKING:
    from playwright.sync_api import Locator

MENU = ("Agent transfers", "Transfer to agent")
TILE = ("Omnichannel", "Dynamics 365 Omnichannel for Customer Service")
MANAGED = "Dynamics 365 Omnichannel Customer Engagement"
BEGIN = ("Enable", "Next")
COMMIT = ("Add your bot", "Next", "Connect")
DISCONNECT = ("Disconnect bot", "Disconnect")
ENVIRONMENT = "See the environment this bot is connected to"
BOX = ("Application ID", "Application (client) ID")
CHANNEL = "Microsoft Teams channel"
"""What the generations call the parts of the path; no two of one place are of one generation."""

USER = """(root) => {
  const text = (name) => root.querySelector(`[data-part="${name}"]`)?.textContent.trim();
  const { applicationUser, bot } = root.dataset;
  const [name, roles, state, application] =
    ['name', 'roles', 'state', 'application-id'].map(text);
  return { id: applicationUser, bot, name, roles, state, application };
}"""
"""A bot's application user, as a page shows it."""

PANE = """(pane) => {
  const user = USER;
  const part = (name) => pane.querySelector(`[data-part="${name}"]`);
  const badge = pane.querySelector('[data-connection]');
  const told = [...pane.querySelectorAll('[data-notice]')].map((it) => (
    { id: it.dataset.notice, severity: it.dataset.severity, at: it.dataset.at,
      text: (it.querySelector('[data-part="text"]') ?? it).textContent.trim() }));
  const shown = pane.querySelector('[data-application-user]');
  const box = pane.querySelector('[name="application_id"]');
  const applicationId = part('application')?.textContent.trim() ?? box?.value ?? '';
  return {
    state: badge.dataset.connection, legacy: badge.dataset.legacy === 'true', told,
    user: shown && user(shown), application: applicationId === '–' ? '' : applicationId,
    environment: part('environment')?.dataset.id ?? '',
    environment_name: part('environment')?.textContent.trim().replace('–', '') ?? '',
    analytics: part('analytics')?.dataset.available !== 'false',
    next: pane.dataset.next.split(' ').filter(Boolean),
  };
}""".replace("USER", USER)
"""What the pane says of the connection."""

TESTED = ("verified", "verificationFailed")
"""The notices that tell what `Refresh` has found."""


class ConnectingPage(TopicEditor):
    """A maker who connects a bot; each verb goes to the pane first, as the documents say."""

    def connects(self, application: str | None = None) -> None:
        """Connect the bot, whatever that takes; what is done already is not done again."""
        self.opens_pane()
        if self._button(DISCONNECT).count():
            return
        if self._button(("Enable",)).count() or self._acknowledgement.count():
            self._enables()
        if not self._boxes.count():
            self._presses_one(COMMIT)
        elif self._button(COMMIT).count():
            self._goes_through(application)

    def _goes_through(self, application: str | None) -> None:
        """Environment and application, as far as they are not there."""
        if "connect" not in self._told()["next"]:
            self._unfolds_environments()
            home = self.page.locator("option[data-home]").get_attribute("value")
            self._chooses(home or "")
        if known := application or self._told()["application"]:
            self._adds(known)
        else:
            self.adds_bot(self.registers_application("Alpine Helper"))

    def enables(self, *, acknowledged: bool = True) -> None:
        self.opens_pane()
        self._enables(acknowledged)

    def _enables(self, acknowledged: bool = True) -> None:
        if acknowledged and self._acknowledgement.count():
            self._acknowledgement.check(timeout=SEEN)
        self._presses_one(BEGIN)

    def chooses_environment(self, environment: str) -> None:
        self.opens_pane()
        self._chooses(environment)

    def _chooses(self, environment: str) -> None:
        self._unfolds_environments()
        self.picks_environment(self._pane.get_by_label("Environment of Omnichannel"), environment)
        self._presses_one(("Select",))

    def begins_trial(self, environment: str) -> None:
        """The invitation shows when the environment was chosen, which is refused for now."""
        try:
            self.chooses_environment(environment)
        except Refused as refused:
            if refused.name != "OmnichannelNotProvisioned":
                raise
        self._presses_one(("Begin a trial",))

    def adds_bot(self, application: str) -> None:
        """The commit; an id that the box does not take is refused before anybody is asked."""
        self.opens_pane()
        self._adds(application)

    def _adds(self, application: str) -> None:
        if not self._boxes.count():
            raise Refused(0, None, "NotOffered", f"{self.name}'s page has no box for an id")
        self._boxes.fill(application)
        self._presses_one(COMMIT)

    def refreshes(self) -> None:
        self.opens_pane()
        self._presses_one(("Refresh",))

    def disables_connection(self) -> None:
        self.opens_pane()
        self._presses_one(("Disable",))

    def disconnects(self) -> None:
        self.opens_pane()
        self._presses_one(DISCONNECT)

    def connection(self) -> Connection:
        """As the pane shows it."""
        teams = self.opens_pane()
        seen = self._told()
        told = [Notice(each["id"], each["text"], each["severity"]) for each in seen["told"]]
        link = self._pane.get_by_role("link", name=re.compile(" Omnichannel$"))
        return Connection(
            state=ConnectionState(seen["state"]),
            application_user=application_user(seen["user"]) if seen["user"] else None,
            view_url=(link.get_attribute("href") or "") if link.count() else "",
            environment=seen["environment"],
            environment_name=seen["environment_name"],
            application_id=seen["application"],
            teams_channel=teams,
            warnings=tuple(each for each in told if each.id == "missingExtensions"),
            notice=next((each for each in told if each.id == "cannotDetermine"), None),
            verification=_verification(seen["told"]),
            legacy_display=seen["legacy"],
            analytics_available=seen["analytics"],
            next=tuple(seen["next"]),
        )

    def _told(self) -> dict[str, Any]:
        """What the pane that is open says."""
        told: dict[str, Any] = self._pane.evaluate(PANE)
        return told

    def registers_application(self, name: str) -> str:
        """In Azure's portal, where a link of ours leads and lets the same person in."""
        self.opens()  # Nobody can be let in who has not signed in yet.
        self.page.goto(self.place.replace("/portal/", "/azure/"), timeout=LOADED)
        self.page.get_by_label("Name", exact=True).fill(name)
        self.submits(self.page.get_by_role("button", name="Register", exact=True))
        return self.page.locator('[data-part="application-id"]').first.inner_text()

    def sets_manual_authentication(self, on: bool) -> None:
        self._switches("Manual authentication", on)

    def sets_teams_channel(self, on: bool) -> None:
        self._switches(CHANNEL, on)

    def _switches(self, label: str, on: bool) -> None:
        self._opens_settings()
        switch = self.page.get_by_role("switch", name=label)
        if switch.is_checked() is not on:
            self.submits(switch)

    # The path

    def opens_pane(self) -> bool:
        """Settings, Agent transfers, the tile Omnichannel; says whether the Teams channel is on.

        Where a connection that was made has a tile of its own, that one is opened.
        """
        self._opens_settings()
        teams = self.page.get_by_role("switch", name=CHANNEL).is_checked()
        self.submits(self._named("link", MENU))
        managed = self._named("link", (MANAGED,))
        self.submits(managed if managed.count() else self._named("link", TILE))
        return teams

    def _opens_settings(self) -> None:
        self.opens(f"/bots/{self.works_on}")
        self.submits(self._named("link", ("Settings",)))

    def _unfolds_environments(self) -> None:
        summary = self._pane.locator("summary", has_text=ENVIRONMENT)
        if summary.count() and not summary.evaluate("(it) => it.parentElement.open"):
            summary.click(timeout=SEEN)

    def picks_environment(self, select: Locator, environment: str) -> None:
        """Picks an environment from a list, by its id; raises Refused where it is not in it."""
        if not select.locator(f'option[value="{environment}"]').count():
            raise Refused(0, None, "NotOffered", f"{self.name}'s page lists no such environment")
        select.select_option(environment)

    def _presses_one(self, names: tuple[str, ...]) -> None:
        """The button that this generation has of these; raises Refused where there is none."""
        button = self._button(names)
        if not button.count():
            words = " or ".join(names)
            raise Refused(0, None, "NotOffered", f"{self.name}'s page does not offer {words}")
        unfit = button.evaluate(UNFIT)
        if unfit:
            # The browser says what is wrong and sends nothing.
            button.click(timeout=SEEN)
            raise Refused(0, None, **unfit)
        self.submits(button)

    def _button(self, names: tuple[str, ...]) -> Locator:
        words = "|".join(map(re.escape, names))
        return self._pane.get_by_role("button", name=re.compile(f"^({words})$"))

    def _named(self, role: Any, names: tuple[str, ...]) -> Locator:
        words = "|".join(map(re.escape, names))
        return self.page.get_by_role("main").get_by_role(role, name=re.compile(f"^({words})$"))

    @property
    def _pane(self) -> Locator:
        return self.page.locator("#pane")

    @property
    def _boxes(self) -> Locator:
        words = "|".join(map(re.escape, BOX))
        return self._pane.get_by_label(re.compile(f"^({words})$"))

    @property
    def _acknowledgement(self) -> Locator:
        return self._pane.get_by_role("checkbox")


UNFIT = """(button) => {
  if (button.formNoValidate) return null;
  const unfit = [...button.form.elements].find((it) => !it.validity.valid);
  return unfit && { name: unfit.dataset.refusal ?? 'Unfit', message: unfit.validationMessage };
}"""
"""The first field of a button's form that the browser would not send, and what it says of it."""


def application_user(seen: dict[str, Any]) -> ApplicationUser:
    """An application user as `USER` saw it."""
    return ApplicationUser(
        id=seen["id"],
        name=seen["name"],
        disabled=seen["state"] == "Disabled",
        security_roles=tuple(seen["roles"].split(", ")),
        bot=seen.get("bot") or "",
        application_id=seen.get("application") or "",
    )


def _verification(told: list[dict[str, Any]]) -> Verification | None:
    for each in told:
        if each["id"] in TESTED:
            at = each["at"] and datetime.fromisoformat(each["at"])
            return Verification(each["id"] == TESTED[0], each["text"], at or None)
    return None
