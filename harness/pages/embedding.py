"""The page around the widget: what it tells the widget's script, and what the script tells it.

A customer's page says who is there by functions of its own. They are installed before the page's
scripts run, each time that it is loaded, as if they stood in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from harness.errors import Inconclusive, Refused
from harness.pages import sight, snippets
from harness.pages.chat import READY, ChatPage
from harness.protocol.organisations import Snippet

if TYPE_CHECKING:
    from playwright.sync_api import Route

SDK = "window.Microsoft?.Omnichannel?.LiveChatWidget?.SDK"

WHEN_READY = """((then) => {{
  if ((window.__lcw ?? []).some(({{ name }}) => name === 'lcw:ready')) then();
  else addEventListener('lcw:ready', then);
}})(() => {{ {call} }});"""
"""Does something with the widget's interface as soon as it may be used."""

TRIES = f"""([name, given]) => {{
  const sdk = {SDK};
  if (typeof sdk?.[name] !== 'function') return null;
  try {{ sdk[name](...given); return ''; }}
  catch (error) {{ return String(error?.name ?? error) || 'exception'; }}
}}"""
"""Calls the interface: the name of what is thrown, empty for nothing, null without the function."""

ANSWERS = {
    "an error": "() => { throw new Error('no token today') }",
    "nothing": "(callback) => callback(undefined)",
    "nonsense": "(callback) => callback('nonsense')",
}
"""What a page's function may do when it is asked for a token (EMB-13)."""

EARLY = f"""addEventListener('DOMContentLoaded', () => {{
  try {{ {SDK.replace("?.", ".")}.startChat(); window.__early = 'taken'; }}
  catch (error) {{ window.__early = 'refused'; }}
}});"""
"""Asks for a chat when the script has run and is not ready yet."""

ASKS_BOT = """SDK.setBotAuthTokenProvider(async (url, callback) => {{
  const headers = {{ 'Content-Type': 'application/json' }};
  const body = JSON.stringify({{ token: {token} }});
  const answer = await fetch(url, {{ method: 'POST', headers, body }});
  callback({{ show: answer.status !== 200 }});
}});"""
"""Posts the token of somebody who is signed in to the address that the bot's card names (4.6)."""


class Embedding(ChatPage):
    """What a page can do with the widget's script (protocol.roles.Widget)."""

    snippet: Snippet | None = None
    """What the script tag says, to build a page of one's own with it."""

    # Which page it is

    def opens_page_on(self, host: str) -> None:
        """Loads a plain page of that host, with the product's own tag in it."""
        assert self.snippet is not None
        html = snippets.page(self.snippet)
        self.opens_html(html, f"https://{host}/")

    def opens_html(self, html: str, address: str) -> None:
        """Loads this page as if it lay at the address, which nobody is asked for."""
        self.page.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
        self.url = address
        self.opens_page()

    def opens_page_without(self, attribute: str) -> None:
        """Loads the target's page with a tag that lacks the attribute."""
        self._opens_altered(lambda html: snippets.without(html, attribute))

    def opens_page_with(self, attributes: Mapping[str, str]) -> None:
        """Loads the target's page with a tag that has these attributes, too."""
        self._opens_altered(lambda html: snippets.with_attributes(html, attributes))

    def tag(self) -> Mapping[str, str]:
        """The attributes of the script tag with the documented id; none without such a tag."""
        found: dict[str, str] = self.page.evaluate(sight.TAG)
        return found

    # What it tells the script

    def brings(self, name: str, value: object) -> None:
        """Custom context, given as the page gives it: by the widget's own interface."""
        self._brought[name] = {"value": value, "isDisplayable": True}
        self._calls(f"SDK.setContextProvider(() => ({json.dumps(self._brought)}));")

    def breaks_context(self) -> None:
        """The page's context provider fails whenever it is asked."""
        self._calls("SDK.setContextProvider(() => { throw new Error('no context today') });")

    def gives_as_provider(self, value: str) -> str:
        """Sets a text for a context provider; the name of what is thrown, empty for nothing."""
        self.ready()
        return self._tries("setContextProvider", value)

    def starts_chat_with_context(self, name: str, value: str) -> None:
        """The page itself starts the chat, and says what it knows there and then (EMB-08)."""
        context = {name: {"value": value, "isDisplayable": True}}
        self.ready()
        self._starts(lambda: self._asks("startChat", {"customContext": context}))

    def starts_chat_by_script(self) -> None:
        """The page itself starts the chat, without a word of its customer."""
        self.ready()
        self._starts(lambda: self._asks("startChat"))

    def starts_too_early(self) -> None:
        """Loads the page, which asks for a chat before the script says that it is ready."""
        self._has(EARLY)
        self.opens_page()

    def early_call(self) -> str:
        """What became of that: `taken`, `refused`, or empty when it was not tried."""
        said: str = self.page.evaluate("window.__early ?? ''")
        return said

    def signs_in(self, token: str, function: str = "shopToken") -> None:
        """Somebody is signed in to the page: its client function gives this token."""
        self._has(f"window.{function} = (callback) => callback({json.dumps(token)});")

    def answers_for_token(self, answer: str, function: str = "shopToken") -> None:
        """What the page's client function does: `an error`, `nothing` or `nonsense`."""
        self._has(f"window.{function} = {ANSWERS[answer]};")

    def signs_in_to_bot(self, token: str) -> None:
        """Somebody is signed in to the page: it posts this token to the bot that asks."""
        self._calls(ASKS_BOT.format(token=json.dumps(token)))

    def invites(self, message: str = "") -> None:
        """The page invites the customer to a chat, with its own words or the widget's."""
        self.ready()
        self._asks("startProactiveChat", {"message": message} if message else {})

    # What it is told

    def ready(self) -> None:
        """Waits until the script says that it may be used; opens the page if need be."""
        if not self._open:
            self.opens_page()
        self.page.wait_for_function(sight.READY, timeout=READY)

    def raised(self) -> Sequence[str]:
        """Names of the widget's events since the page was loaded, in order."""
        names: list[str] = self.page.evaluate(sight.RAISED)
        return names

    def errors(self) -> Sequence[int]:
        """Codes of the errors that the page was told of, in order; those without one left out."""
        codes: list[int] = self.page.evaluate(sight.ERRORS)
        return codes

    def told(self, event: str) -> Mapping[str, Any] | None:
        """The detail of the last event of that name; None when there was none."""
        detail: Mapping[str, Any] | None = self.page.evaluate(sight.DETAIL, event)
        return detail

    # How it is done

    def _opens_altered(self, alter: snippets.Alteration) -> None:
        def fulfil(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=alter(answer.text()))

        self.page.route(self.url, fulfil)
        self.opens_page()

    def _has(self, script: str) -> None:
        """Puts a script into the page: before all others when it is loaded, and now if it is."""
        self.page.add_init_script(script)
        if self._open:
            self.page.evaluate(f"() => {{ {script} }}")

    def _calls(self, call: str) -> None:
        self._has(WHEN_READY.format(call=f"const SDK = {SDK}; {call}"))

    def _tries(self, name: str, *given: object) -> str:
        thrown: str | None = self.page.evaluate(TRIES, [name, list(given)])
        if thrown is None:
            raise Inconclusive(f"the widget's interface on {self.name}'s page lacks {name}")
        return thrown

    def _asks(self, name: str, *given: object) -> None:
        if thrown := self._tries(name, *given):
            raise Refused(0, None, thrown, f"{name} of the widget's interface threw it")
