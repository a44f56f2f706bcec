"""The rules of connecting, without store and clock: who, for what not, what changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState
from harness.reference.clock import START
from harness.reference.domain import connections, preconditions
from harness.reference.domain.bots import Bot, BotConnection, BotUser
from harness.reference.domain.connections import REDESIGN, Surroundings
from harness.reference.domain.desk import SecurityRole
from harness.reference.domain.environments import Environment, Extension, Licence, provisioned
from harness.reference.domain.errors import (
    ApplicationIdMalformed,
    ApplicationNotRegistered,
    BotNameTooLong,
    DomainError,
    DuplicateBotAppId,
    EnvironmentMismatch,
    ExtensionMissing,
    InsufficientRole,
    LicenceMissing,
    OmnichannelNotProvisioned,
    RegionMismatch,
)
from harness.reference.domain.preconditions import Attempt
from tests.reference.builders import bot, conforms

HOME = provisioned(Environment("env-1", "Production", "Europe"))
OTHER = Environment("env-2", "Development", "Europe")
ABROAD = provisioned(Environment("env-3", "Overseas", "Asia"))
GUID = "77777777-8888-4999-8aaa-bbbbbbbbbbbb"
PREVIEW, CLASSIC, WEB_APP = Generation


# who ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("generation", "roles"),
    [
        (PREVIEW, [SecurityRole.OMNICHANNEL_ADMINISTRATOR]),
        (CLASSIC, [SecurityRole.SYSTEM_ADMINISTRATOR]),
        (WEB_APP, [SecurityRole.OC_ADMIN, SecurityRole.BOT_AUTHOR]),
    ],
)
def test_connecting_needs_all_roles_of_the_generation(
    generation: Generation, roles: list[SecurityRole]
) -> None:
    subject = bot(generation=generation)
    connections.refuse_connector(subject, tuple(roles), conforms)
    for missing in roles:
        others = tuple(role for role in SecurityRole if role is not missing)
        with pytest.raises(InsufficientRole, match=str(missing)):
            connections.refuse_connector(subject, others, conforms)
        ignores = connections.ROLE_FAULTS[generation][0].__eq__
        connections.refuse_connector(subject, others, ignores)


# for what not -------------------------------------------------------------------------------------


def attempt(
    generation: Generation = CLASSIC, own: Environment = HOME, chosen: Environment = HOME
) -> Attempt:
    subject = bot(generation=generation, environment=own.id)
    application = GUID if connections.needs_application(generation) else ""
    return Attempt(subject, own, chosen, application)


def refusal(subject: Attempt, *faults: str) -> DomainError | None:
    return preconditions.refusal(subject, lambda name: name in faults)


@pytest.mark.parametrize("generation", Generation)
def test_nothing_is_in_the_way_where_everything_is_there(generation: Generation) -> None:
    assert refusal(attempt(generation)) is None


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("x" * 29, False),
        ("x" * 30, False),
        ("x" * 31, True),
        ("🏔" * 30, False),
        ("🏔" * 31, True),
        ("e\u0301" * 15, False),
        ("e\u0301" * 15 + "x", True),
        (" " + "x" * 29 + " ", True),
    ],
)
def test_a_name_is_counted_in_code_points_in_the_web_app_alone(name: str, refused: bool) -> None:
    found = refusal(replace(attempt(WEB_APP), bot=bot(name)))
    assert isinstance(found, BotNameTooLong) is refused
    assert not found or found.code is None
    for other in (PREVIEW, CLASSIC):
        assert refusal(replace(attempt(other), bot=bot(name, generation=other))) is None


@pytest.mark.parametrize(
    ("fault", "name", "own", "refused"),
    [
        ("connect_accepts_any_name", "x" * 31, HOME, False),
        ("connect_refuses_long_names", "x" * 29, HOME, True),
        ("connect_refuses_long_names", "x" * 28, HOME, False),
        ("connect_ignores_environment", "x", OTHER, False),
    ],
)
def test_deviations_of_the_preconditions(
    fault: str, name: str, own: Environment, refused: bool
) -> None:
    subject = replace(attempt(WEB_APP, own), bot=bot(name, environment=own.id))
    assert (refusal(subject, fault) is not None) is refused


def test_the_web_app_needs_omnichannel_where_the_bot_is() -> None:
    assert isinstance(refusal(attempt(WEB_APP, OTHER)), EnvironmentMismatch)
    assert isinstance(refusal(attempt(WEB_APP, OTHER, OTHER)), EnvironmentMismatch)
    assert refusal(attempt(WEB_APP, ABROAD, ABROAD)) is None


def test_classic_needs_omnichannel_in_the_same_region() -> None:
    near = provisioned(replace(OTHER, id="env-4", region=" EUROPE "))
    assert refusal(attempt(CLASSIC, OTHER, HOME)) is None
    assert refusal(attempt(CLASSIC, HOME, near)) is None
    assert isinstance(refusal(attempt(CLASSIC, HOME, ABROAD)), RegionMismatch)
    assert refusal(attempt(PREVIEW, HOME, ABROAD)) is None, "a caution, no refusal"
    for generation in (PREVIEW, CLASSIC):
        found = refusal(attempt(generation, HOME, OTHER))
        assert isinstance(found, OmnichannelNotProvisioned)
        assert ("trial" in str(found)) is (generation is CLASSIC)


@pytest.mark.parametrize("generation", Generation)
def test_each_licence_is_looked_for_where_it_counts(generation: Generation) -> None:
    add_in = Licence.OMNICHANNEL if generation is PREVIEW else Licence.CHAT
    for lost in (Licence.BOTS, add_in):
        some = tuple(licence for licence in Licence if licence is not lost)
        place = replace(HOME, licences=some)
        found = refusal(attempt(generation, place, place))
        assert isinstance(found, LicenceMissing)
        assert lost in str(found)
    enough = replace(HOME, licences=(Licence.BOTS, add_in))
    assert refusal(attempt(generation, enough, enough)) is None
    apart = replace(HOME, licences=(add_in,))
    if generation is CLASSIC:
        assert refusal(attempt(generation, OTHER, apart)) is None


def test_the_preview_alone_needs_an_extension() -> None:
    bare = replace(HOME, extensions=())
    text = replace(HOME, extensions=(Extension.OMNICHANNEL,))
    assert isinstance(refusal(attempt(PREVIEW, bare, HOME)), ExtensionMissing)
    assert refusal(attempt(PREVIEW, text, bare)) is None, "it counts where the bot is"
    assert refusal(attempt(CLASSIC, bare, bare)) is None
    assert refusal(attempt(WEB_APP, bare, bare)) is None


@pytest.mark.parametrize(
    "written", [GUID, GUID.upper(), f"  {GUID}\n", f"{{{GUID}}}", f" {{{GUID.upper()}}} "]
)
def test_an_application_id_is_read_however_it_is_pasted(written: str) -> None:
    assert preconditions.application_id(written, conforms) == GUID


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "x", GUID.replace("-", ""), GUID[:-1], GUID + "0", "urn:uuid:" + GUID),
        *(GUID.replace("7", "７"), "g" + GUID[1:], "{" + GUID, GUID + "}", f"{GUID} {GUID}"),
    ],
)
def test_what_is_no_application_id_is_refused_before_anything_else(written: str) -> None:
    with pytest.raises(ApplicationIdMalformed) as refused:
        preconditions.application_id(written, conforms)
    assert refused.value.code is None


def test_an_application_must_be_registered_and_free() -> None:
    assert isinstance(refusal(replace(attempt(), registered=False)), ApplicationNotRegistered)
    holder = bot("Other", id="other", generation=CLASSIC)
    found = refusal(replace(attempt(), holder=holder))
    assert isinstance(found, DuplicateBotAppId)
    assert (found.code, found.word, found.details) == (
        1004,
        "ApplicationIdInUse",
        {"conflictingBotId": "other"},
    )


def test_an_application_is_unique_to_the_bot_or_to_the_environment() -> None:
    other = bot(id="other", connection=BotConnection(environment="env-1", application=GUID))
    for generation, elsewhere in ((PREVIEW, False), (CLASSIC, True)):
        subject = bot(generation=generation)
        assert preconditions.is_used_twice(subject, other, "env-1", conforms)
        assert preconditions.is_used_twice(subject, other, "env-2", conforms) is elsewhere
        own = replace(other, id=subject.id)
        assert not preconditions.is_used_twice(subject, own, "env-1", conforms)


# what each step changes ---------------------------------------------------------------------------


def connect(subject: Bot, application: str = "", *faults: str) -> Bot:
    return connections.connected(subject, HOME, application, START, lambda name: name in faults)


def test_connecting_makes_an_enabled_user_and_counts() -> None:
    once = connect(bot())
    user = once.connection.user
    assert once.connection.state is ConnectionState.CONNECTED
    assert user
    assert not user.disabled
    assert user.application, "the web app registers one itself"
    assert (once.connection.application, once.teams_channel) == ("", False)
    assert connections.is_intact(once)
    assert not connections.is_intact(connect(bot(), "", "connect_creates_no_user"))


@pytest.mark.parametrize("generation", [PREVIEW, CLASSIC])
def test_connecting_switches_the_teams_channel_on(generation: Generation) -> None:
    once = connect(bot(generation=generation), GUID)
    assert (once.teams_channel, once.connection.environment) == (True, HOME.id)
    assert once.connection.user
    assert once.connection.user.application == GUID
    assert not connections.is_intact(replace(once, teams_channel=False))


def test_connecting_again_enables_the_same_user_unless_the_application_is_another() -> None:
    first = connect(bot(generation=CLASSIC), GUID)
    gone = connections.disconnected(first, conforms)
    assert gone.connection.user
    assert gone.connection.user.disabled
    again = connect(gone, GUID)
    assert again.connection.user == first.connection.user
    assert again.connection.connects == 2
    other = connect(gone, GUID.replace("7", "6")).connection.user
    assert other
    assert other.id != gone.connection.user.id
    web = connect(bot())
    assert connect(connections.disconnected(web, conforms)).connection.user == web.connection.user


def test_the_preview_leaves_nothing_behind_when_it_disconnects() -> None:
    gone = connections.disconnected(connect(bot(generation=PREVIEW), GUID), conforms).connection
    assert gone.state is ConnectionState.DISCONNECTED
    assert (gone.user, gone.application, gone.environment) == (None, "", "")


def test_deviations_of_connecting_and_disconnecting() -> None:
    assert connect(bot(), "", "connect_creates_no_user").connection.user is None
    kept = connections.disconnected(
        connect(bot()), lambda name: name == "disconnect_keeps_user_enabled"
    )
    assert kept.connection.user
    assert not kept.connection.user.disabled


def test_a_connection_of_before_november_2021_looks_unconfigured_until_it_is_seen() -> None:
    old = REDESIGN - timedelta(microseconds=1)
    for generation, made, shows in (
        (CLASSIC, old, True),
        (CLASSIC, REDESIGN, False),
        (PREVIEW, old, False),
        (WEB_APP, old, False),
    ):
        subject = connections.connected(bot(generation=generation), HOME, GUID, made, conforms)
        assert connections.displays_as_new(subject) is shows
        seen = replace(subject, connection=replace(subject.connection, seen=True))
        assert not connections.displays_as_new(seen)
        assert not connections.displays_as_new(connections.disconnected(subject, conforms))


def warns(subject: Bot, own: Environment) -> bool:
    return connections.lacks_recommended(subject, own, conforms)


def test_classic_warns_of_extensions_once_the_pane_was_opened() -> None:
    text = replace(OTHER, extensions=(Extension.OMNICHANNEL,))
    opened = BotConnection(ConnectionState.PANE_OPEN)
    subject = bot(generation=CLASSIC, connection=opened)
    assert warns(subject, OTHER)
    assert warns(subject, text), "voice needs the other two"
    assert not warns(subject, HOME)
    assert not warns(bot(generation=CLASSIC), OTHER)
    for other in (PREVIEW, WEB_APP):
        assert not warns(replace(subject, generation=other), OTHER)


def test_analytics_are_lost_between_environments_of_classic() -> None:
    for generation, kept in ((PREVIEW, True), (CLASSIC, False), (WEB_APP, True)):
        subject = connect(bot(generation=generation, environment=OTHER.id), GUID)
        assert connections.has_analytics(subject, conforms) is kept
        assert connections.has_analytics(replace(subject, environment=HOME.id), conforms)


# whether it works ---------------------------------------------------------------------------------


def code(
    subject: Bot, own: Environment = HOME, home: Environment = HOME, fault: str = ""
) -> object:
    return connections.trouble(subject, Surroundings(own, home), lambda name: name == fault)


@pytest.mark.parametrize(
    ("state", "user", "version", "fault", "expected"),
    [
        (ConnectionState.CONNECTED, True, 1, "", None),
        (ConnectionState.CONNECTED, False, 1, "", 2013),
        (ConnectionState.DISABLED, True, 1, "", 2013),
        (ConnectionState.ENVIRONMENT_SELECTED, True, 1, "", 2013),
        (ConnectionState.DISCONNECTED, True, 1, "", 2013),
        (ConnectionState.DISCONNECTED, True, 1, "disconnected_bot_answers", None),
        (ConnectionState.DISCONNECTED, True, 0, "", 2013),
        (ConnectionState.CONNECTED, True, 0, "", 2009),
        (ConnectionState.CONNECTED, True, 0, "unpublished_bot_answers", None),
    ],
)
def test_a_bot_that_cannot_answer_has_a_code(
    state: ConnectionState, user: bool, version: int, fault: str, expected: int | None
) -> None:
    connection = BotConnection(state, BotUser("u", "n") if user else None, 1, environment=HOME.id)
    assert code(bot(version=version, connection=connection), fault=fault) == expected


@pytest.mark.parametrize("generation", Generation)
def test_everything_that_a_connection_depends_on_is_needed_for_an_answer(
    generation: Generation,
) -> None:
    works = connect(bot(generation=generation), GUID)
    channel = connections.needs_application(generation)
    assert code(works) is None
    disabled = BotUser("u", "n", disabled=True)
    broken = replace(works, connection=replace(works.connection, user=disabled))
    assert code(broken) == 2013
    assert code(replace(works, teams_channel=False)) == (2013 if channel else None)
    assert code(works, ABROAD, ABROAD) == 2013, "the desk is elsewhere"
    assert code(works, home=replace(HOME, omnichannel=False)) == 2013
    assert code(works, home=replace(HOME, licences=(Licence.BOTS,))) == 2013
    assert code(works, own=replace(HOME, licences=())) == 2013
    bare = replace(HOME, extensions=())
    assert code(works, bare, bare) == (2013 if generation is PREVIEW else None)


def test_each_failure_says_what_to_do() -> None:
    bare = Environment("env-9", "Bare", "Europe", licences=())
    subject = bot(generation=PREVIEW)
    told = list(connections.failures(subject, Surroundings(bare, bare), conforms))
    assert len(told) == 8
    assert all(text.endswith(".") for text in told)
