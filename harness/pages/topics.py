"""The topic editor of the portal, used as its documentation says (specification 6.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from harness.pages.labels import LabelledPage
from harness.pages.site import SEEN

if TYPE_CHECKING:
    from playwright.sync_api import Locator

TOPICS = """(rows) => rows.map((row) => [
  row.dataset.topic, row.dataset.trigger,
  row.querySelector('[data-part="content"]').textContent])"""


class TopicEditor(LabelledPage):
    """A maker before the topics of one bot; every question is a look at the page as it is."""

    works_on: str

    # The list

    def rows_of_topics(self) -> Sequence[Sequence[str]]:
        """Name, kind of trigger and YAML of each topic in the list."""
        self._opens_list()
        rows: list[list[str]] = self.page.locator("[data-topic]").evaluate_all(TOPICS)
        return rows

    def begins_topic(self, name: str) -> None:
        """`New topic` > `From blank`, and a name; nothing is saved."""
        self._opens_list()
        self.page.locator("summary", has_text="New topic").click(timeout=SEEN)
        self.submits(self.page.get_by_role("link", name="From blank"))
        self.page.get_by_label("Name", exact=True).fill(name)

    def opens_topic(self, name: str) -> None:
        """The topic of that name, as it was saved."""
        self.opens(f"/bots/{self.works_on}/topic?name={quote(name, safe='')}")

    def _opens_list(self) -> None:
        self.opens(f"/bots/{self.works_on}/topics")

    # What can be seen

    def trigger(self) -> str:
        """What the trigger node says that it is, such as `Phrases`."""
        return self._trigger.locator('[data-part="trigger"]').inner_text()

    def warning(self) -> str:
        """What the page asks before something is lost; empty when it asks nothing."""
        asked = self.page.get_by_role("alertdialog")
        return asked.inner_text() if asked.is_visible() else ""

    def silence(self) -> timedelta | None:
        """How long the topic waits, as its trigger node says; None for what is no number."""
        part = self._trigger.locator('[data-part="duration"]')
        said = (part.get_attribute("data-seconds") or "") if part.count() else ""
        return timedelta(seconds=int(said)) if said.isdecimal() else None

    def condition(self) -> str:
        """When the topic runs, as its trigger node says; empty for always."""
        part = self._trigger.locator('[data-part="condition"]')
        return part.inner_text() if part.count() else ""

    def nodes(self) -> Sequence[str]:
        """The titles of the nodes below the trigger, in order."""
        return self.page.locator("[data-node] h3").all_inner_texts()

    # The trigger

    def hovers_over_trigger(self) -> None:
        self._trigger.locator("h2").hover(timeout=SEEN)

    def opens_triggers(self) -> None:
        """`Change trigger`: its list of triggers is open."""
        self.hovers_over_trigger()
        icon = self._trigger.locator("summary", has_text="Change trigger")
        self.see(icon)
        icon.click(timeout=SEEN)

    def chooses_trigger(self, label: str) -> None:
        """Chooses another trigger, and does not answer what the page may ask then."""
        self.opens_triggers()
        self._presses(self._trigger.get_by_role("button", name=label, exact=True))

    def confirms(self) -> None:
        """Answers with yes, if the page has asked."""
        if self.warning():
            self._presses(self.page.get_by_role("button", name="Change", exact=True))

    def edits_trigger(self) -> None:
        self._presses(self._trigger.get_by_role("button", name="Edit", exact=True))

    def sets_silence(self, by: str, written: str) -> None:
        """By `Value`, a label of the list, or by `Formula`, seconds."""
        self.edits_trigger()
        self._presses(self._trigger.get_by_role("button", name=by, exact=True))
        field = self._trigger.get_by_label(re.compile(f"^{by}"))
        self.see(field)
        if by == "Value":
            field.select_option(label=written, timeout=SEEN)
        else:
            field.fill(written, timeout=SEEN)
        self._presses(self._trigger.get_by_role("button", name="Done"))

    def selects_variable(self, tab: str, name: str) -> None:
        """`Condition` > `Select a variable` > a tab > a variable."""
        self.opens_variables(tab)
        self._presses(self.page.get_by_role("button", name=name, exact=True))

    def opens_variables(self, tab: str) -> None:
        self.edits_trigger()
        self._presses(self.page.get_by_role("button", name="Select a variable"))
        self._presses(self.page.get_by_role("button", name=tab, exact=True))

    def compares_with(self, value: str) -> None:
        box = self.page.get_by_label("Enter or select a value")
        self.see(box)
        box.select_option(label=value, timeout=SEEN)

    # The nodes

    def opens_menu(self, *titles: str) -> None:
        """`(+)` below the last node, and the menus in it."""
        self.page.get_by_title("Add node").last.click(timeout=SEEN)
        for title in titles:
            summary = self.page.locator(".add[open] summary", has_text=title)
            self.see(summary)
            summary.click(timeout=SEEN)

    def adds(self, label: str, *titles: str) -> None:
        """A node of a menu, below the last one."""
        self.opens_menu(*titles)
        opened = self.page.locator(".add[open]")
        self._presses(opened.get_by_role("button", name=label, exact=True))

    def writes(self, field: str, text: str) -> None:
        """Text into a field of the open node."""
        box = self.page.get_by_label(field, exact=True)
        self.see(box)
        box.fill(text, timeout=SEEN)

    def saves_topic(self) -> None:
        self._presses(self.page.get_by_role("button", name="Save", exact=True))

    def writes_code(self, text: str) -> None:
        """The whole topic as YAML, in the code editor; nothing is saved."""
        if self.page.get_by_label("YAML").count() == 0:
            self._presses(self.page.get_by_role("button", name="Open code editor"))
        self.page.get_by_label("YAML").fill(text)

    @property
    def _trigger(self) -> Locator:
        return self.page.locator("[data-trigger]")

    def _presses(self, button: Locator) -> None:
        self.submits(button)
