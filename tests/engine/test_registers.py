"""Requirements, tags, expected failures and verdicts: small tables that much rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import layout, requirements, tags
from harness.errors import RegisterInvalid, UnknownRequirement, UnregisteredTag
from harness.verdict import Verdict, worst

ROW = "  - {id: %s, sentence: It MUST, level: must, basis: seed}\n"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "written"


def test_the_shipped_register_is_read() -> None:
    register = requirements.read(layout.REGISTER)
    assert len(register) > 200
    assert not register["ESC-01"].is_soft
    assert register["CON-05"].is_soft
    assert register["VOI-11"].profile == "voice"
    assert register.nearest("esc-001") == "ESC-01"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "requirements: {",
        "requirements:\n  - 5\n",
        "requirements:\n  - {id: A}\n",
        "requirements:\n" + ROW % "A" + ROW % "A",
        "requirements:\n  - {id: A, sentence: s, level: perhaps, basis: seed}\n",
    ],
)
def test_a_register_that_cannot_be_read_says_where(written: Path, text: str) -> None:
    written.write_text(text)
    with pytest.raises(RegisterInvalid, match="written"):
        requirements.read(written)


def test_tags_name_requirements_and_generations() -> None:
    assert tags.requirements_of(["req:B-2", "web-app", "req:A-1"]) == ("A-1", "B-2")
    assert tags.generations_of(["classic", "voice"]) == ("classic",)
    assert tags.generations_of([]) == ("preview", "classic", "web-app")


def test_tags_that_nobody_declared_are_refused() -> None:
    register = requirements.read(layout.REGISTER)
    tags.hold("here", ["req:ESC-01", "web-app", "mine"], register, ["mine"])
    with pytest.raises(UnregisteredTag, match=r"here: .*@webapp.*@web-app"):
        tags.hold("here", ["webapp"], register, [])
    with pytest.raises(UnknownRequirement, match="ESC-99"):
        tags.hold("here", ["req:ESC-99"], register, [])


def test_the_worst_verdict_counts() -> None:
    assert worst([]) is None
    assert worst([Verdict.PASS, Verdict.NOT_APPLICABLE]) is Verdict.PASS
    assert worst([Verdict.ERROR, Verdict.FAIL, Verdict.PASS]) is Verdict.FAIL
    assert worst([Verdict.WARNING, Verdict.INCONCLUSIVE]) is Verdict.INCONCLUSIVE


def test_red_and_judged_are_told_apart() -> None:
    assert [v for v in Verdict if v.is_red] == [Verdict.INCONCLUSIVE, Verdict.ERROR, Verdict.FAIL]
    assert [v for v in Verdict if v.is_judged] == [
        Verdict.PASS,
        Verdict.WARNING,
        Verdict.EXPECTED_FAILURE,
        Verdict.FAIL,
    ]
