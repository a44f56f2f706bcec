"""Those who move solutions from one environment into another, in Power Apps."""

from __future__ import annotations

from collections.abc import Sequence

from harness.actors import reading
from harness.actors.session import Session
from harness.errors import Inconclusive
from harness.protocol.lifecycle import Component, Layer, Solution


class Lifecycle:
    """A person who moves solutions between environments (protocol.roles.Lifecycle)."""

    def __init__(self, session: Session) -> None:
        self.name = session.name
        self._session = session

    def __repr__(self) -> str:
        return self.name

    def solutions(self, environment: str) -> Sequence[Solution]:
        """All solutions of the environment, in the order in which they came."""
        listed = self._session.get(_path(environment))["value"]
        return [reading.solution(item) for item in listed]

    def makes_solution(self, environment: str, name: str) -> str:
        """A new unmanaged solution; its id."""
        return reading.solution(self._session.post(_path(environment), {"name": name})).id

    def adds_to_solution(self, environment: str, solution: str, bot: str) -> None:
        self._session.post(_path(environment, solution, "components"), {"bot": bot})

    def exports(self, environment: str, solution: str, managed: bool) -> bytes:
        """The solution as a package, a zip archive."""
        asked = f"export?managed={str(managed).lower()}"
        return self._session.fetches(_path(environment, solution, asked))

    def imports(self, environment: str, package: bytes) -> str:
        """Brings the package in; the id of the first bot that it made or changed."""
        brought = reading.solution(self._session.sends(_path(environment, "import"), package))
        if not brought.components:
            raise Inconclusive(f"the solution {brought.title!r} came without any bot")
        return brought.components[0].id

    def commands(self, environment: str, solution: str, bot: str) -> Sequence[str]:
        """What `More commands` of the bot offers in the solution."""
        return self._component(environment, solution, bot).commands

    def layers(self, environment: str, solution: str, bot: str) -> Sequence[Layer]:
        """The layers of the bot, the topmost first, each with what selecting it offers."""
        listed = self._session.get(_path(environment, solution, "components", bot, "layers"))
        return [reading.layer(item) for item in listed["value"]]

    def removes_unmanaged_layer(self, environment: str, solution: str, bot: str) -> None:
        path = _path(environment, solution, "components", bot, "layers", "unmanaged")
        self._session.delete(path)

    def deletes_solution(self, environment: str, solution: str) -> None:
        self._session.delete(_path(environment, solution))

    def _component(self, environment: str, solution: str, bot: str) -> Component:
        found = reading.solution(self._session.get(_path(environment, solution)))
        for component in found.components:
            if component.id == bot:
                return component
        raise Inconclusive(f"the solution {found.title!r} does not hold the bot {bot}")


def _path(environment: str, *rest: str) -> str:
    return "/".join((f"environments/{environment}/solutions", *rest))
