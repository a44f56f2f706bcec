"""Organisations of a running reference, described to the doctor as somebody's deployment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness import doctor
from harness.doctor import Condition, Finding
from harness.target import Target, load
from harness.transport.http import Client

FINE = (Condition.READY, Condition.NOTED)
PEOPLE = ("Mia", "Noah", "Ben", "Bea", "Sam", "Olga", "Pia")
ROLES = ("agent", "supervisor", "maker", "administrator", "platform")
FILE = """
schema = 1
name = "theirs"
kind = "deployment"
generation = "{generation}"
[addresses]
org_url = "{org_url}"
org_id = "{org_id}"
app_id = "{app_id}"
page = "{page}"
url = "{url}"
organisation = "{id}"
bot = "{bot}"
dataverse = "{dataverse}"
ca = "{ca}"
[roles]
customer = ["widget", "api"]
{roles}
[secrets]
{secrets}
"""


@contextmanager
def reference() -> Iterator[Target]:
    """A reference with its control surface."""
    target = load("reference")
    target.start()
    target.ready()
    yield target
    target.stop()


class World:
    """One organisation: it can be broken over the wire, and is described by a target's file."""

    def __init__(self, client: Client, shown: Mapping[str, Any], ca: str) -> None:
        self.shown = shown
        self.ca = ca
        self.id: str = shown["id"]
        self.bot: str = shown["bot"]["id"]
        self.dataverse: str = shown["dataverse"]
        self.page: str = shown["widget"]["page"]
        self.tokens = {user["name"]: user["token"] for user in shown["users"]}
        self._client = client

    @property
    def home(self) -> str:
        """The id of the environment that has the desk."""
        return str(self.shown["environment"])

    def environment(self, name: str) -> str:
        """The id of an environment."""
        known = {each["name"]: each["id"] for each in self.shown["environments"]}
        return str(known[name])

    def do(self, who: str, method: str, path: str, body: object = None) -> Any:
        """Change something: `path` begins with the surface."""
        surface, _, rest = path.partition("/")
        url = f"{self.shown['url']}/{surface}/{self.id}/api/{rest}"
        headers = {"authorization": f"Bearer {self.tokens[who]}"}
        sent = {} if body is None and method != "GET" else body
        return self._client.call(method, url, json=sent, headers=headers, who=who)

    def connects(self, bot: str, environment: str) -> None:
        """The whole procedure of its generation."""
        connection = f"portal/bots/{bot}/connection"
        generation = self.shown["generation"]
        application = {}
        if generation != "web-app":
            if "enable" in self.do("Mia", "GET", connection)["next"]:
                self.do("Mia", "POST", f"{connection}/enable", {"acknowledged": True})
            self.do("Mia", "PUT", f"{connection}/environment", {"environment": environment})
            made = self.do("Mia", "POST", "azure/app-registrations", {"name": "Another"})
            application = {"application_id": made["application_id"]}
        self.do("Mia", "PUT", connection, application)

    def file(self, folder: Path, people: tuple[str, ...] = PEOPLE) -> tuple[Path, dict[str, str]]:
        """The target's file, and the variables that hold the tokens of these people."""
        widget = self.shown["widget"]
        names = {name: f"THEIRS_{name.upper()}" for name in people}
        path = folder / "theirs.toml"
        path.write_text(
            FILE.format(
                generation=self.shown["generation"],
                **{key: widget[key] for key in ("org_url", "org_id", "app_id")},
                page=self.page,
                url=self.shown["url"],
                id=self.id,
                bot=self.bot,
                dataverse=self.dataverse,
                ca=self.ca,
                roles="\n".join(f'{role} = "api"' for role in ROLES),
                secrets="\n".join(f'{name} = "{names[name]}"' for name in people),
            )
        )
        return path, {variable: self.tokens[name] for name, variable in names.items()}


def made(target: Target, generation: str, **plan: Any) -> World:
    """A fresh organisation of that plan."""
    address = target.address()
    body = {"generation": generation, **plan}
    shown = target.client.call("POST", f"{address['control']}/organisations", json=body)
    return World(target.client, shown, address["ca"])


def wrongs(file: Path) -> list[Finding]:
    """What the doctor finds wrong."""
    return [each for each in doctor.examine(str(file)) if each.condition not in FINE]
