"""Those who set things up: a maker in the portal, an administrator in the admin centre."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from harness.actors import reading
from harness.actors.session import Session as SignedIn
from harness.errors import Inconclusive, Refused
from harness.protocol.conversations import Generation
from harness.protocol.letters import Letter
from harness.protocol.metrics import Analytics
from harness.protocol.portal import (
    DYNAMICS,
    ApplicationUser,
    Bot,
    Connection,
    ConnectionState,
    Connector,
    Queue,
    Session,
    Topic,
)


class Maker:
    """A maker at work on one bot, at first the organisation's own (protocol.roles.Maker)."""

    def __init__(self, session: SignedIn, bot: str) -> None:
        self.name = session.name
        self.works_on = bot
        self._session = session

    def __repr__(self) -> str:
        return self.name

    def bots(self) -> Sequence[Bot]:
        return tuple(reading.bot(item) for item in self._session.every("bots"))

    def bot(self) -> Bot:
        return reading.bot(self._session.get(self._path()))

    def makes_bot(self, name: str, origin: str = DYNAMICS) -> None:
        """A new bot, to work on from now: neither published nor connected."""
        made = self._session.post("bots", {"name": name, "origin": origin})
        self.works_on = reading.bot(made).id

    def makes_outside_bot(self, name: str) -> Connector:
        """A bot that runs elsewhere, to work on from now: published, not connected."""
        made = self._session.post("bots", {"name": name, "origin": "azure"})
        self.works_on = reading.bot(made).id
        return reading.connector(made["connector"])

    def renames_bot(self, name: str) -> None:
        self._session.patch(self._path(), {"name": name})

    def moves_bot(self, environment: str) -> None:
        """Put the bot into another environment."""
        self._session.patch(self._path(), {"environment": environment})

    def connects(self, application: str | None = None) -> None:
        """Connect the bot, whatever that takes (protocol.roles.Maker)."""
        bot = self.bot()
        state = bot.connection.state
        if bot.generation is Generation.WEB_APP or state is ConnectionState.CONNECTED:
            self._commits(application)
            return
        if state is ConnectionState.DISABLED:
            self.enables()
            return
        if state is ConnectionState.NOT_CONFIGURED:
            self.enables()
        if state is not ConnectionState.ENVIRONMENT_SELECTED:
            self.chooses_environment(self._home())
        former = bot.connection.application_id
        self.adds_bot(application or former or self.registers_application(bot.name))

    def enables(self, *, acknowledged: bool = True) -> None:
        self._session.post(self._path("connection/enable"), {"acknowledged": acknowledged})

    def chooses_environment(self, environment: str) -> None:
        self._session.put(self._path("connection/environment"), {"environment": environment})

    def begins_trial(self, environment: str) -> None:
        self._session.post(self._path("connection/trial"), {"environment": environment})

    def adds_bot(self, application: str) -> None:
        self._commits(application)

    def refreshes(self) -> None:
        self._session.post(self._path("connection/refresh"), {})

    def disables_connection(self) -> None:
        self._session.post(self._path("connection/disable"), {})

    def disconnects(self) -> None:
        self._session.delete(self._path("connection"))

    def connection(self) -> Connection:
        return reading.connection(self._session.get(self._path("connection")))

    def registers_application(self, name: str) -> str:
        azure = self._session.on("azure")
        made: str = azure.post("app-registrations", {"name": name})["application_id"]
        return made

    def sets_manual_authentication(self, on: bool) -> None:
        self._session.patch(self._path(), {"manual_authentication": on})

    def sets_teams_channel(self, on: bool) -> None:
        self._session.patch(self._path(), {"teams_channel": on})

    def _commits(self, application: str | None) -> None:
        body = {} if application is None else {"application_id": application}
        self._session.put(self._path("connection"), body)

    def _home(self) -> str:
        """The environment whose Omnichannel has the desk."""
        for environment in self._session.get("environments")["value"]:
            if environment["home"]:
                return str(environment["id"])
        raise Inconclusive("the portal lists no environment that has the desk")

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

    def sessions(self) -> Sequence[Session]:
        listed = self._session.get(self._path("sessions"))["value"]
        return tuple(reading.session(item) for item in listed)

    def analytics(self) -> Analytics:
        return reading.analytics(self._session.get(self._path("analytics")))

    def session(self, conversation: str, bot: str = "") -> Session:
        path = self._path(f"sessions/{conversation}", bot)
        return reading.session(self._session.get(path))

    def _path(self, rest: str = "", bot: str = "") -> str:
        path = f"bots/{bot or self.works_on}/{rest}".rstrip("/")
        return path.replace(" ", "%20")


class Administrator:
    """A person who runs Omnichannel (protocol.roles.Administrator)."""

    def __init__(self, session: SignedIn) -> None:
        self.name = session.name
        self._session = session

    def __repr__(self) -> str:
        return self.name

    def application_users(self) -> Sequence[ApplicationUser]:
        return tuple(reading.application_user(each) for each in self._all_users())

    def _all_users(self) -> Iterator[Any]:
        return self._session.every("application-users")

    def assigns_bot(self, bot: str) -> None:
        """Let the bot take the conversations of the messaging workstream."""
        self._changes_workstream(bot=bot)

    def disables(self, bot: str) -> None:
        self._session.patch(f"application-users/{self._user_of(bot)}", {"disabled": True})

    def enables(self, bot: str) -> None:
        self._session.patch(f"application-users/{self._user_of(bot)}", {"disabled": False})

    def removes_user(self, bot: str) -> None:
        self._session.delete(f"application-users/{self._user_of(bot)}")

    def has_analytics(self, bot: str) -> bool:
        try:
            self._session.get(f"bots/{bot}/analytics")
        except Refused as refused:
            if refused.name != "AnalyticsUnavailable":
                raise
            return False
        return True

    def makes_queue(self, name: str, agents: Sequence[str], bot: str | None = None) -> None:
        body = {"name": name, "members": list(agents)} | ({"bot": bot} if bot else {})
        self._session.post("queues", body)

    def queues(self) -> Sequence[str]:
        return [queue.name for queue in self._queues()]

    def routes(self, variable: str, equals: str, queue: str) -> None:
        rule = {"variable": variable, "equals": equals, "queue": self._queue(queue).id}
        self._changes_workstream(rules=[*self._workstream()["rules"], rule])

    def declares(self, variable: str, kind: str) -> None:
        declared = self._workstream()["context_variables"]
        new = {"name": variable, "type": kind}
        self._changes_workstream(context_variables=[*declared, new])

    def setting(self) -> Mapping[str, Any]:
        found = self._workstream()
        return {key: found[key] for key in ("bot", "rules", "context_variables")}

    def sets(self, setting: Mapping[str, Any]) -> None:
        self._changes_workstream(**setting)

    def widget(self) -> Mapping[str, Any]:
        found: dict[str, Any] = self._session.get("widget")
        return {name: found[name] for name in found.keys() - {"app_id", "workstream"}}

    def sets_widget(self, settings: Mapping[str, Any]) -> None:
        self._session.patch("widget", dict(settings))

    def adds_record(self, kind: str, name: str, *, active: bool = True, **keys: str) -> None:
        self._session.post("records", {"type": kind, "name": name, "active": active, **keys})

    def letters(self) -> Sequence[Letter]:
        return tuple(
            Letter(each["to"], each["status"] in ("Sending", "Sent"), each["text"])
            for each in self._session.get("emails")["value"]
        )

    def record(self, kind: str, name: str) -> str:
        for record in self._session.get("records")["value"]:
            if (record["type"], record["name"]) == (kind, name):
                return str(record["id"])
        raise Inconclusive(f"the desk has no {kind} {name!r}")

    def _workstream(self) -> dict[str, Any]:
        """The workstream of the live chat."""
        for workstream in self._session.get("workstreams")["value"]:
            if workstream["type"] == "Messaging":
                found: dict[str, Any] = workstream
                return found
        raise Inconclusive("there is no workstream for messages")

    def _changes_workstream(self, **change: object) -> None:
        self._session.patch(f"workstreams/{self._workstream()['id']}", change)

    def _queue(self, name: str) -> Queue:
        queues = self._queues()
        for queue in queues:
            if queue.name == name:
                return queue
        known = ", ".join(queue.name for queue in queues)
        raise Inconclusive(f"there is no queue {name}; there are {known}")

    def _queues(self) -> Sequence[Queue]:
        return [reading.queue(item) for item in self._session.get("queues")["value"]]

    def _user_of(self, bot: str) -> str:
        for user in map(reading.application_user, self._all_users()):
            if user.bot == bot:
                return user.id
        raise Inconclusive(f"the bot {bot} has no application user")
