"""What moving a bot between environments must do, and what Power Apps must show of it (ALM)."""

from __future__ import annotations

from collections.abc import Sequence

from harness.errors import Refused
from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch
from harness.protocol.lifecycle import Layer, Solution
from harness.protocol.portal import Connection
from harness.protocol.roles import Lifecycle, Maker

NOTICE = "cannotDetermine"
"""The portal cannot tell whether the integration of a moved bot is on (specification 2.7)."""


@check
def shows_notice(maker: Maker) -> Mismatch | None:
    """The bot's connection carries the notice that its state cannot be determined."""
    return eventually(maker.connection, _noticed(shown=True))


@check
def hides_notice(maker: Maker) -> Mismatch | None:
    """The bot's connection carries no such notice."""
    return eventually(maker.connection, _noticed(shown=False))


@check
def offers_command(commands: Sequence[str], label: str) -> Mismatch | None:
    """`More commands` of the bot's component has this one (ALM-07)."""

    def match(found: Sequence[str]) -> Mismatch | None:
        shown = ", ".join(found) or "no command"
        return None if label in found else Mismatch(f"the command {label!r}", shown)

    return compare(match, commands)


@check
def offers_for_unmanaged(layers: Sequence[Layer], label: str) -> Mismatch | None:
    """Selecting the unmanaged layer offers this (ALM-11)."""

    def match(found: Sequence[Layer]) -> Mismatch | None:
        offered = [each.offers for each in found if not each.managed]
        if any(label in offers for offers in offered):
            return None
        shown = "; ".join(", ".join(offers) or "nothing" for offers in offered)
        return Mismatch(f"{label!r} for the unmanaged layer", shown or "no unmanaged layer")

    return compare(match, layers)


@check
def leads_to(lifecycle: Lifecycle, environment: str, bot: str) -> Mismatch | None:
    """From the environment through its solutions one comes to the one that holds the bot."""
    expected = f"a solution that holds the bot {bot}"

    def match(found: Solution | None) -> Mismatch | None:
        return Mismatch(expected, "none") if found is None else None

    try:
        listed = lifecycle.solutions(environment)
    except Refused as refused:
        return Mismatch(expected, f"no way there ({refused})")
    return compare(match, holding(listed, bot))


def holding(listed: Sequence[Solution], bot: str) -> Solution | None:
    """The first of the solutions that holds the bot; None when no one does (ALM-10)."""
    return next((one for one in listed if any(part.id == bot for part in one.components)), None)


def _noticed(*, shown: bool) -> Matcher[Connection]:
    expected = f"{'the' if shown else 'no'} notice that Omnichannel cannot be determined"

    def match(connection: Connection) -> Mismatch | None:
        notice = connection.notice
        found = notice is not None and notice.id == NOTICE
        if found is shown:
            return None
        return Mismatch(expected, notice.text if notice else "no notice")

    return match
