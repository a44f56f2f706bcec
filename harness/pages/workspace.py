"""The agent's workspace and the supervisor's list, seen and used as those people do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from harness.errors import Refused
from harness.pages.site import SitePage
from harness.protocol.conversations import (
    Assignee,
    Closure,
    ContextVariable,
    Conversation,
    Feedback,
    Line,
    Presence,
    Role,
    State,
)
from harness.protocol.metrics import Load, Metrics

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

CONVERSATION = """(root) => {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const text = (name) => part(name)?.textContent.trim() ?? '';
  return {
    id: root.closest('[data-conversation]')?.dataset.conversation
      ?? root.querySelector('[data-conversation]')?.dataset.conversation,
    state: root.querySelector('[data-state]')?.dataset.state,
    channel: text('channel'), customer: text('customer'), queue: text('queue'),
    assignee: text('assignee'), kind: part('assignee')?.dataset.kind,
    started: part('started')?.querySelector('time')?.dateTime,
    closure: text('closure'), private: part('private')?.textContent, typing: text('typing') !== '',
    context: [...root.querySelectorAll('dd > data')].map((value) =>
      [value.parentElement.previousElementSibling.textContent, value.value]),
    authenticated: text('authenticated'), gone: text('gone') !== '', link: text('link'),
    lines: [...root.querySelectorAll('[role=log] li')].map((line) => ({
      id: line.id.replace('line-', ''), role: line.dataset.role, name: line.dataset.name,
      at: line.querySelector('time').dateTime, text: line.querySelector('.words').textContent,
      private: line.dataset.private === 'true',
      cards: [...line.querySelectorAll('.shown-card')].map((card) => card.textContent),
      files: [...line.querySelectorAll('.shown-file')].map((file) => file.textContent),
    })),
    feedback: [...root.querySelectorAll('[data-survey]')].map((survey) => [survey.dataset.survey,
      [...survey.querySelectorAll('[data-answer]')].map((answer) =>
        [answer.dataset.answer, answer.textContent])]),
  };
}"""
"""A conversation as a page shows it, as a whole or as a row of a list."""

RINGING = "(articles) => articles.map((article) => article.dataset.ringing)"
ROWS = f"(rows) => rows.map({CONVERSATION})"

FIGURES = """(root) => {
  const counts = (name) => [...root.querySelectorAll(`[data-${name}-count]`)].map((entry) =>
    [entry.dataset[`${name}Count`], entry.value]);
  const load = [...root.querySelectorAll('[data-load]')].map((row) => row.dataset.load);
  return { states: counts('state'), closures: counts('closure'), load };
}"""
"""The figures of the desk, as its page shows them."""


class AgentPage(SitePage):
    """One agent's workspace (protocol.roles.Agent)."""

    is_live = True

    def sets_presence(self, presence: Presence) -> None:
        if not self.page.url.startswith(self.place):
            self.opens()
        choices = self.page.get_by_role("group", name="Presence")
        self.submits(choices.get_by_role("button", name=presence.value, exact=True))

    def notifications(self) -> Sequence[str]:
        """What rings now, as the page shows it without being reloaded (ESC-32)."""
        if not self.page.url.startswith(self.place):
            self.opens()
        ringing: list[str] = self.page.locator("[data-ringing]").evaluate_all(RINGING)
        return ringing

    def accepts(self, conversation: str) -> None:
        self._answers(conversation, "Accept")

    def rejects(self, conversation: str) -> None:
        self._answers(conversation, "Reject")

    def says(self, conversation: str, text: str) -> None:
        self._writes(conversation, text)
        self.submits(self.page.get_by_role("button", name="Send", exact=True))

    def types(self, conversation: str) -> None:
        """Writes something and does not send it."""
        self._writes(conversation, "")
        box = self.page.get_by_label("Message to the customer")
        with self.page.expect_response(lambda answer: answer.url.endswith("/typing")):
            box.press_sequentially("…")

    def ends(self, conversation: str) -> None:
        self._enters(conversation)
        self.submits(self.page.get_by_role("button", name="End", exact=True))

    def closes(self, conversation: str) -> None:
        self._enters(conversation)
        self.submits(self.page.get_by_role("button", name="Close", exact=True))

    def forces_closed(self, conversation: str) -> None:
        """An agent's page has no such button, which refuses as well as any answer does."""
        raise Refused(0, None, "NotOffered", "only a supervisor's page closes by force")

    def sends_file(self, conversation: str, name: str, content: bytes) -> None:
        self._enters(conversation)
        box = self.page.get_by_label("File for the customer")
        if not self.is_visible(box):
            raise Refused(0, None, "NoFileBox", f"{self.name} has no way to send a file")
        file: FilePayload = {"name": name, "mimeType": "text/plain", "buffer": content}
        box.set_input_files(file)
        self.submits(self.page.get_by_role("button", name="Send file", exact=True))

    def opens_file(self, conversation: str, name: str) -> bytes:
        self.opens(f"/conversations/{conversation}")
        link = self.page.locator(".shown-file").get_by_text(name, exact=True)
        if not link.count():
            raise Refused(404, None, "NoFile", f"{self.name} sees no file {name!r}")
        with self.page.expect_download() as download:
            link.first.click()
        return download.value.path().read_bytes()

    def transfers(self, conversation: str, queue: str) -> None:
        self._enters(conversation)
        self.page.get_by_label("Queue", exact=True).select_option(queue)
        self.submits(self.page.get_by_role("button", name="Transfer", exact=True))

    def reads(self, conversation: str) -> Conversation:
        """The conversation as it is now: the page is loaded for it."""
        self.opens(f"/conversations/{conversation}")
        return _conversation(self.page.locator("main").evaluate(CONVERSATION))

    def _answers(self, conversation: str, button: str) -> None:
        self.notifications()  # Where it rings, not somewhere else.
        ringing = self.page.locator(f"[data-ringing='{conversation}']")
        self.submits(ringing.get_by_role("button", name=button, exact=True))

    def _enters(self, conversation: str) -> None:
        """Opens the conversation unless it is before the agent already."""
        if not self.is_visible(self.page.locator(f".talk[data-conversation='{conversation}']")):
            self.opens(f"/conversations/{conversation}")

    def _writes(self, conversation: str, text: str) -> None:
        self._enters(conversation)
        box = self.page.get_by_label("Message to the customer")
        if not self.is_visible(box):
            raise Refused(0, None, "NoSendBox", f"{self.name} has nowhere to write")
        box.fill(text)


class SupervisorPage(SitePage):
    """A supervisor's list of all ongoing conversations (protocol.roles.Supervisor)."""

    is_live = True

    def ongoing(self) -> Sequence[Conversation]:
        """The rows of the list, as the page shows them without being reloaded."""
        if self.page.url != f"{self.place}/ongoing":
            self.opens("/ongoing")
        rows = self.page.get_by_role("table", name="All ongoing conversations").locator("tbody tr")
        shown = rows.filter(has=self.page.locator("[data-part]")).evaluate_all(ROWS)
        return [_conversation(row) for row in shown]

    def metrics(self) -> Metrics:
        """The figures below the list, as the page shows them without being reloaded."""
        self.ongoing()
        seen = self.page.locator("main").evaluate(FIGURES)
        return Metrics(
            states={State(state): int(number) for state, number in seen["states"]},
            closures={Closure(reason): int(number) for reason, number in seen["closures"]},
            load=tuple(_load(json.loads(row)) for row in seen["load"]),
        )

    def reads(self, conversation: str) -> Conversation:
        """The conversation as it is now: the page is loaded for it."""
        self.opens(f"/ongoing/{conversation}")
        return _conversation(self.page.locator("main").evaluate(CONVERSATION))

    def closes(self, conversation: str) -> None:
        """Closes by force."""
        self.opens(f"/ongoing/{conversation}")
        self.submits(self.page.get_by_role("button", name="Close conversation"))


def _conversation(seen: dict[str, Any]) -> Conversation:
    """What the script saw, as the value that checks judge; `–` stands for none."""
    return Conversation(
        id=seen["id"],
        state=State(seen["state"]),
        channel=seen["channel"],
        customer=seen["customer"],
        queue=None if seen["queue"] == "–" else seen["queue"],
        assignee=Assignee(Role(seen["kind"]), seen["assignee"]) if seen["kind"] else None,
        started=datetime.fromisoformat(seen["started"]),
        closure=Closure(seen["closure"]) if seen["closure"] else None,
        context=tuple(ContextVariable(name, json.loads(value)) for name, value in seen["context"]),
        private_message=seen["private"],
        transcript=tuple(_line(line) for line in seen["lines"]),
        customer_typing=seen["typing"],
        authenticated={"Yes": True, "No": False}.get(seen["authenticated"]),
        customer_present=not seen["gone"] if seen["authenticated"] else None,
        reconnect_link=seen["link"],
        feedback=tuple(Feedback(Role(about), dict(given)) for about, given in seen["feedback"]),
    )


def _load(row: dict[str, Any]) -> Load:
    return Load(Role(row["kind"]), row["name"], row["conversations"], row["units"], row["capacity"])


def _line(line: dict[str, Any]) -> Line:
    return Line(
        role=Role(line["role"]),
        text=line["text"],
        name=line["name"],
        id=line["id"],
        at=datetime.fromisoformat(line["at"]),
        is_private=line["private"],
        cards=tuple(line["cards"]),
        files=tuple(line["files"]),
    )
