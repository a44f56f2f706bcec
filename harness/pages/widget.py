"""A customer's page with the published chat widget: its parts put together."""

from __future__ import annotations

from harness.pages.afterwards import Afterwards
from harness.pages.beginnings import Beginnings
from harness.pages.browser import Window
from harness.pages.embedding import Embedding
from harness.pages.panes import Panes
from harness.pages.returning import Returning
from harness.pages.senses import PageSenses
from harness.protocol.organisations import Snippet


class WidgetPage(Beginnings, Afterwards, Returning, Panes, Embedding):
    """One customer's page (protocol.roles.Widget). The window is its caller's.

    `url` is the page that carries the snippet, and `snippet` what it says, for pages of one's own.
    """

    def __init__(self, window: Window, name: str, url: str, snippet: Snippet | None = None) -> None:
        super().__init__(window, name, url)
        self.snippet = snippet
        self.senses = PageSenses(window.page)
