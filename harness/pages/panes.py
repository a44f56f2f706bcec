"""What surrounds a chat in the widget: launcher, questions and notices, one after the other."""

from __future__ import annotations

from harness.pages import sight
from harness.pages.chat import TAKEN, ChatPage


class Panes(ChatPage):
    """The widget's states beside the chat itself (specification 4.8; protocol.roles.Widget)."""

    # The launcher

    def is_shown(self) -> bool:
        return self.is_visible(self.launcher)

    def is_minimised(self) -> bool:
        return self.is_shown() and not self.is_visible(self.header.or_(self.send_box))

    def unread(self) -> int:
        """The number on the launcher, 0 without one; `99+` counts as 100."""
        return sum(map(sight.unread, self._bubbles()))

    def unread_shown(self) -> str:
        """The number as it is written; empty without one."""
        return "".join(map(sight.unread_shown, self._bubbles()))

    def _bubbles(self) -> list[str]:
        return self.page.locator("#oc-lcw-chat-button-notification-bubble").all_inner_texts()

    # The invitation

    def is_invited(self) -> bool:
        """Whether the pane with the page's invitation is open."""
        return self.is_visible(self.invitation)

    def accepts_invitation(self) -> None:
        """Starts the chat that the page has invited to."""
        self._starts(lambda: self._click(self.page.locator("#oc-lcw-proactivechat-startbutton")))

    def declines_invitation(self) -> None:
        """Closes the invitation."""
        self.page.locator("#oc-lcw-proactivechat-closebutton").click(timeout=TAKEN)
        self._see(self.launcher)
