"""Those who set things up: a maker in the portal, an administrator in the admin centre."""

from __future__ import annotations

from collections.abc import Sequence

from harness.actors import reading
from harness.actors.session import Session
from harness.protocol.portal import ApplicationUser, Bot, Connection, Topic


class Maker:
    """A maker at work on one bot, at first the organisation's own (protocol.roles.Maker)."""

    def __init__(self, session: Session, bot: str) -> None:
        self.name = session.name
        self.works_on = bot
        self._session = session

    def __repr__(self) -> str:
        return self.name

    def bots(self) -> Sequence[Bot]:
        return tuple(reading.bot(item) for item in self._session.get("bots")["value"])

    def bot(self) -> Bot:
        return reading.bot(self._session.get(self._path()))

    def makes_bot(self, name: str) -> None:
        """A new bot from Dynamics 365, to work on from now: neither published nor connected."""
        self.works_on = reading.bot(self._session.post("bots", {"name": name, "origin": "d365"})).id

    def renames_bot(self, name: str) -> None:
        self._session.patch(self._path(), {"name": name})

    def moves_bot(self, environment: str) -> None:
        """Put the bot into another environment."""
        self._session.patch(self._path(), {"environment": environment})

    def connects(self) -> None:
        self._session.put(self._path("connection"), {})

    def disconnects(self) -> None:
        self._session.delete(self._path("connection"))

    def connection(self) -> Connection:
        return self.bot().connection

    def topics(self) -> Sequence[Topic]:
        return tuple(
            reading.topic(item) for item in self._session.get(self._path("topics"))["value"]
        )

    def writes_topic(self, name: str, content: str) -> None:
        self._session.put(self._path(f"topics/{name}"), {"content": content})

    def deletes_topic(self, name: str) -> None:
        self._session.delete(self._path(f"topics/{name}"))

    def publishes(self) -> None:
        self._session.post(self._path("publish"), {})

    def outcomes(self) -> Sequence[str | None]:
        """How the bot's sessions ended, as its analytics count them (ESC-14)."""
        return tuple(item["outcome"] for item in self._session.get(self._path("sessions"))["value"])

    def _path(self, rest: str = "") -> str:
        path = f"bots/{self.works_on}/{rest}".rstrip("/")
        return path.replace(" ", "%20")


class Administrator:
    """A person who runs Omnichannel (protocol.roles.Administrator)."""

    def __init__(self, session: Session) -> None:
        self.name = session.name
        self._session = session

    def __repr__(self) -> str:
        return self.name

    def application_users(self) -> Sequence[ApplicationUser]:
        value = self._session.get("application-users")["value"]
        return tuple(reading.application_user(item) for item in value)

    def assigns_bot(self, bot: str) -> None:
        """Let the bot take the conversations of the messaging workstream."""
        for workstream in self._session.get("workstreams")["value"]:
            if workstream["type"] == "Messaging":
                self._session.patch(f"workstreams/{workstream['id']}", {"bot": bot})
