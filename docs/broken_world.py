"""Breaks an organisation of the reference, and lets the doctor look at it: docs/doctor.md.

    python docs/broken_world.py PLAN [CALL]… [--page QUERY]

PLAN is what the organisation is to be (docs/reference-api.md, Control), CALL is
`PERSON METHOD SURFACE/PATH [BODY]`, made in that order. In both, `{bot}` is the id of its bot,
`{user}` of that bot's application user, `{home}` and `{Development}` of environments by name,
`{workstream}` of the first workstream, `{made}` of what the last call made, `{found}` of the first
that it listed. `on {found}` lets the doctor look at another bot, and QUERY is added to the address
of the shop's page.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness import doctor
from harness.transport.http import Client, trust

TARGET = """
schema = 1
name = "broken"
kind = "deployment"
generation = "{generation}"
[addresses]
org_url = "{widget[org_url]}"
org_id = "{widget[org_id]}"
app_id = "{widget[app_id]}"
page = "{widget[page]}"
url = "{url}"
organisation = "{id}"
bot = "{bot[id]}"
ca = "{ca}"
[roles]
customer = ["widget", "api"]
agent = "api"
supervisor = "api"
maker = "api"
administrator = "api"
platform = "api"
[secrets]
"""


@contextmanager
def started(plan: str, folder: Path) -> Iterator[dict[str, Any]]:
    """A reference with one organisation of that plan; what it says of it, `ca` added."""
    file = folder / "plan.json"
    file.write_text(plan)
    process = subprocess.Popen(
        [*(sys.executable, "-m", "harness.reference", "--port", "0"), "--organisation", str(file)],
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        sys.exit(process.wait())
    ready = json.loads(line)
    try:
        yield {**ready["organisations"][0], "ca": ready["ca"]}
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


class Wire:
    """Calls an organisation's surfaces as the people in it."""

    def __init__(self, shown: dict[str, Any]) -> None:
        self.shown = shown
        self._client = Client(trust(shown["ca"]))
        self._tokens = {user["name"]: user["token"] for user in shown["users"]}
        self._made = self._found = ""

    def call(self, words: str) -> None:
        """One call, as the command line writes it; `on ID` chooses the bot instead."""
        words = re.sub(r"\{(\w+)\}", lambda found: self._id(found[1]), words)
        if words.startswith("on "):
            self.shown["bot"] = {"id": words.removeprefix("on ")}
            return
        who, method, path, *body = words.split(" ", 3)
        sent = json.loads(body[0]) if body else {}
        answer = self._ask(who, method, path, None if method == "GET" else sent) or {}
        self._made = str(answer.get("application_id") or answer.get("id", ""))
        if answer.get("value"):
            self._found = str(answer["value"][0]["id"])

    def _ask(self, who: str, method: str, path: str, body: object) -> Any:
        surface, _, rest = path.partition("/")
        url = f"{self.shown['url']}/{surface}/{self.shown['id']}/api/{rest}"
        headers = {"authorization": f"Bearer {self._tokens[who]}"}
        return self._client.call(method, url, json=body, headers=headers)

    def _id(self, name: str) -> str:
        places = {each["name"]: each["id"] for each in self.shown["environments"]}
        known = {"bot": self.shown["bot"]["id"], "made": self._made, "found": self._found} | places
        if name == "home":
            return str(self.shown["environment"])
        if name == "user":
            users = self._ask("Olga", "GET", "admin/application-users", None)["value"]
            return next(str(user["id"]) for user in users if user["bot"] == known["bot"])
        if name == "workstream":
            return str(self._ask("Olga", "GET", "admin/workstreams", None)["value"][0]["id"])
        return str(known[name])


def described(shown: dict[str, Any], folder: Path) -> tuple[Path, dict[str, str]]:
    """The file of a target that is this organisation, and the variables with its tokens."""
    file = folder / "broken.toml"
    names = {user["name"]: f"BROKEN_{user['name'].upper()}" for user in shown["users"]}
    secrets = "".join(f'{name} = "{variable}"\n' for name, variable in names.items())
    file.write_text(TARGET.format(**shown) + secrets)
    return file, {names[user["name"]]: user["token"] for user in shown["users"]}


def main(arguments: list[str]) -> int:
    """Break, look, tell; the doctor's own exit code."""
    parser = argparse.ArgumentParser(prog="docs/broken_world.py", description=__doc__)
    parser.add_argument("plan", metavar="PLAN")
    parser.add_argument("calls", nargs="*", metavar="CALL")
    parser.add_argument("--page", default="", metavar="QUERY")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name, started(given.plan, Path(name)) as shown:
        wire = Wire(shown)
        for call in given.calls:
            wire.call(call)
        shown["widget"]["page"] += given.page
        file, secrets = described(shown, Path(name))
        os.environ.update(secrets)
        return doctor.report(str(file))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
