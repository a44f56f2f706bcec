"""Which embed code the page has: the widget's own snippet, another one's, or the bot's own chat.

A page with the bot's own chat looks right and works, until somebody asks for a person: it talks to
the bot alone, and no conversation begins at the desk (hand-off-specification 4.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from harness.doctor.findings import Finding, good, named, wrong
from harness.doctor.reaching import ask
from harness.protocol.organisations import Snippet
from harness.target import Target

WIDGET = "Microsoft_Omnichannel_LCWidget"
"""The id that the documented script has."""

BOTS_OWN = (
    re.compile(r"/bots?/[^/\"'?\s]+/(?:webchat|canvas)\b", re.IGNORECASE),
    re.compile(r"/botsbyschema/[^/\"'?\s]+/directline/token", re.IGNORECASE),
    re.compile(r"\b(?:powerva\.microsoft|copilotstudio\.(?:preview\.)?microsoft)\.com", re.I),
    re.compile(r"botframework-webchat|/webchat(?:-es5|-minimal)?\.js\b", re.IGNORECASE),
)
"""What the bot's own embed codes have: a frame with its canvas, or Web Chat with its token."""

MEND = "replace it by the snippet of the chat widget in the admin centre"


class Markup(HTMLParser):
    """Collects the widget's scripts, and the text of everything that may bring another chat."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.snippets: list[dict[str, str]] = []
        self.chats: list[str] = []
        self._in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_script = tag == "script"
        if tag == "script" and ("data-app-id" in given or given.get("id") == WIDGET):
            self.snippets.append(given)
        elif tag in ("script", "iframe"):
            self.chats.append(given.get("src", ""))

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.chats.append(data)

    @property
    def has_bots_own(self) -> bool:
        """Whether the page brings the chat of the bot itself; comments do not count."""
        return any(form.search(chat) for form in BOTS_OWN for chat in self.chats)


def examined(target: Target, snippet: Snippet, *, is_known: bool) -> Iterator[Finding]:
    """The page that the target names, as it is served.

    Its snippet is held against the target's only where the desk knows the target's (`is_known`):
    otherwise it is the target's file that is wrong, and that has been said.
    """
    answer = ask(target, snippet.page)
    if isinstance(answer, Finding):
        yield answer
    elif answer.status_code >= 400:
        status = answer.status_code
        yield wrong(f"the page {snippet.page} answers {status}: correct [addresses] page")
    else:
        page = Markup(answer.text)
        if is_known or page.has_bots_own or not page.snippets:
            yield _judged(page, snippet)


def _judged(page: Markup, snippet: Snippet) -> Finding:
    where = f"the page {snippet.page}"
    fitting = [each for each in page.snippets if _fits(each, snippet)]
    if page.has_bots_own:
        also = "also " if fitting else ""
        return named(
            "wrong embed code",
            f"{where} {also}has the bot's own embed code, whose chat never reaches the desk: "
            f"{MEND if not also else 'take it away'}",
        )
    if fitting:
        return good(f"{where} has the snippet")
    if page.snippets:
        return named("wrong embed code", f"{where} has {_other(page.snippets[0], snippet)}: {MEND}")
    return wrong(f"{where} has no snippet with data-app-id {snippet.app_id}: paste it in")


def _fits(given: dict[str, str], snippet: Snippet) -> bool:
    return not _differing(given, snippet)


def _differing(given: dict[str, str], snippet: Snippet) -> list[tuple[str, str]]:
    """Attributes that name another widget or organisation; one that is left out names none."""
    wanted = {
        "data-app-id": snippet.app_id,
        "data-org-id": snippet.org_id,
        "data-org-url": snippet.org_url,
    }
    return [
        (name, given.get(name, ""))
        for name, value in wanted.items()
        if given.get(name, "").rstrip("/").casefold() != value.rstrip("/").casefold()
        and (name == "data-app-id" or name in given)
    ]


def _other(given: dict[str, str], snippet: Snippet) -> str:
    differing = ", ".join(f"{name} {value!r}" for name, value in _differing(given, snippet))
    wanted = f"widget {snippet.app_id} of organisation {snippet.org_id}"
    return f"the snippet of another widget ({differing} instead of {wanted})"
