"""What makers do with a bot's connection: each call is one step of specification 2.6, or refused.

Each step is one transaction: it is done and kept, or nothing of it is. What was done before can be
asked for again and changes nothing, so that whoever did not hear the answer asks once more.
"""

from __future__ import annotations

from dataclasses import replace

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState
from harness.reference.domain import (
    connections,
    disconnecting,
    environments,
    preconditions,
    transitions,
)
from harness.reference.domain.bots import Bot
from harness.reference.domain.connections import Deviates
from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.errors import (
    AlreadyConnected,
    DomainError,
    DuplicateBotAppId,
    NotFound,
    NotNow,
    NotOffered,
    PrivacyNotAcknowledged,
)
from harness.reference.domain.preconditions import Attempt
from harness.reference.domain.transitions import Verb
from harness.reference.operations import health, registrations, views
from harness.reference.operations.environments import environment as found_environment
from harness.reference.operations.environments import every, home, shown
from harness.reference.operations.firing import close_with_agents
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown

READERS = (
    SecurityRole.BOT_AUTHOR,
    SecurityRole.SYSTEM_ADMINISTRATOR,
    SecurityRole.OMNICHANNEL_ADMINISTRATOR,
)
"""Who sees the pane; who may use it is `connections.CONNECTORS`."""

JUMPS = {
    ConnectionState.NOT_CONFIGURED: "adding_needs_no_enabling",
    ConnectionState.PANE_OPEN: "environment_is_guessed",
}
"""Deviations: from where a bot can be added though a step is missing."""


def read(organisation: Organisation, who: User, id: str) -> Shown:
    """The connection of a bot."""
    require(who, *READERS)
    return views.connection(organisation, _bot(organisation, id))


def choices(organisation: Organisation, who: User) -> list[Shown]:
    """The environments that a maker chooses from, the home one first."""
    require(who, *READERS)
    return [shown(organisation, environment) for environment in every(organisation)]


def enable(organisation: Organisation, who: User, id: str, acknowledged: bool = False) -> Shown:
    """`Next` of the preview, `Enable` of Classic: opens the pane, or the connection again.

    Raises PrivacyNotAcknowledged in the preview (CON-04), NotOffered.
    """
    with organisation.command():
        bot, state = _step(organisation, who, id, Verb.ENABLE)
        deviates = organisation.faults.deviates
        unasked = bot.generation is Generation.PREVIEW and not acknowledged
        if unasked and not deviates("privacy_goes_unacknowledged"):
            raise _refused(PrivacyNotAcknowledged, bot, Verb.ENABLE)
        seen = bot.connection.seen or connections.displays_as_new(bot)
        made = replace(bot.connection, state=state, seen=seen)
        user = made.user
        if user and connections.displays_as_new(bot):
            stops = user.disabled or deviates("enable_interrupts_traffic")
            seen = not deviates("enable_keeps_the_old_display")
            made = replace(made, seen=seen, user=replace(user, disabled=stops))
        return _kept(organisation, replace(bot, connection=made))


def choose(organisation: Organisation, who: User, id: str, environment: str) -> Shown:
    """Selects the environment whose Omnichannel the bot is to be in.

    Raises NotFound, OmnichannelNotProvisioned (F7), RegionMismatch (F4), AlreadyConnected.
    """
    deviates = organisation.faults.deviates
    with organisation.command():
        bot, state = _step(organisation, who, id, Verb.CHOOSE)
        chosen = found_environment(organisation, environment)
        if state is ConnectionState.CONNECTED:
            if chosen.id != bot.connection.environment:
                raise _refused(AlreadyConnected, bot, Verb.CHOOSE)
            return views.connection(organisation, bot)
        if not chosen.omnichannel and deviates("choosing_a_bare_environment_connects"):
            state = ConnectionState.CONNECTED
        else:
            own = found_environment(organisation, bot.environment)
            preconditions.refuse_environment(bot, own, chosen, deviates)
        made = replace(bot.connection, state=state, environment=chosen.id)
        if deviates("choosing_adds_the_bot"):
            made = replace(made, user=connections.user_for(bot, ""))
        early = bot.teams_channel or deviates("teams_channel_comes_too_early")
        return _kept(organisation, replace(bot, connection=made, teams_channel=early))


def begin_trial(organisation: Organisation, who: User, id: str, environment: str) -> Shown:
    """Provisions Omnichannel in an environment as a trial, which brings all that it needs (F7).

    Raises InsufficientRole, NotFound. Where Omnichannel is already, nothing changes.
    """
    with organisation.command():
        bot, _ = _step(organisation, who, id, Verb.TRIAL)
        require(who, SecurityRole.SYSTEM_ADMINISTRATOR)
        chosen = found_environment(organisation, environment)
        if not chosen.omnichannel and not organisation.faults.deviates("trial_provisions_nothing"):
            made = environments.provisioned(chosen, organisation.faults.deviates)
            organisation.store.put(organisation.id, made)
        return views.connection(organisation, bot)


def connect(
    organisation: Organisation, who: User, id: str, application: str | None = None
) -> Shown:
    """Adds the bot to Omnichannel: the commit (`Next`, `Add your bot`, `Connect`).

    Raises what `domain/preconditions.py` and `domain/transitions.py` refuse; then nothing changed.
    """
    with organisation.command():
        bot, _ = _step(organisation, who, id, Verb.CONNECT)
        bot = _placed(organisation, bot)
        given = _application(bot, application, organisation.faults.deviates)
        if bot.connection.state is ConnectionState.CONNECTED:
            if given != bot.connection.application:
                raise _refused(AlreadyConnected, bot, Verb.CONNECT)
            if connections.is_intact(bot):
                return views.connection(organisation, bot)
        attempt = _attempt(organisation, bot, given)
        refusal = preconditions.refusal(attempt, organisation.faults.deviates)
        if refusal is None:
            if organisation.faults.deviates("adding_does_nothing"):
                return views.connection(organisation, bot)
            return _kept(organisation, _connected(organisation, attempt))
        _leave_behind(organisation, attempt, refusal)
    raise refusal


def refresh(organisation: Organisation, who: User, id: str) -> Shown:
    """Tests the connection and keeps what it found, and nothing else (DIS-04)."""
    with organisation.command():
        bot, _ = _step(organisation, who, id, Verb.REFRESH)
        wrong, now = health.verified(organisation, bot), organisation.clock.now()
        return _kept(
            organisation, disconnecting.tested(bot, wrong, now, organisation.faults.deviates)
        )


def disable(organisation: Organisation, who: User, id: str) -> Shown:
    """Stops traffic and keeps the configuration and the application user (DIS-03)."""
    with organisation.command():
        bot, _ = _step(organisation, who, id, Verb.DISABLE)
        close_with_agents(organisation, bot)
        return _kept(organisation, disconnecting.disabled(bot, organisation.faults.deviates))


def disconnect(organisation: Organisation, who: User, id: str) -> Shown:
    """Disconnects a bot: its user is disabled, in the preview gone. Chats of people go on."""
    with organisation.command():
        bot, _ = _step(organisation, who, id, Verb.DISCONNECT)
        if bot.connection.state is ConnectionState.DISCONNECTED:
            return views.connection(organisation, bot)
        bot = connections.disconnected(bot, organisation.faults.deviates)
        close_with_agents(organisation, bot)
        return _kept(organisation, bot)


def _step(
    organisation: Organisation, who: User, id: str, verb: Verb
) -> tuple[Bot, ConnectionState]:
    """The bot, and the state that the verb leads to; raises InsufficientRole, NotFound, NotNow."""
    bot = _bot(organisation, id)
    connections.refuse_connector(bot, who.roles, organisation.faults.deviates)
    before = bot.connection.state
    state = transitions.after(bot.generation, before, verb)
    if state is None and verb is Verb.CONNECT and before in JUMPS:
        jumps = organisation.faults.deviates(JUMPS[before])
        state = ConnectionState.CONNECTED if jumps else None
    if state is None:
        raise _refused(transitions.condition(bot.generation, before, verb), bot, verb)
    return bot, state


def _placed(organisation: Organisation, bot: Bot) -> Bot:
    """The deviation of a bot for which nobody has chosen an environment."""
    made = bot.connection
    if made.environment or not connections.needs_application(bot.generation):
        return bot
    return replace(bot, connection=replace(made, environment=organisation.tenant.environment))


def _application(bot: Bot, written: str | None, deviates: Deviates) -> str:
    """The application that a commit names; without one, that of the connection there is."""
    if not connections.needs_application(bot.generation):
        if written is not None:
            raise NotOffered("In the web app nobody enters an Application ID. Leave it out.")
        return ""
    connected = bot.connection.state is ConnectionState.CONNECTED
    if written is None and connected:
        return bot.connection.application
    return preconditions.application_id(written or "", deviates)


def _attempt(organisation: Organisation, bot: Bot, application: str) -> Attempt:
    own = found_environment(organisation, bot.environment)
    if not application:
        return Attempt(bot, own, own if own.omnichannel else home(organisation))
    chosen = found_environment(organisation, bot.connection.environment)
    registered = _is_registered(organisation, application)
    return Attempt(
        bot, own, chosen, application, registered, _holder(organisation, bot, application)
    )


def _is_registered(organisation: Organisation, application: str) -> bool:
    deviates = organisation.faults.deviates
    found = registrations.registered(organisation, application)
    if found is None:
        return False
    newest = registrations.newest(organisation) == found
    fault = "newest_registration_is_unknown" if newest else "only_newest_registration_counts"
    return not deviates(fault)


def _holder(organisation: Organisation, bot: Bot, application: str) -> Bot | None:
    """Another bot that has this application, where that is in the way."""
    others = organisation.store.find(organisation.id, Bot, "connection.application", application)
    place = bot.connection.environment
    deviates = organisation.faults.deviates
    return next((o for o in others if preconditions.is_used_twice(bot, o, place, deviates)), None)


def _connected(organisation: Organisation, attempt: Attempt) -> Bot:
    return connections.connected(
        attempt.bot,
        attempt.chosen,
        attempt.application,
        organisation.clock.now(),
        organisation.faults.deviates,
    )


def _leave_behind(organisation: Organisation, attempt: Attempt, refusal: DomainError) -> None:
    """The deviations of a refused attempt that is not cleaned up."""
    deviates, bot = organisation.faults.deviates, attempt.bot
    made = bot.connection
    duplicate = isinstance(refusal, DuplicateBotAppId)
    if deviates("refused_duplicate_leaves_user" if duplicate else "refused_connect_leaves_user"):
        made = replace(made, user=connections.user_for(bot, made.application))
    if deviates("refused_connect_is_final"):
        made = replace(made, state=ConnectionState.DISABLED)
    if deviates("name_of_30_is_half_connected"):
        made = replace(made, state=ConnectionState.CONNECTED)
    if made is not bot.connection:
        organisation.store.put(organisation.id, replace(bot, connection=made))


def _refused(refusal: type[NotNow], bot: Bot, verb: Verb) -> DomainError:
    return transitions.refused(refusal, bot.generation, bot.name, bot.connection.state, verb)


def _kept(organisation: Organisation, bot: Bot) -> Shown:
    organisation.store.put(organisation.id, bot)
    return views.connection(organisation, bot)


def _bot(organisation: Organisation, id: str) -> Bot:
    bot = organisation.store.get(organisation.id, Bot, id)
    if bot is None:
        raise NotFound(f"There is no bot {id[:50]!r} here.")
    return bot
