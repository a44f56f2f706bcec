"""The settings of a bot in the portal: its tiles, and where the link into Omnichannel leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harness.errors import Refused
from harness.pages.labels import LabelledPage
from harness.protocol.pages import Entry
from harness.protocol.portal import ApplicationUser

TILES = "(tiles) => tiles.map((tile) => tile.dataset.tile)"

ENTRY = """(main) => {
  const text = (part) => main.querySelector(`[data-part="${part}"]`)?.textContent.trim() ?? '';
  const user = main.querySelector('[data-application-user]');
  const [environment, application, name, state] =
    ['environment', 'application', 'name', 'state'].map(text);
  return {
    bot: main.dataset.bot, environment, application,
    state: main.querySelector('[data-connection]')?.dataset.connection ?? '',
    user: user && { id: user.dataset.applicationUser, name, disabled: state === 'Disabled' },
    sections: [...main.querySelectorAll('h2')].map((heading) => heading.textContent.trim()),
  };
}"""
"""What the admin centre shows of one bot."""

NONE = "–"
"""What stands where there is nothing."""


class SettingsPage(LabelledPage):
    """A maker before the settings of one bot (protocol.pages.Portal)."""

    works_on: str

    def enters(self, labels: Sequence[str]) -> None:
        """From the bot's first page, presses one label after the other."""
        self.opens(f"/bots/{self.works_on}")
        self.walks(labels)

    def opens_connection(self) -> None:
        """The pane below the tile, wherever this generation keeps it."""
        self.opens(f"/bots/{self.works_on}/settings/agent-transfers")
        self.submits(self.page.locator("[data-tile]").first)

    def tiles(self) -> Sequence[str]:
        """The names of the tiles that are shown."""
        found: list[str] = self.page.locator("[data-tile]").evaluate_all(TILES)
        return found

    def entry(self) -> Entry:
        """The bot's entry in the admin centre; raises Refused on any other page."""
        main = self.page.locator("main[data-bot]")
        if main.count() == 0:
            raise Refused(0, None, "NotShown", f"{self.name} is at {self.page.url}")
        seen: dict[str, Any] = main.evaluate(ENTRY)
        user, sections = seen.pop("user"), tuple(seen.pop("sections"))
        shown = {part: "" if text == NONE else text for part, text in seen.items()}
        return Entry(**shown, application_user=user and ApplicationUser(**user), sections=sections)
