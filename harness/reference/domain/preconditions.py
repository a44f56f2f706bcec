"""What a bot cannot be connected for: F1 to F8 of specification 2.4, by generation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.protocol.conversations import Generation
from harness.reference.domain import connections
from harness.reference.domain.bots import Bot
from harness.reference.domain.connections import Deviates, faithful
from harness.reference.domain.environments import (
    Environment,
    Extension,
    Licence,
    share_region,
)
from harness.reference.domain.errors import (
    ApplicationIdMalformed,
    ApplicationNotRegistered,
    BotNameTooLong,
    DomainError,
    DuplicateBotAppId,
    EnvironmentMismatch,
    ExtensionMissing,
    LicenceMissing,
    NotConnectable,
    OmnichannelNotProvisioned,
    RegionMismatch,
)

LONGEST_NAME = 30
"""Code points; 31 fail, 29 pass, and what 30 do is our reading (specification 2.5)."""

GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Attempt:
    """What deciding about a commit needs: the bot, where it is, where Omnichannel is.

    In the web app `chosen` is the bot's environment if Omnichannel is there, else the desk's.
    `application` is an Application (client) ID as `application_id` reads it, empty in the web app;
    `holder` is another bot that has it already.
    """

    bot: Bot
    own: Environment
    chosen: Environment
    application: str = ""
    registered: bool = True
    holder: Bot | None = None


def application_id(written: str, deviates: Deviates = faithful) -> str:
    """An Application (client) ID in lower case, without braces; raises ApplicationIdMalformed."""
    text = written.strip()
    if not text and deviates("no_application_is_needed"):
        return ""
    if text.startswith("{") and text.endswith("}"):
        text = text[1:-1]
    capitals = text != text.lower() and deviates("capitals_are_malformed")
    known = GUID.fullmatch(text) is not None
    if capitals or not (known or deviates("malformed_applications_are_looked_up")):
        raise ApplicationIdMalformed(
            f"{written[:50]!r} is no Application (client) ID. That is a GUID: 8-4-4-4-12"
            " hexadecimal digits. Copy it from the overview of the app registration in Azure."
        )
    return text.lower()


def is_used_twice(bot: Bot, other: Bot, environment: str, deviates: Deviates = faithful) -> bool:
    """Whether another bot that has the same application is in the way (CON-06 to CON-08)."""
    if other.id == bot.id:
        return deviates("own_application_counts_as_used")
    if bot.generation is Generation.CLASSIC:
        return not deviates("classic_shares_applications")
    if other.connection.environment != environment:
        return deviates("applications_are_unique_everywhere")
    return not deviates("preview_shares_applications")


# Why a bot cannot be connected, in the order in which it is looked at


def refuse_environment(bot: Bot, own: Environment, chosen: Environment, deviates: Deviates) -> None:
    """Raises OmnichannelNotProvisioned, RegionMismatch for one that cannot be chosen (F4, F7)."""
    if not chosen.omnichannel:
        invites = bot.generation is Generation.CLASSIC and not deviates("no_trial_is_offered")
        trial = " Begin a trial of Omnichannel there, or choose another."
        raise OmnichannelNotProvisioned(
            f"Omnichannel is not provisioned in the environment {chosen.name!r}."
            f"{trial if invites else ' Choose another.'}"
        )
    classic = bot.generation is Generation.CLASSIC
    if classic and own.id != chosen.id and deviates("classic_wants_one_environment"):
        raise EnvironmentMismatch(f"{bot.name!r} is in another environment than {chosen.name!r}.")
    apart = classic and not share_region(own, chosen)
    if apart and not deviates("regions_do_not_matter"):
        raise RegionMismatch(
            f"{bot.name!r} is in the region {own.region}, Omnichannel in {chosen.region};"
            " both must be in one region. Choose another environment."
        )


def refusal(attempt: Attempt, deviates: Deviates) -> DomainError | None:
    """Why a bot cannot be connected; None when it can."""
    looks = _LOOKS if connections.needs_application(attempt.bot.generation) else _LOOKS_OF_WEB_APP
    try:
        for look in looks:
            look(attempt, deviates)
    except DomainError as refused:
        return refused
    return None


def _refuse_name(attempt: Attempt, deviates: Deviates) -> None:
    name = attempt.bot.name
    length = len(name)
    if name != name.strip() and deviates("names_are_trimmed"):
        length = len(name.strip())
    if length > LONGEST_NAME and not deviates("connect_accepts_any_name"):
        raise BotNameTooLong(
            f"The name {name!r} has {length} characters; {LONGEST_NAME} are allowed. Rename it."
        )
    if length == LONGEST_NAME and deviates("name_of_30_is_half_connected"):
        raise BotNameTooLong(f"The name {name!r} has {length} characters.")
    if LONGEST_NAME > length >= LONGEST_NAME - 1 and deviates("connect_refuses_long_names"):
        raise BotNameTooLong(f"The name {name!r} has {length} characters.")


def _refuse_elsewhere(attempt: Attempt, deviates: Deviates) -> None:
    own, chosen = attempt.own, attempt.chosen
    there = own.id == chosen.id and own.omnichannel
    if not there and not deviates("connect_ignores_environment"):
        raise EnvironmentMismatch(
            f"{attempt.bot.name!r} is in {own.name!r}, where Omnichannel is not provisioned;"
            " both must be in one environment. Provision it there, or put the bot where it is."
        )


def _refuse_unregistered(attempt: Attempt, deviates: Deviates) -> None:
    if not attempt.registered and not deviates("unregistered_applications_are_taken"):
        raise ApplicationNotRegistered(
            f"No app registration has the Application (client) ID {attempt.application}."
            " Register an application in Azure first, and copy its id."
        )


def _refuse_duplicate(attempt: Attempt, deviates: Deviates) -> None:
    if attempt.holder is None:
        return
    duplicate = DuplicateBotAppId(
        f"The Application ID {attempt.application} is in use by the bot"
        f" {attempt.holder.name!r}. Use the id of another app registration.",
        attempt.holder.id,
    )
    if deviates("duplicate_has_no_code"):
        duplicate.code = None
    raise duplicate


def _refuse_place(attempt: Attempt, deviates: Deviates) -> None:
    refuse_environment(attempt.bot, attempt.own, attempt.chosen, deviates)


def _refuse_unlicensed(attempt: Attempt, deviates: Deviates) -> None:
    missing = connections.lacking_licences(attempt.bot, attempt.own, attempt.chosen)
    others = {Licence.OMNICHANNEL, Licence.CHAT} & {*attempt.chosen.licences}
    if missing and others and deviates("any_licence_of_omnichannel_will_do"):
        missing = [licence for licence in missing if licence is Licence.BOTS]
    if missing and not deviates("licences_do_not_matter"):
        raise LicenceMissing(
            f"{attempt.bot.name!r} cannot be connected without the licence {' and '.join(missing)}."
            " Assign it in the Power Platform admin centre."
        )


def _refuse_unextended(attempt: Attempt, deviates: Deviates) -> None:
    lacks = connections.lacks_extension(attempt.bot, attempt.own)
    if lacks and not deviates("preview_needs_no_extension"):
        raise ExtensionMissing(
            f"{Extension.OMNICHANNEL!s} is not installed in the environment {attempt.own.name!r}."
            " Install it there first."
        )


def _refuse_wrongly(attempt: Attempt, deviates: Deviates) -> None:
    """The deviations that refuse what has to be taken."""
    bot, own = attempt.bot, attempt.own
    incomplete = set(Extension) - {*own.extensions}
    wrong = {
        "unpublished_bot_is_refused": not bot.version,
        "a_warning_blocks_the_connection": bool(incomplete),
        "preview_wants_every_extension": bool(incomplete),
        "every_licence_is_wanted": bool(set(Licence) - {*own.licences}),
    }
    for fault, holds in wrong.items():
        if holds and deviates(fault):
            raise NotConnectable(f"{bot.name!r} cannot be connected.")


_LOOKS = (
    _refuse_wrongly,
    _refuse_unregistered,
    _refuse_duplicate,
    _refuse_place,
    _refuse_unlicensed,
    _refuse_unextended,
)
_LOOKS_OF_WEB_APP = (_refuse_wrongly, _refuse_name, _refuse_elsewhere, _refuse_unlicensed)
