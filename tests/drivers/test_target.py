"""A target's file: every key is known, every mistake is named with the nearest right word."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from harness import layout
from harness.cast import Cast
from harness.durations import duration, said
from harness.errors import Inconclusive, NotApplicable, NotReachable, TargetInvalid
from harness.launch import Launch
from harness.protocol.conversations import Generation
from harness.target import KEYS, Target, Waits, load

MINIMAL = 'schema = 1\nname = "t"\nkind = "deployment"\ngeneration = "classic"\n'


def written(folder: Path, more: str = "", text: str = MINIMAL) -> str:
    path = folder / "mine.toml"
    path.write_text(text + more, "utf-8")
    return str(path)


def test_the_smallest_file_is_enough(tmp_path: Path) -> None:
    target = load(written(tmp_path))
    assert (target.name, target.kind, target.generation) == ("t", "deployment", Generation.CLASSIC)
    assert target.drivers("agent") == ("none",)
    assert target.waits == Waits(timedelta(seconds=5), timedelta(0))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("capabilites = []", "unknown key capabilites; did you mean capabilities?"),
        ("[roles]\ncustomr = 'api'", r"\[roles\] customr; did you mean customer\?"),
        ("[addresses]\norg_uri = ''", r"\[addresses\] org_uri; did you mean org_url\?"),
        ("[waits]\ndeliver = '1 second'", r"\[waits\] deliver; did you mean delivery\?"),
        ("[waits]\ndelivery = 5", "write it like '5 minutes 30 seconds'"),
        ("[roles]\nagent = 'wigdet'", "cannot be 'wigdet'; did you mean widget?"),
        ("capabilities = ['voyce']", "cannot be 'voyce'; did you mean voice?"),
        ("roles = 3", r"\[roles\] must be a table"),
        ("= broken", "Invalid"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, more: str, says: str) -> None:
    with pytest.raises(TargetInvalid, match=says.replace("?", r"\?").replace(r"\\?", r"\?")) as bad:
        load(written(tmp_path, more))
    assert "mine.toml" in str(bad.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MINIMAL.replace("schema = 1", "schema = 2"), "schema = 1 is the one that is known"),
        (MINIMAL.replace("deployment", "tenant"), "kind cannot be 'tenant'"),
        (MINIMAL.replace("classic", "clasic"), "did you mean classic"),
        (MINIMAL.replace('generation = "classic"\n', ""), "generation is missing"),
    ],
)
def test_a_wrong_word_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(TargetInvalid, match=says):
        load(written(tmp_path, text=text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TargetInvalid, match=r"none\.toml"):
        load(str(tmp_path / "none.toml"))


def test_a_name_that_nobody_knows() -> None:
    with pytest.raises(TargetInvalid, match="there are example-tenant, reference"):
        load("referense")


def test_the_bundled_targets_can_be_read() -> None:
    assert load("reference").generations == (
        Generation.WEB_APP,
        Generation.CLASSIC,
        Generation.PREVIEW,
    )
    assert load("example-tenant").drivers("agent") == ("none",)


def test_the_example_documents_every_key() -> None:
    text = (layout.TARGETS / "example-tenant.toml").read_text("utf-8")
    lines = text.splitlines()
    commented = [line[2:] for line in lines if line.startswith("# ") and " = " in line]
    named = {line.split("=")[0].strip() for line in [*lines, *commented] if "=" in line}
    tables = {line.strip("[]") for line in lines if line.startswith("[") and "=" not in line}
    assert {key for keys in KEYS.values() for key in keys} <= named | tables
    tomllib.loads(text)


def test_secrets_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN_OF_BEN", "t-1")
    monkeypatch.delenv("TOKEN_OF_SAM", raising=False)
    more = (
        "[addresses]\norg_url='https://o.test'\norg_id='o'\napp_id='a'\n"
        "[secrets]\nBen='TOKEN_OF_BEN'\nSam='TOKEN_OF_SAM'\n"
    )
    organisation = load(written(tmp_path, more)).organisation()
    [ben] = organisation.accounts
    assert (ben.name, ben.token) == ("Ben", "t-1")
    assert "t-1" not in repr(organisation)


def test_a_deployment_without_its_addresses_cannot_be_judged(tmp_path: Path) -> None:
    with pytest.raises(Inconclusive, match="org_url, org_id, app_id"):
        load(written(tmp_path)).organisation()


def deployment(tmp_path: Path, more: str) -> Cast:
    addresses = "[addresses]\norg_url='https://o.test'\norg_id='o'\napp_id='a'\n"
    return Cast(load(written(tmp_path, addresses + more)), Generation.CLASSIC)


def test_a_role_that_nobody_can_play_is_not_applicable(tmp_path: Path) -> None:
    with pytest.raises(NotApplicable, match="nobody to play the agent"):
        deployment(tmp_path, "").agent("Ben")


def test_a_driver_that_is_reserved_is_not_applicable(tmp_path: Path) -> None:
    with pytest.raises(NotApplicable, match="asked is not supported yet"):
        deployment(tmp_path, "[roles]\nagent='ask'").agent("Ben")


def test_a_person_without_a_token_cannot_be_judged(tmp_path: Path) -> None:
    more = "[roles]\nagent='api'\n[secrets]\nBen='HANDOFF_NO_SUCH_VARIABLE'"
    with pytest.raises(Inconclusive, match="set HANDOFF_NO_SUCH_VARIABLE"):
        deployment(tmp_path, more).agent("Ben")


def test_a_real_clock_waits_within_its_budget_and_not_beyond(tmp_path: Path) -> None:
    cast = deployment(tmp_path, "[waits]\nreal_time_budget='1 second'")
    cast.time_passes(timedelta(0))
    with pytest.raises(NotApplicable, match=r"5 minutes would have to pass.*budget is 1 second"):
        cast.time_passes(timedelta(minutes=5))


def test_a_reference_that_does_not_start_says_why() -> None:
    launch = Launch(store="nonsense://")
    with pytest.raises(NotReachable, match="did not start"):
        launch.ready()


def test_an_address_goes_to_another_process() -> None:
    handed = {
        "url": "https://127.0.0.1:1",
        "ca": "/ca.pem",
        "control": "https://127.0.0.1:1/control",
    }
    target = load("reference").at(handed)
    target.start()
    assert target.ready() == handed
    assert isinstance(target, Target)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1 minute", 60),
        ("29 minutes 59 seconds", 1799),
        ("1 hour 1 second", 3601),
        ("0 seconds", 0),
    ],
)
def test_durations_are_read_and_said(text: str, seconds: int) -> None:
    assert duration(text) == timedelta(seconds=seconds)
    assert duration(said(duration(text))) == duration(text)


@pytest.mark.parametrize("text", ["", "5", "five minutes", "PT5M", "5 minutes and 1 second"])
def test_other_words_are_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        duration(text)


def test_a_secret_in_the_file_is_refused_and_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    path.write_text(
        "schema=1\nname='t'\nkind='deployment'\ngeneration='web-app'\n[secrets]\nBen='eyJhbGciOi.Jh.x'\n"
    )
    with pytest.raises(TargetInvalid, match="such as HANDOFF_TOKEN_BEN") as refused:
        load(str(path))
    assert "eyJ" not in str(refused.value)
