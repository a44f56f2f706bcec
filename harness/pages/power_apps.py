"""Power Apps, used as whoever moves solutions between environments uses it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import TimeoutError

from harness.errors import Inconclusive
from harness.pages.site import LOADED, SEEN, SitePage
from harness.protocol.lifecycle import REMOVE_LAYER, SEE_LAYERS, Component, Layer, Solution

if TYPE_CHECKING:
    from playwright.sync_api import Download, Locator, Response

SOLUTIONS = """(rows) => rows.map((row) => {
  const { solution, name, title, version, managed } = row.dataset;
  return { id: solution, name, title, version, managed: managed === 'true' };
})"""

COMPONENTS = """(rows) => rows.map((row) => {
  const { component, name, schema, managed, layered } = row.dataset;
  const commands = [...row.querySelectorAll('.menu a')].map((link) => link.textContent.trim());
  const [isManaged, isLayered] = [managed, layered].map((word) => word === 'true');
  return { id: component, name, schema, managed: isManaged, layered: isLayered, commands };
})"""

LAYERS = """(rows) => rows.map((row) => {
  const { layer, name, order } = row.dataset;
  return { name, managed: layer === 'managed', order: Number(order) };
})"""

EXPORT = {True: "Export as managed", False: "Export as unmanaged"}


class LifecyclePage(SitePage):
    """A person who moves solutions between environments (protocol.roles.Lifecycle).

    What the documents describe goes the documented way: the environment, `Solutions`, the solution,
    the component. Making, exporting and importing go straight to their page.
    """

    def solutions(self, environment: str) -> Sequence[Solution]:
        """All solutions of the environment, in the order in which they came."""
        self._opens_solutions(environment)
        listed = self.page.locator("tr[data-solution]").evaluate_all(SOLUTIONS)
        found: list[Solution] = []
        for row in listed:
            if found:
                self.opens(_path(environment))
            self._presses(self._row(f'tr[data-solution="{row["id"]}"]').get_by_role("link"))
            rows = self.page.locator("[data-component]")
            components = tuple(_component(seen) for seen in rows.evaluate_all(COMPONENTS))
            found.append(Solution(**row, components=components))
        return found

    def makes_solution(self, environment: str, name: str) -> str:
        """A new unmanaged solution; its id."""
        self.opens(_path(environment))
        self.page.get_by_label("Display name").fill(name)
        self.submits(self.page.get_by_role("button", name="Create", exact=True))
        return urlsplit(self.page.url).path.rpartition("/")[2]

    def adds_to_solution(self, environment: str, solution: str, bot: str) -> None:
        self.opens(_path(environment, solution))
        offered = self.page.get_by_label("Chatbot", exact=True)
        if not offered.locator(f'option[value="{bot}"]').count():
            raise Inconclusive(f"the page does not offer the bot {bot} to be added")
        offered.select_option(value=bot)
        self.submits(self.page.get_by_role("button", name="Add", exact=True))

    def exports(self, environment: str, solution: str, managed: bool) -> bytes:
        """The solution as a package, a zip archive."""
        self.opens(_path(environment, solution))
        link = self.page.get_by_role("link", name=EXPORT[managed], exact=True)
        self.see(link)
        begun: list[Download] = []

        def begins(download: Download) -> None:
            begun.append(download)

        self.page.once("download", begins)
        try:
            with self.page.expect_response(_is_package, timeout=LOADED) as answer:
                link.click()
            self._refuse(answer.value)
            download = begun[0] if begun else self.page.wait_for_event("download", timeout=SEEN)
        except TimeoutError as error:
            raise Inconclusive(f"{self.name} was given no package: {error}") from None
        return Path(download.path()).read_bytes()

    def imports(self, environment: str, package: bytes) -> str:
        """Brings the package in; the id of the first bot that it made or changed."""
        self.opens(_path(environment))
        file: Any = {"name": "package.zip", "mimeType": "application/zip", "buffer": package}
        self.page.get_by_label("Package").set_input_files(files=[file])
        self.submits(self.page.get_by_role("button", name="Import", exact=True))
        row = self.page.locator("[data-component]").first
        self.see(row)
        return row.get_attribute("data-component") or ""

    def commands(self, environment: str, solution: str, bot: str) -> Sequence[str]:
        """What `More commands` of the bot offers in the solution."""
        self._opens_solution(environment, solution)
        offered = self._opens_commands(bot).get_by_role("link")
        return [label.strip() for label in offered.all_inner_texts()]

    def layers(self, environment: str, solution: str, bot: str) -> Sequence[Layer]:
        """The layers of the bot, the topmost first, each with what selecting it offers."""
        self._opens_layers(environment, solution, bot)
        rows = self.page.locator("tr[data-layer]").evaluate_all(LAYERS)
        return [Layer(**row, offers=self._offered(row["order"])) for row in rows]

    def removes_unmanaged_layer(self, environment: str, solution: str, bot: str) -> None:
        self._opens_layers(environment, solution, bot)
        self._presses(self._row('tr[data-layer="unmanaged"]').get_by_role("link"))
        self.submits(self.page.get_by_role("button", name=REMOVE_LAYER, exact=True))

    def deletes_solution(self, environment: str, solution: str) -> None:
        self.opens(_path(environment, solution))
        self.page.locator("summary", has_text="Delete solution").click()
        self.submits(self.page.get_by_role("button", name="Delete for good", exact=True))

    # The way there

    def _opens_solutions(self, environment: str) -> None:
        """Power Apps, the environment, `Solutions`."""
        self.opens()
        self._presses(self._row(f'[data-environment="{environment}"]').get_by_role("link"))
        side = self.page.get_by_role("navigation", name="Power Apps")
        self._presses(side.get_by_role("link", name="Solutions", exact=True))

    def _opens_solution(self, environment: str, solution: str) -> None:
        self._opens_solutions(environment)
        self._presses(self._row(f'tr[data-solution="{solution}"]').get_by_role("link"))

    def _opens_commands(self, bot: str) -> Locator:
        """The open menu `More commands` of a component."""
        row = self._row(f'[data-component="{bot}"]')
        self.see(row)
        commands = row.get_by_label("More commands", exact=True)
        self.see(commands)
        commands.click()
        return row.locator("details[open]")

    def _opens_layers(self, environment: str, solution: str, bot: str) -> None:
        self._opens_solution(environment, solution)
        menu = self._opens_commands(bot)
        self._presses(menu.get_by_role("link", name=SEE_LAYERS, exact=True))

    def _offered(self, order: int) -> tuple[str, ...]:
        """What selecting the layer at that place offers."""
        self._presses(self._row(f'tr[data-order="{order}"]').get_by_role("link"))
        chosen = self.page.locator("[data-selected]")
        self.see(chosen)
        return tuple(chosen.get_by_role("button").all_inner_texts())

    def _row(self, selector: str) -> Locator:
        return self.page.get_by_role("main").locator(selector)

    def _presses(self, link: Locator) -> None:
        """Follows a link and waits for the page that it leads to."""
        self.see(link)
        with self.page.expect_navigation(timeout=LOADED):
            link.first.click()


def _is_package(response: Response) -> bool:
    return urlsplit(response.url).path.endswith("/export")


def _path(environment: str, *rest: str) -> str:
    return "/".join((f"/environments/{environment}/solutions", *rest))


def _component(seen: dict[str, Any]) -> Component:
    return Component(**{**seen, "commands": tuple(seen["commands"])})
