"""Two organisations, a chat in one of them that others want to read, and everybody who tries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from harness.reference.operations.organisations import World
from tests.reference.customer import PERSON, Client
from tests.reference.site import Client as Asking
from tests.reference.site import Site

MARK = "4711-of-alpha"
"""In everything that only the one organisation, or only the one customer, may read."""

OPEN = ("/control/", "/telephony/", "/phone/")
"""Whoever reaches the control surface may do anything; callers are known by their number."""

TOPIC = """
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  intent: {triggerQueries: [a secret]}
  actions:
    - {kind: SendActivity, activity: %s}
"""


@dataclass(frozen=True)
class Way:
    """A method of a route; `path` has its parameters in braces."""

    method: str
    path: str

    @property
    def names(self) -> list[str]:
        return re.findall(r"{(\w+)(?::\w+)?}", self.path)

    def filled(self, values: Mapping[str, str]) -> str:
        """The path with the values; a parameter that nobody knows gets the chat's id."""

        def value(found: re.Match[str]) -> str:
            return quote(values.get(found[1], values["id"]), safe="")

        return re.sub(r"{(\w+)(?::\w+)?}", value, self.path)


def ways(app: Starlette) -> list[Way]:
    """Every method of every route, so that a new one is there by itself."""
    found = [
        Way(method, path)
        for path, route in _routes(app.routes)
        for method in sorted(route.methods or ())
        if method != "HEAD" and not path.startswith(OPEN)
    ]
    return list(dict.fromkeys(found))


def _routes(routes: Iterable[Any], before: str = "") -> Iterator[tuple[str, Route]]:
    for route in routes:
        if isinstance(route, Mount):
            yield from _routes(route.routes, before + route.path)
        elif isinstance(route, Route):
            yield before + route.path, route


@dataclass(frozen=True)
class Caller:
    """Who asks: what their client sends along, and what they would put into an address."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)
    key: str = "nothing"
    schemes: Mapping[str, str] = field(default_factory=dict)

    def sends(self, address: str) -> dict[str, str]:
        """The headers of a request, as the surface of that address wants them."""
        place = next((place for place in self.schemes if address.startswith(place)), "")
        return {**self.headers, **({"authorization": self.schemes[place]} if place else {})}


def bearer(token: str) -> Mapping[str, str]:
    return {"authorization": f"Bearer {token}"}


def of_staff(token: str) -> Mapping[str, str]:
    """Somebody of the desk, over the wire and on its pages alike."""
    page = {"cookie": f"handoff={token}", "origin": "https://testserver"}
    return bearer(token) | page


def of_chat(name: str, token: str) -> Caller:
    """A chat's token; two surfaces want it in a way of their own."""
    schemes = {"/v1/": f"skype_token {token}", "/livechatconnector/": token}
    everywhere = bearer(token) | {"x-skypetoken": token, "authenticatedusertoken": token}
    return Caller(name, everywhere, token, schemes)


@dataclass
class Alpha:
    """The organisation whose things are marked, with a chat that an agent has taken."""

    site: Site
    mark: str = MARK
    ids: dict[str, str] = field(default_factory=dict)
    of_ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._sets_up()
        self.customer = Client(self.site, files_from_customers=True, files_from_agents=True)
        self.customer.say(f"the customer's {self.mark}")
        self._hands_over()
        self._talks_elsewhere()
        self._knows()

    def _sets_up(self) -> None:
        content = TOPIC % json.dumps(f"the bot's {self.mark}")
        self.site.do("Mia", "PUT", "/portal/{org}/api/bots/{bot}/topics/S", {"content": content})
        self.site.do("Mia", "POST", "/portal/{org}/api/bots/{bot}/publish")
        self.site.do("Olga", "POST", "/admin/{org}/api/queues", {"name": f"Q {self.mark}"}, 201)
        user = {"name": f"Zoe {self.mark}", "roles": []}
        self.site.do("Pia", "POST", "/platform/{org}/api/users", user, 201)
        place = {"name": self.mark, "region": "Europe"}
        self.site.do("Pia", "POST", "/platform/{org}/api/environments", place, 201)
        named = {"name": self.mark}
        self.site.do("Mia", "POST", "/azure/{org}/api/app-registrations", named, 201)
        self.site.do("Olga", "POST", "/admin/{org}/api/workstreams", named, 201)

    def _hands_over(self) -> None:
        self.conversation = self.customer.conversation
        talk = f"/workspace/{{org}}/api/conversations/{self.conversation}"
        self.site.do("Ben", "PUT", "/workspace/{org}/api/presence", {"presence": "Available"})
        self.customer.say(PERSON)
        self.site.do("Ben", "POST", f"{talk}/accept")
        self.file = self.customer.upload(f"{self.mark}.txt", f"the file's {self.mark}".encode())
        self.customer.say(
            "", amsReferences=[self.file], amsMetadata=[{"fileName": f"{self.mark}.txt"}]
        )
        self.site.do("Ben", "POST", f"{talk}/messages", {"text": f"the agent's {self.mark}"}, 201)

    def _talks_elsewhere(self) -> None:
        """A conversation over Direct Line, one in the test pane, and a bot that runs elsewhere."""
        self.secret = self.site.shown["channel"]["secret"]
        self.line = self.opens_line()
        place = f"/v3/directline/conversations/{self.line['conversationId']}/activities"
        said = {"type": "message", "from": {"id": "u"}, "text": f"the visitor's {self.mark}"}
        answer = self.site.ask(None, "POST", place, bearer(self.line["token"]), json=said)
        assert answer.status_code == 200, answer.text
        self.bots = [self._makes_bot(name) for name in (self.mark, "Other")]

    def _makes_bot(self, name: str) -> dict[str, Any]:
        body = {"name": name, "origin": "azure"}
        made: dict[str, Any] = self.site.do("Mia", "POST", "/portal/{org}/api/bots", body, 201)
        return made

    def opens_line(self) -> dict[str, Any]:
        place = "/v3/directline/conversations"
        answer = self.site.ask(None, "POST", place, bearer(self.secret), json={})
        assert answer.status_code == 201, answer.text
        begun: dict[str, Any] = answer.json()
        return begun

    def _knows(self) -> None:
        """What an intruder may know: every id, and nothing that is a secret."""
        shown = self.site.shown
        self.of_ids = [self.conversation, self.line["conversationId"], self.file]
        self.ids = {
            "org": self.site.id,
            "widget": self.customer.app,
            "bot": shown["bot"]["id"],
            "environment": shown["environment"],
            "thread": self.customer.thread,
            "conversation": self.conversation,
            "message": self.customer.messages()[-1]["id"],
            "file": self.file,
            "view": "original",
            "version": "v9.2",
            "path": "systemusers",
            "name": "Ben",
        }

    def addresses(self, way: Way, caller: Caller) -> Iterator[str]:
        """Each address that a way has for things of this organisation."""
        known = self.ids | {"key": caller.key, "token": caller.key}
        if way.path.startswith("/dataverse/"):
            known["org"] = self.site.id.replace("-", "")
        ids = self.of_ids if {"id", "talk"} & set(way.names) else [""]
        for id in ids:
            yield way.filled(known | {"id": id or self.conversation})

    def state(self) -> list[Any]:
        """All that an intruder could have changed."""
        places = (
            ("Sam", f"/workspace/{{org}}/api/conversations/{self.conversation}"),
            ("Sam", "/workspace/{org}/api/ongoing"),
            ("Ben", "/workspace/{org}/api/presence"),
            ("Olga", "/admin/{org}/api/queues"),
            ("Olga", "/admin/{org}/api/widget"),
            ("Olga", "/admin/{org}/api/workstreams"),
            ("Olga", "/admin/{org}/api/application-users"),
            ("Mia", "/portal/{org}/api/bots"),
            ("Mia", "/portal/{org}/api/bots/{bot}/topics"),
            ("Pia", "/platform/{org}/api/users"),
            ("Pia", "/platform/{org}/api/environments"),
        )
        return [self.site.get(who, path) for who, path in places]


class Hunt:
    """One organisation, everybody's tokens, and those who try to get at it from elsewhere."""

    def __init__(self, client: Asking, world: World, mark: str = MARK) -> None:
        self.client = client
        self.alpha = Alpha(Site(client, world, "web-app"), mark)
        self.beta = Site(client, world, "web-app")
        self.intruders = {each.name: each for each in self._intruders()}

    def _intruders(self) -> Iterator[Caller]:
        roles = sorted({role for user in self.beta.shown["users"] for role in user["roles"]})
        user = {"name": "Zed", "roles": roles}
        made = self.beta.do("Pia", "POST", "/platform/{org}/api/users", user, 201)
        everybody = made["token"]
        yield Caller("nobody")
        yield Caller(
            "somebody of another organisation with every role",
            of_staff(everybody),
            everybody,
        )
        yield of_chat("another customer", Client(self.alpha.site).token["Token"])
        yield of_chat("a customer of another organisation", Client(self.beta).token["Token"])
        line = self.alpha.opens_line()["token"]
        yield Caller("a visitor of another conversation", bearer(line), line)
        secret = self.beta.shown["channel"]["secret"]
        yield Caller("another organisation's channel", bearer(secret), secret)
        bot = self.alpha.bots[1]["connector"]["token"]
        yield Caller("another bot", bearer(bot), bot)

    def owners(self) -> Iterator[Caller]:
        """Those who may: each sees something of it."""
        for name in ("Mia", "Ben", "Sam", "Olga", "Pia"):
            token = self.alpha.site.tokens[name]
            yield Caller(name, of_staff(token), token)
        yield of_chat("the customer", self.alpha.customer.token["Token"])
        yield Caller("the visitor", bearer(self.alpha.line["token"]))

    def answers(self, caller: Caller, ways: Iterable[Way]) -> Iterator[tuple[str, Any]]:
        """What somebody gets, for each address."""
        for way in ways:
            for address in self.alpha.addresses(way, caller):
                sent: dict[str, Any] = {} if way.method == "GET" else {"json": {}}
                headers = caller.sends(address)
                answer = self.client.request(way.method, address, headers=headers, **sent)
                yield f"{way.method} {address}", answer
