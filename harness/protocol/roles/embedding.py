"""A page with the widget's script: what it tells the script, and what it is told (4.1 to 4.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Page(Protocol):
    """The page around a widget; every question is a look, none of them waits."""

    def opens_page_on(self, host: str) -> None:
        """Load a plain page of that host, with the product's own tag in it (EMB-01, EMB-23)."""

    def opens_page_without(self, attribute: str) -> None:
        """Load the page with a script tag that lacks the attribute (EMB-05)."""

    def tag(self) -> Mapping[str, str]:
        """The attributes of the script tag with the documented id; none without such a tag."""

    def breaks_context(self) -> None:
        """The page's context provider fails whenever it is asked (EMB-10)."""

    def gives_as_provider(self, value: str) -> str:
        """Give a text for a context provider; the name of what is thrown, empty for nothing."""

    def starts_chat_by_script(self) -> None:
        """The page starts the chat by the widget's interface (EMB-07)."""

    def answers_for_token(self, answer: str) -> None:
        """What the page does when it is asked for a token: `an error`, `nothing`, `nonsense`."""

    def starts_too_early(self) -> None:
        """Load the page, which asks for a chat before it may (EMB-06)."""

    def early_call(self) -> str:
        """What became of that: `taken`, `refused`, or empty when it was not tried."""

    def invites(self, message: str = "") -> None:
        """The page invites the customer to a chat, in its own words or the widget's."""

    def is_invited(self) -> bool: ...
    def accepts_invitation(self) -> None: ...
    def declines_invitation(self) -> None: ...
    def errors(self) -> Sequence[int]:
        """Codes of the errors that the page was told of, in order."""

    def told(self, event: str) -> Mapping[str, Any] | None:
        """The detail of the last event of that name; None when there was none."""

    def unread_shown(self) -> str:
        """The number of unread messages as the launcher writes it; empty without one."""
