"""The Power Platform admin centre, seen and used as its administrators do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from harness.errors import Inconclusive
from harness.pages.site import SitePage
from harness.protocol.environments import Environment

if TYPE_CHECKING:
    from playwright.sync_api import Locator

SHOWN = "(rows, name) => rows.map((row) => row.dataset[name])"


class PlatformPage(SitePage):
    """The Power Platform admin centre (protocol.roles.Platform)."""

    def environments(self) -> Sequence[Environment]:
        """The rows of the list, the environment with the desk first."""
        return [_environment(row) for row in self._rows("/environments", "environment")]

    def makes_environment(self, name: str, region: str, omnichannel: bool = False) -> str:
        """A new environment; its id."""
        self.opens("/environments")
        form = self.page.get_by_role("form", name="New environment")
        form.get_by_label("Name").fill(name)
        form.get_by_label("Region").fill(region)
        form.get_by_label("Provision Omnichannel").set_checked(omnichannel)
        self.submits(form.get_by_role("button", name="Create"))
        heading = self.page.locator("[data-environment]")
        return _environment(json.loads(heading.get_attribute("data-environment") or "{}")).id

    def changes_environment(
        self,
        id: str,
        *,
        name: str | None = None,
        region: str | None = None,
        omnichannel: bool | None = None,
        licences: Sequence[str] | None = None,
    ) -> None:
        """Change what is given of it, one form after the other."""
        self._opens_environment(id)
        if name is not None or region is not None:
            self._details(name, region)
        if omnichannel is not None:
            self._provisions(omnichannel)
        if licences is not None:
            self._ticks(self.page.get_by_role("form", name="Licences"), licences)

    def installs(self, extension: str, id: str) -> None:
        self._extends(extension, id, "Install")

    def removes_extension(self, extension: str, id: str) -> None:
        self._extends(extension, id, "Remove")

    def people(self) -> Mapping[str, Sequence[str]]:
        """Everybody by name, with their security roles."""
        return {row["name"]: tuple(row["roles"]) for row in self._rows("/users", "person")}

    def gives_roles(self, person: str, roles: Sequence[str]) -> None:
        """These security roles and no others."""
        self.opens(f"/users/{quote(person, safe='')}")
        self._ticks(self.page.get_by_role("form", name="Security roles"), roles)

    def _rows(self, path: str, kind: str) -> list[dict[str, Any]]:
        self.opens(path)
        rows = self.page.locator(f"tr[data-{kind}]").evaluate_all(SHOWN, kind)
        return [json.loads(row) for row in rows]

    def _opens_environment(self, id: str) -> None:
        self.opens(f"/environments/{id}")

    def _details(self, name: str | None, region: str | None) -> None:
        form = self.page.get_by_role("form", name="Details")
        if name is not None:
            form.get_by_label("Name").fill(name)
        if region is not None:
            form.get_by_label("Region").fill(region)
        self.submits(form.get_by_role("button", name="Save details"))

    def _provisions(self, wanted: bool) -> None:
        """One of the two buttons; the one that is not there would change nothing."""
        label = "Provision Omnichannel" if wanted else "Remove Omnichannel"
        button = self.page.get_by_role("button", name=label, exact=True)
        if button.count():
            self.submits(button)

    def _extends(self, extension: str, id: str, label: str) -> None:
        """The button of the extension's row; the one that is not there would change nothing."""
        self._opens_environment(id)
        row = self.page.get_by_role("row").filter(has_text=extension)
        if not row.count():
            raise Inconclusive(f"the page has no extension {extension!r}")
        button = row.get_by_role("button", name=label)
        if button.count():
            self.submits(button)

    def _ticks(self, form: Locator, wanted: Iterable[str]) -> None:
        """Ticks these boxes of a form and no others, and sends it."""
        boxes = form.get_by_role("checkbox")
        known = [box.get_attribute("name") or "" for box in boxes.all()]
        unknown = set(wanted) - set(known)
        if unknown:
            raise Inconclusive(f"the page has no box for {', '.join(sorted(unknown))}")
        for name, box in zip(known, boxes.all(), strict=True):
            box.set_checked(name in wanted)
        self.submits(form.get_by_role("button"))


def _environment(row: dict[str, Any]) -> Environment:
    return Environment(
        id=row["id"],
        name=row["name"],
        region=row["region"],
        omnichannel=row["omnichannel"],
        licences=tuple(row["licences"]),
        extensions=tuple(row["extensions"]),
    )
