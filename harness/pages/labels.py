"""A page read and used by its labels: what it offers, asks for and says, whichever page it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harness.pages.site import SEEN, SitePage
from harness.protocol.pages import Said

if TYPE_CHECKING:
    from playwright.sync_api import Locator

OFFERED = """(main) => {
  const seen = (it) => it.checkVisibility({ visibilityProperty: true });
  const parts = (it) => [...it.childNodes].filter((part) => part.ariaHidden !== 'true');
  return [...main.querySelectorAll('button, a, summary, option')]
    .filter((it) => seen(it.closest('select') ?? it))
    .map((it) => parts(it).map((part) => part.textContent).join('').trim())
    .filter(Boolean);
}"""
"""The words of everything that can be pressed or chosen right now."""

ASKED = """(main) => [...main.querySelectorAll('input, select, textarea')]
  .filter((it) => it.type !== 'hidden' && it.checkVisibility({ visibilityProperty: true }))
  .map((it) => it.ariaLabel ?? [...it.labels].map((each) => each.textContent.trim()).join(' '))
  .filter(Boolean)"""
"""The labels of everything that can be filled in right now."""

SAID = """(main) => {
  const steps = [...main.querySelectorAll('#pane button, #pane input, #pane select')];
  const follows = (it) => (step) => it.compareDocumentPosition(step) & 4;
  return [...main.querySelectorAll('[data-notice]')]
    .filter((it) => it.checkVisibility({ visibilityProperty: true }))
    .map((it) => ({ id: it.dataset.notice, severity: it.dataset.severity ?? '',
                    text: it.innerText.trim(), first: steps.every(follows(it)) }));
}"""
"""Every notice, and whether all that can be used in the pane stands below it."""


class LabelledPage(SitePage):
    """Somebody before a page (protocol.pages.Page); every question is a look that does not wait."""

    def offers(self) -> Sequence[str]:
        """What the page lets its reader press or choose right now, in order."""
        found: list[str] = self.page.locator("main").evaluate(OFFERED)
        return found

    def asks_for(self) -> Sequence[str]:
        """The labels of what can be filled in or chosen right now, in order."""
        found: list[str] = self.page.locator("main").evaluate(ASKED)
        return found

    def says(self) -> Sequence[Said]:
        """What the page tells of its own accord, from top to bottom."""
        return [Said(**each) for each in self.page.locator("main").evaluate(SAID)]

    def presses(self, label: str) -> None:
        """The link, button, tile or menu of exactly that label; raises Refused without one."""
        found = self._pressable(label)
        self.see(found)
        if found.first.evaluate("(it) => it.tagName") == "SUMMARY":
            self._unfolds(found.first)
        else:
            self.submits(found.first)

    def walks(self, labels: Sequence[str]) -> None:
        """Presses one after the other."""
        for label in labels:
            self.presses(label)

    def _unfolds(self, summary: Locator) -> None:
        if not summary.evaluate("(it) => it.parentElement.open"):
            summary.click(timeout=SEEN)

    def _pressable(self, label: str) -> Locator:
        main = self.page.get_by_role("main")
        tile = main.locator(f'[data-tile="{label}"]')
        found = tile.or_(main.locator("summary").filter(has_text=label))
        for role in ("link", "button"):
            found = found.or_(main.get_by_role(role, name=label, exact=True))
        return found.filter(visible=True)
