"""What connecting refuses, step by step, in a whole organisation; then nothing has changed."""

from __future__ import annotations

from uuid import uuid4

import pytest

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState
from harness.reference.domain.errors import (
    AnalyticsUnavailable,
    ApplicationIdMalformed,
    ApplicationNotRegistered,
    BotNameTooLong,
    DomainError,
    DuplicateBotAppId,
    EnvironmentMismatch,
    ExtensionMissing,
    InsufficientRole,
    NotFound,
    NotOffered,
    OmnichannelNotProvisioned,
    RegionMismatch,
)
from harness.reference.domain.transitions import Verb
from harness.reference.operations import (
    analytics,
    connecting,
    makers,
)
from harness.reference.operations.makers import Changes
from harness.reference.operations.organisations import World
from harness.reference.operations.plans import PlannedEnvironment
from tests.reference.test_transitions import cells
from tests.reference.workshop import CLASSIC, PREVIEW, WEB_APP, Workshop

BARE = PlannedEnvironment("Production", extensions=())


# every state and verb -----------------------------------------------------------------------------


@pytest.mark.parametrize(("generation", "state", "verb", "outcome"), cells())
def test_every_step_of_the_table_and_no_other(
    world: World, generation: Generation, state: ConnectionState, verb: Verb, outcome: str
) -> None:
    shop = Workshop(world, generation)
    shop.brought(state)
    before = shop.kept()
    selected = verb is Verb.CONNECT and state is ConnectionState.ENVIRONMENT_SELECTED
    given = shop.register() if selected else ""
    if outcome not in tuple(ConnectionState):
        with pytest.raises(DomainError) as refused:
            shop.do(verb, given)
        assert type(refused.value).__name__ == outcome
        assert shop.kept() == before, "nothing has changed"
        return
    assert shop.do(verb, given)["state"] == outcome
    once = shop.kept()
    assert once.connection.state == outcome
    if state == outcome and verb is not Verb.REFRESH:
        assert once == before, "repeating changes nothing"


@pytest.mark.parametrize(
    ("generation", "state", "told"),
    [
        (PREVIEW, ConnectionState.DISCONNECTED, ["enable", "environment"]),
        (CLASSIC, ConnectionState.NOT_CONFIGURED, ["enable"]),
        (CLASSIC, ConnectionState.ENVIRONMENT_SELECTED, ["environment", "trial", "connect"]),
        (CLASSIC, ConnectionState.DISABLED, ["enable", "disconnect"]),
        (WEB_APP, ConnectionState.DISCONNECTED, ["connect"]),
    ],
)
def test_what_leads_on_is_shown(
    world: World, generation: Generation, state: ConnectionState, told: list[str]
) -> None:
    shop = Workshop(world, generation)
    shop.brought(state)
    assert shop.shown()["next"] == told


# F1 to F12 ----------------------------------------------------------------------------------------


def test_f1_a_long_name_is_refused_and_leaves_no_user(web_shop: Workshop) -> None:
    web_shop.new("x" * 31)
    with pytest.raises(BotNameTooLong) as refused:
        web_shop.go()
    assert refused.value.code is None
    assert web_shop.shown()["application_user"] is None
    web_shop.rename("short")
    assert web_shop.go()["state"] == "connected", "retried without cleaning up"
    web_shop.rename("x" * 60)
    assert web_shop.go()["state"] == "connected", "what is connected stays so"


def test_f2_every_step_needs_the_connectors_role(shop: Workshop) -> None:
    enough = {PREVIEW: "Olga", CLASSIC: "Pia", WEB_APP: "Mia"}[shop.organisation.generation]
    for who in {"Noah", "Olga", "Pia", "Ben", "Sam"} - {enough}:
        for verb in Verb:
            with pytest.raises(InsufficientRole):
                shop.do(verb, "x", who)
    shop.new()
    assert shop.go(who=enough)["state"] == "connected", "and nothing more"
    with pytest.raises(InsufficientRole):
        connecting.read(shop.organisation, shop.user("Ben"), shop.id)


def test_f3_the_web_app_needs_one_environment_for_both(web_shop: Workshop) -> None:
    web_shop.new(place=web_shop.place())
    with pytest.raises(EnvironmentMismatch):
        web_shop.go()
    with pytest.raises(NotFound):
        web_shop.alter(environment="nowhere")
    web_shop.alter(environment=web_shop.place("Production"))
    assert web_shop.go()["environment_name"] == "Production"


def test_f3_classic_connects_between_environments_without_analytics(classic_shop: Workshop) -> None:
    organisation, olga = classic_shop.organisation, classic_shop.user("Olga")
    first = classic_shop.id
    assert analytics.in_omnichannel(organisation, olga, first)["total"] == 0
    classic_shop.new(place=classic_shop.place())
    shown = classic_shop.go()
    assert (shown["state"], shown["analytics_available"]) == ("connected", False)
    with pytest.raises(AnalyticsUnavailable):
        analytics.in_omnichannel(organisation, olga, classic_shop.id)
    with pytest.raises(InsufficientRole):
        analytics.in_omnichannel(organisation, classic_shop.user("Ben"), first)


def test_f4_regions_must_match_in_classic_alone(world: World) -> None:
    for generation in (PREVIEW, CLASSIC):
        shop = Workshop(world, generation)
        asia = shop.provide("Overseas", "Asia")
        shop.new()
        shop.do(Verb.ENABLE)
        if generation is PREVIEW:
            assert shop.do(Verb.CHOOSE, asia)["environment_name"] == "Overseas"
            continue
        with pytest.raises(RegionMismatch):
            shop.do(Verb.CHOOSE, asia)
        shop.do(Verb.CHOOSE)
        shop.change(shop.place("Production"), region="Asia")
        shop.change(shop.place("Overseas"), region="Europe")
        makers.change(shop.organisation, shop.user("Mia"), shop.id, Changes(environment=asia))
        with pytest.raises(RegionMismatch):
            shop.do(Verb.CONNECT, shop.register())
        assert shop.now_is() is ConnectionState.ENVIRONMENT_SELECTED, "to be tried again"


def test_f5_an_application_of_another_bot_is_1004(classic_shop: Workshop) -> None:
    first = classic_shop.id
    taken = classic_shop.shown()["application_id"]
    classic_shop.new()
    for written in (taken, taken.upper(), f"{{{taken}}}"):
        with pytest.raises(DuplicateBotAppId) as refused:
            classic_shop.go(written)
        assert (refused.value.code, refused.value.bot) == (1004, first)
    assert classic_shop.kept().connection.user is None
    other = classic_shop.id
    classic_shop.id = first
    classic_shop.do(Verb.DISCONNECT)
    classic_shop.id = other
    with pytest.raises(DuplicateBotAppId):
        classic_shop.do(Verb.CONNECT, taken)
    assert classic_shop.do(Verb.CONNECT, classic_shop.register())["state"] == "connected"


def test_f5_the_preview_counts_an_application_for_each_environment(preview_shop: Workshop) -> None:
    taken = preview_shop.shown()["application_id"]
    elsewhere = preview_shop.provide("North")
    preview_shop.new()
    with pytest.raises(DuplicateBotAppId):
        preview_shop.go(taken)
    preview_shop.do(Verb.CHOOSE, elsewhere)
    assert preview_shop.do(Verb.CONNECT, taken)["application_id"] == taken
    preview_shop.id = preview_shop.bot().id
    preview_shop.do(Verb.DISCONNECT)
    preview_shop.new("Third")
    assert preview_shop.go(taken)["state"] == "connected", "it is free again"


def test_f5_a_bots_own_former_application_is_no_duplicate(classic_shop: Workshop) -> None:
    before = classic_shop.shown()
    classic_shop.do(Verb.DISCONNECT)
    shown = classic_shop.go(before["application_id"])
    assert shown["application_user"] == before["application_user"]


def test_f6_an_application_id_is_a_guid_of_a_registered_application(classic_shop: Workshop) -> None:
    classic_shop.new()
    for written in ("", "no guid"):
        with pytest.raises(ApplicationIdMalformed):
            classic_shop.go(written or " ")
    with pytest.raises(ApplicationIdMalformed):
        connecting.connect(classic_shop.organisation, classic_shop.user("Mia"), classic_shop.id)
    with pytest.raises(ApplicationNotRegistered):
        classic_shop.go(str(uuid4()))
    assert classic_shop.kept().connection.application == ""


def test_the_web_app_asks_for_no_application(web_shop: Workshop) -> None:
    with pytest.raises(NotOffered):
        web_shop.do(Verb.CONNECT, web_shop.register())


def test_f7_an_environment_without_omnichannel_invites_to_a_trial(classic_shop: Workshop) -> None:
    place = classic_shop.place()
    classic_shop.new(place=place)
    classic_shop.do(Verb.ENABLE)
    with pytest.raises(OmnichannelNotProvisioned, match="trial"):
        classic_shop.do(Verb.CHOOSE, place)
    assert classic_shop.shown()["next"] == ["environment", "trial"]
    assert classic_shop.kept().connection.user is None
    classic_shop.do(Verb.TRIAL, place)
    classic_shop.do(Verb.TRIAL, place)
    classic_shop.do(Verb.CHOOSE, place)
    shown = classic_shop.do(Verb.CONNECT, classic_shop.register())
    assert (shown["environment"], shown["warnings"]) == (place, [])
    classic_shop.do(Verb.DISCONNECT)
    with pytest.raises(NotFound):
        classic_shop.do(Verb.TRIAL, "nowhere")


def test_a_commit_looks_at_the_environment_again(preview_shop: Workshop) -> None:
    preview_shop.new()
    preview_shop.do(Verb.ENABLE)
    preview_shop.do(Verb.CHOOSE)
    preview_shop.change(preview_shop.place("Production"), omnichannel=False)
    with pytest.raises(OmnichannelNotProvisioned):
        preview_shop.do(Verb.CONNECT, preview_shop.register())


def test_f8_missing_extensions_warn_in_classic_and_block_the_preview(world: World) -> None:
    for generation in Generation:
        shop = Workshop(world, generation, environments=(BARE,))
        shop.new()
        assert shop.shown()["warnings"] == []
        if generation is PREVIEW:
            with pytest.raises(ExtensionMissing):
                shop.go()
            continue
        shown = shop.go()
        told = [(warning["id"], warning["severity"]) for warning in shown["warnings"]]
        assert told == ([("missingExtensions", "warning")] if generation is CLASSIC else [])
