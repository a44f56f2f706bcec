"""Solutions that were moved, as the Dataverse of the environment they came into shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.wire.chat import Desk
from tests.wire.dataverse import Dataverse


@pytest.fixture
def there(client: httpx.Client, found: Callable[..., Desk]) -> Dataverse:
    """The Dataverse of the development environment, with the bot in a managed solution."""
    made = found().description
    other = next(each["id"] for each in made["environments"] if not each["home"])
    brought = Dataverse(client, made, other)
    headers = {"authorization": f"Bearer {brought.tokens['Mia']}"}
    path = f"{made['url']}/power-apps/{made['id']}/api/environments"

    def asks(method: str, rest: str, **body: Any) -> httpx.Response:
        answer = client.request(method, f"{path}/{rest}", headers=headers, **body)
        assert answer.status_code < 300, answer.text
        return answer

    home = f"{made['environment']}/solutions"
    solution = asks("POST", home, json={"name": "Guides"}).json()["id"]
    asks("POST", f"{home}/{solution}/components", json={"bot": brought.bot})
    package = asks("GET", f"{home}/{solution}/export?managed=true").content
    asks("POST", f"{other}/solutions/import", content=package)
    return brought


def test_what_was_imported_managed_is_managed(there: Dataverse) -> None:
    solution = there.rows("solutions?$filter=ismanaged eq true")[0]
    assert solution["friendlyname"] == "Guides"
    bots = there.rows("bots?$expand=botcomponent_parent_bot")
    assert [(bot["name"], bot["ismanaged"], bot["solutionid"]) for bot in bots] == [
        ("Alpine Helper", True, solution["solutionid"])
    ]
    assert all(part["ismanaged"] for part in bots[0]["botcomponent_parent_bot"])


def test_a_managed_bot_goes_with_its_solution_alone(there: Dataverse) -> None:
    bot = there.rows("bots")[0]["botid"]
    answer = there.ask("DELETE", f"bots({bot})")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "0x80040227")
    assert "Delete the solution" in answer.json()["error"]["message"]
    solution = there.rows("solutions?$filter=ismanaged eq true")[0]["solutionid"]
    assert there.is_refused("PATCH", f"solutions({solution})", {"version": "9.0"})[0] == 400
    there.does("DELETE", f"solutions({solution})")
    assert there.rows("bots") == []
