"""What a bot's connection must be, and why it may be refused (CON, DIS)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.errors import Refused
from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch
from harness.expect.readings import note
from harness.protocol.portal import ApplicationUser, Connection, ConnectionState
from harness.protocol.roles import Administrator, Maker

TOO_LONG = "BotNameTooLong"
NO_OMNICHANNEL = "OmnichannelNotProvisioned"
EXTENSIONS_WARNING = ("missingExtensions", "warning")
"""Id and severity of the bar that tells of missing extensions (specification 10.12)."""

_ON = {True: "on", False: "off"}


@check
def is_connected(maker: Maker) -> Mismatch | None:
    """The portal shows the bot as connected."""
    return eventually(maker.connection, _stands(ConnectionState.CONNECTED))


@check
def is_disconnected(maker: Maker) -> Mismatch | None:
    """The portal shows the bot as disconnected."""
    return eventually(maker.connection, _stands(ConnectionState.DISCONNECTED))


@check
def is_not_connected(maker: Maker) -> Mismatch | None:
    """The portal does not show the bot as connected."""

    def match(connection: Connection) -> Mismatch | None:
        if connection.state is not ConnectionState.CONNECTED:
            return None
        return Mismatch("a bot that is not connected", connection.state.value, final=True)

    return compare(match, maker.connection())


@check
def is_disabled(maker: Maker) -> Mismatch | None:
    """The portal shows the bot's connection as disabled (DIS-03)."""
    return eventually(maker.connection, _stands(ConnectionState.DISABLED))


@check
def keeps_configuration(maker: Maker, before: Connection) -> Mismatch | None:
    """Environment, application and user are what they were before (DIS-03)."""
    return _same(("environment", "application_id", "application_user"), maker, before)


@check
def is_unchanged(maker: Maker, before: Connection) -> Mismatch | None:
    """Nothing of the connection is otherwise than before, but for what a test reports (DIS-04)."""
    parts = ("state", "environment", "application_id", "application_user", "teams_channel")
    return _same(parts, maker, before)


@check
def is_confirmed(maker: Maker) -> Mismatch | None:
    """The portal says that the connection was tested and works (DIS-04, DIS-05)."""
    return eventually(maker.connection, _verified(succeeded=True))


@check
def is_found_broken(maker: Maker) -> Mismatch | None:
    """The portal says that the connection was tested and does not work, and why (DIS-04)."""
    return eventually(maker.connection, _verified(succeeded=False))


@check
def is_refused_for(refused: Refused | None, reason: str) -> Mismatch | None:
    """Connecting was refused, and for that reason (the problem's name)."""

    def match(refusal: Refused | None) -> Mismatch | None:
        if refusal is None:
            return Mismatch(f"a refusal for {reason}", "that it was accepted", final=True)
        if refusal.name != reason:
            return Mismatch(f"a refusal for {reason}", str(refusal), final=True)
        return None

    return compare(match, refused)


@check
def invites_to_trial(refused: Refused | None) -> Mismatch | None:
    """The environment has no Omnichannel, and the maker is invited to begin a trial (CON-18)."""

    def match(refusal: Refused | None) -> Mismatch | None:
        expected = "an invitation to begin a trial"
        if refusal is None:
            return Mismatch(expected, "that the environment was taken", final=True)
        if refusal.name != NO_OMNICHANNEL or "trial" not in refusal.message.lower():
            return Mismatch(expected, str(refusal), final=True)
        return None

    return compare(match, refused)


@check
def has_chosen(maker: Maker, environment: str) -> Mismatch | None:
    """The environment of that name has been taken; the bot is to be connected to it (CON-18)."""

    def match(connection: Connection) -> Mismatch | None:
        found = connection.environment_name
        if (connection.state, found) == (ConnectionState.ENVIRONMENT_SELECTED, environment):
            return None
        return Mismatch(f"{environment} chosen", f"{connection.state.value}, {found or 'none'}")

    return eventually(maker.connection, match)


@check
def follows_a_name_reading(refused: Refused | None, maker: Maker) -> Mismatch | None:
    """A name of 30 code points is accepted or refused, and either is whole (CON-11).

    The documents let *longer than 30* fail and ask for *less than 30* (specification 2.5). Which
    one holds is noted, and nobody fails for it; refused and connected at once follows neither.
    """
    state = ConnectionState.NOT_CONFIGURED if refused else ConnectionState.CONNECTED
    mismatch = compare(_stands(state), maker.connection())
    if refused is not None and refused.name != TOO_LONG:
        mismatch = Mismatch("a refusal for the name alone", str(refused), final=True)
    if mismatch is None:
        note("CON-11", f"a name of 30 code points is {'refused' if refused else 'accepted'}")
    return mismatch


@check
def follows_a_display_reading(seen: Connection) -> Mismatch | None:
    """A bot connected before November 2021 looks connected, or as if nothing had been set up.

    That it does is a known issue: it is noted, and nobody fails for it (CON-27).
    """

    def match(connection: Connection) -> Mismatch | None:
        if connection.state in (ConnectionState.CONNECTED, ConnectionState.NOT_CONFIGURED):
            return None
        return Mismatch("a bot that looks connected or unconfigured", connection.state.value)

    mismatch = compare(match, seen)
    if mismatch is None:
        is_new = seen.state is ConnectionState.CONNECTED and not seen.legacy_display
        looks = "connected" if is_new else "unconfigured"
        note("CON-27", f"a bot connected before November 2021 looks {looks}")
    return mismatch


@check
def shows_details(maker: Maker) -> Mismatch | None:
    """The connection is shown with its details, as one made today is (CON-28)."""

    def match(connection: Connection) -> Mismatch | None:
        if connection.state is ConnectionState.CONNECTED and not connection.legacy_display:
            return None
        display = "as one from before November 2021" if connection.legacy_display else "of today"
        return Mismatch("a connection with its details", f"{connection.state.value}, {display}")

    return eventually(maker.connection, match)


@check
def warns_of_extensions(maker: Maker) -> Mismatch | None:
    """A warning, which is no error, says that extensions are missing (CON-19)."""

    def match(connection: Connection) -> Mismatch | None:
        if any((w.id, w.severity) == EXTENSIONS_WARNING for w in connection.warnings):
            return None
        return Mismatch("a warning of missing extensions", _warned(connection))

    return eventually(maker.connection, match)


@check
def warns_of_nothing(maker: Maker) -> Mismatch | None:
    """The connection is shown without any warning."""

    def match(connection: Connection) -> Mismatch | None:
        return Mismatch("no warning", _warned(connection)) if connection.warnings else None

    return eventually(maker.connection, match)


@check
def has_teams_channel(maker: Maker) -> Mismatch | None:
    """The bot's Teams channel is on (CON-21, CON-22, CON-38)."""
    return eventually(maker.connection, _channel(on=True))


@check
def lacks_teams_channel(maker: Maker) -> Mismatch | None:
    """The bot's Teams channel is still off (CON-38)."""
    return compare(_channel(on=False), maker.connection())


@check
def has_analytics(maker: Maker, administrator: Administrator) -> Mismatch | None:
    """The portal says that Omnichannel has analytics of the bot, and it has (CON-13)."""
    return _analysed_by(maker, administrator, available=True)


@check
def has_no_analytics(maker: Maker, administrator: Administrator) -> Mismatch | None:
    """The portal says that Omnichannel has no analytics of the bot, and it has none (CON-13)."""
    return _analysed_by(maker, administrator, available=False)


@check
def has_enabled_application_user(administrator: Administrator, bot: str) -> Mismatch | None:
    """Omnichannel has an application user for the bot, enabled."""
    return eventually(lambda: _user_of(administrator, bot), _user(disabled=False))


@check
def has_disabled_application_user(administrator: Administrator, bot: str) -> Mismatch | None:
    """Omnichannel still has the bot's application user, disabled."""
    return eventually(lambda: _user_of(administrator, bot), _user(disabled=True))


@check
def has_no_application_user(administrator: Administrator, bot: str, other: str) -> Mismatch | None:
    """Omnichannel has no application user for the bot, though it has one for the `other` bot.

    The other bot is the witness: a list that is always empty would prove nothing.
    """
    witness = eventually(lambda: _user_of(administrator, other), _user(disabled=False))
    if witness is not None:
        return witness
    return compare(_nobody, _user_of(administrator, bot))


def _stands(state: ConnectionState) -> Matcher[Connection]:
    def match(connection: Connection) -> Mismatch | None:
        if connection.state is state:
            return None
        return Mismatch(f"a connection that is {state.value}", connection.state.value)

    return match


def _channel(*, on: bool) -> Matcher[Connection]:
    def match(connection: Connection) -> Mismatch | None:
        if connection.teams_channel is on:
            return None
        return Mismatch(f"a Teams channel that is {_ON[on]}", f"one that is {_ON[not on]}")

    return match


def _analysed_by(maker: Maker, administrator: Administrator, *, available: bool) -> Mismatch | None:
    """What the portal promises, and what Omnichannel has."""
    matches = _analysed(available=available)
    promised = eventually(lambda: maker.connection().analytics_available, matches)
    return promised or eventually(lambda: administrator.has_analytics(maker.works_on), matches)


def _analysed(*, available: bool) -> Matcher[bool]:
    words = {True: "available", False: "unavailable"}

    def match(found: bool) -> Mismatch | None:
        if found is available:
            return None
        return Mismatch(f"analytics that are {words[available]}", words[found])

    return match


def _warned(connection: Connection) -> str:
    told = [f"{warning.id} ({warning.severity})" for warning in connection.warnings]
    return ", ".join(told) or "no warning"


def _verified(*, succeeded: bool) -> Matcher[Connection]:
    expected = f"a tested connection that {'works' if succeeded else 'does not work, and why'}"

    def match(connection: Connection) -> Mismatch | None:
        found = connection.verification
        if found is None:
            return Mismatch(expected, "no result of a test")
        if found.succeeded is succeeded and (succeeded or found.text):
            return None
        return Mismatch(expected, f"{found.text or 'a result'} (succeeded: {found.succeeded})")

    return match


def _same(parts: Sequence[str], maker: Maker, before: Connection) -> Mismatch | None:
    """Those parts of the connection are equal now and before."""
    now = maker.connection()
    pairs = {part: (getattr(before, part), getattr(now, part)) for part in parts}

    def match(seen: Mapping[str, tuple[object, object]]) -> Mismatch | None:
        changed = {part: pair for part, pair in seen.items() if pair[0] != pair[1]}
        if not changed:
            return None
        was = ", ".join(f"{part} {pair[0]}" for part, pair in changed.items())
        found = ", ".join(f"{part} {pair[1]}" for part, pair in changed.items())
        return Mismatch(was, found, final=True)

    return compare(match, pairs)


def _user_of(administrator: Administrator, bot: str) -> ApplicationUser | None:
    users = administrator.application_users()
    return next((user for user in users if user.bot == bot), None)


def _user(*, disabled: bool) -> Matcher[ApplicationUser | None]:
    expected = f"{'a disabled' if disabled else 'an enabled'} application user for the bot"

    def match(user: ApplicationUser | None) -> Mismatch | None:
        if user is None:
            return Mismatch(expected, "none")
        if user.disabled is not disabled:
            return Mismatch(expected, f"{user.name}, {'disabled' if user.disabled else 'enabled'}")
        return None

    return match


def _nobody(user: ApplicationUser | None) -> Mismatch | None:
    if user is None:
        return None
    return Mismatch("no application user for the bot", user.name, final=True)
