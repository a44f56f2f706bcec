"""A desk whose maker takes the steps of connecting one by one."""

from __future__ import annotations

from typing import Any

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState
from harness.reference.domain.bots import Bot
from harness.reference.domain.transitions import Verb
from harness.reference.operations import connecting, environments, makers, registrations, setup
from harness.reference.operations.environments import Changes as Changed
from harness.reference.operations.makers import Changes
from harness.reference.operations.organisations import World
from tests.reference.desk import Desk

PREVIEW, CLASSIC, WEB_APP = Generation


class Workshop(Desk):
    """A desk whose maker takes the steps of connecting one by one, with one bot."""

    def __init__(self, world: World, generation: Generation, **plan: Any) -> None:
        super().__init__(world, setup.create(world, setup.Plan(generation, **plan)))
        self.id = self.bot().id

    def new(self, name: str = "Second", place: str | None = None) -> str:
        """A bot of its own, published, to work on from now."""
        mia = self.user("Mia")
        self.id = str(makers.create(self.organisation, mia, name, "portal", place)["id"])
        makers.publish(self.organisation, mia, self.id)
        return self.id

    def place(self, name: str = "Development") -> str:
        places = environments.every(self.organisation)
        return next(each.id for each in places if each.name == name)

    def provide(self, name: str, region: str = "Europe") -> str:
        """A further environment with Omnichannel."""
        pia = self.user("Pia")
        return str(environments.create(self.organisation, pia, name, region, True)["id"])

    def change(self, place: str, **changes: Any) -> None:
        environments.change(self.organisation, self.user("Pia"), place, Changed(**changes))

    def register(self) -> str:
        return registrations.register(self.organisation, "Alpine").application_id

    def do(self, verb: Verb, given: str = "", who: str = "Mia") -> dict[str, Any]:
        organisation, user, bot = self.organisation, self.user(who), self.id
        match verb:
            case Verb.ENABLE:
                return connecting.enable(organisation, user, bot, acknowledged=True)
            case Verb.CHOOSE:
                return connecting.choose(organisation, user, bot, given or self.place("Production"))
            case Verb.TRIAL:
                return connecting.begin_trial(organisation, user, bot, given or self.place())
            case Verb.CONNECT:
                return connecting.connect(organisation, user, bot, given or None)
            case Verb.REFRESH:
                return connecting.refresh(organisation, user, bot)
            case Verb.DISABLE:
                return connecting.disable(organisation, user, bot)
            case Verb.DISCONNECT:
                return connecting.disconnect(organisation, user, bot)

    def go(self, application: str = "", place: str = "", who: str = "Mia") -> dict[str, Any]:
        """The whole procedure, for a bot that is not configured or disconnected."""
        if self.organisation.generation is WEB_APP:
            return self.do(Verb.CONNECT, who=who)
        if self.now_is() is ConnectionState.NOT_CONFIGURED:
            self.do(Verb.ENABLE, who=who)
        self.do(Verb.CHOOSE, place, who)
        return self.do(Verb.CONNECT, application or self.register(), who)

    def kept(self) -> Bot:
        found = self.organisation.store.get(self.organisation.id, Bot, self.id)
        assert found
        return found

    def now_is(self) -> ConnectionState:
        return self.kept().connection.state

    def shown(self, who: str = "Mia") -> dict[str, Any]:
        return connecting.read(self.organisation, self.user(who), self.id)

    def brought(self, state: ConnectionState) -> None:
        """Brings a new bot into a state, by the steps that lead there."""
        self.new()
        if state is ConnectionState.NOT_CONFIGURED:
            return
        if state is ConnectionState.PANE_OPEN:
            self.do(Verb.ENABLE)
            return
        if state is ConnectionState.ENVIRONMENT_SELECTED:
            self.do(Verb.ENABLE)
            self.do(Verb.CHOOSE)
            return
        self.go()
        if state is ConnectionState.DISABLED:
            self.do(Verb.DISABLE)
        if state is ConnectionState.DISCONNECTED:
            self.do(Verb.DISCONNECT)

    def rename(self, name: str) -> None:
        self.alter(name=name)

    def alter(self, **changes: Any) -> None:
        """What a maker changes of the bot itself."""
        makers.change(self.organisation, self.user("Mia"), self.id, Changes(**changes))
