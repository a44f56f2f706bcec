"""Those who run the platform: environments, extensions, and who has which role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from harness.actors import reading
from harness.actors.session import Session
from harness.protocol.environments import Environment


class Platform:
    """An administrator of the platform (protocol.roles.Platform)."""

    def __init__(self, session: Session) -> None:
        self.name = session.name
        self._session = session

    def __repr__(self) -> str:
        return self.name

    def environments(self) -> Sequence[Environment]:
        """All of them, the one with the desk first."""
        return [reading.environment(item) for item in self._session.get("environments")["value"]]

    def makes_environment(self, name: str, region: str, omnichannel: bool = False) -> str:
        """A new environment; its id."""
        body = {"name": name, "region": region, "omnichannel": omnichannel}
        return reading.environment(self._session.post("environments", body)).id

    def changes_environment(
        self,
        id: str,
        *,
        name: str | None = None,
        region: str | None = None,
        omnichannel: bool | None = None,
        licences: Sequence[str] | None = None,
    ) -> None:
        """Change what is given of it."""
        asked = {
            "name": name,
            "region": region,
            "omnichannel": omnichannel,
            "licences": None if licences is None else list(licences),
        }
        change = {key: value for key, value in asked.items() if value is not None}
        self._session.patch(f"environments/{id}", change)

    def installs(self, extension: str, id: str) -> None:
        self._session.put(f"environments/{id}/extensions/{quote(extension)}", {})

    def removes_extension(self, extension: str, id: str) -> None:
        self._session.delete(f"environments/{id}/extensions/{quote(extension)}")

    def people(self) -> Mapping[str, Sequence[str]]:
        """Everybody by name, with their security roles."""
        return {item["name"]: tuple(item["roles"]) for item in self._session.get("users")["value"]}

    def gives_roles(self, person: str, roles: Sequence[str]) -> None:
        """These security roles and no others."""
        self._session.patch(f"users/{quote(person, safe='')}", {"roles": list(roles)})
