"""What a bot's connection must be (CON, DIS)."""

from __future__ import annotations

from harness.errors import Refused
from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch
from harness.protocol.portal import ApplicationUser, Connection, ConnectionState
from harness.protocol.roles import Administrator, Maker


@check
def is_connected(maker: Maker) -> Mismatch | None:
    """The portal shows the bot as connected."""
    return eventually(maker.connection, _stands(ConnectionState.CONNECTED))


@check
def is_disconnected(maker: Maker) -> Mismatch | None:
    """The portal shows the bot as disconnected."""
    return eventually(maker.connection, _stands(ConnectionState.DISCONNECTED))


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
