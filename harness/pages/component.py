"""A part of a page: a root, and looks that do not wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


class Component:
    """Something on a page, found from `root` by roles and names rather than by layout."""

    def __init__(self, page: Page, root: str = "body") -> None:
        self.page = page
        self.root = page.locator(root)

    def is_visible(self, locator: Locator) -> bool:
        """Whether it can be seen right now; a look, never a wait."""
        return locator.first.is_visible()
