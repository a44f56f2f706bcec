"""A fault is killed only by the check that it names, and a proof holds while nothing changes."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import msgspec
import pytest

from harness import layout
from harness.errors import UsageError
from harness.proof import cover, faults, kills, places, proof
from harness.proof.cover import Cover
from harness.proof.faults import Fault
from harness.proof.kills import Kill, State
from harness.record import Mismatch, ScenarioRecord
from harness.reference.faults import CATALOGUE
from harness.verdict import Verdict
from tests.engine.records import GREEN, PATH

FAULT = Fault("lost", "ESC-29", "customers.sees_line", "any", "organisation", "It is lost.")
RED = msgspec.structs.replace(
    GREEN,
    id=f"{PATH}::Heard[api-lost]",
    verdict=Verdict.FAIL,
    fault="lost",
    fault_reached=True,
    mismatches=(Mismatch("customers.sees_line", "nothing"),),
)
OTHER = (Mismatch("conversations.is_open", "closed"),)


def judged(records: list[ScenarioRecord]) -> list[Kill]:
    return kills.kills([FAULT], kills.trials([FAULT], records))


def proven(records: list[ScenarioRecord]) -> str:
    return proof.written(judged(records), kills.trials([FAULT], records), layout.ROOT)


def changed(record: ScenarioRecord, **changes: object) -> ScenarioRecord:
    return msgspec.structs.replace(record, **changes)


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ([GREEN, RED], State.KILLED),
        ([RED, GREEN], State.KILLED),
        ([GREEN, changed(RED, verdict=Verdict.WARNING)], State.KILLED),
        ([GREEN], State.NO_SCENARIO),
        ([RED], State.NOT_GREEN),
        ([changed(GREEN, verdict=Verdict.WARNING), RED], State.NOT_GREEN),
        ([GREEN, changed(RED, fault_reached=False)], State.NOT_REACHED),
        ([GREEN, changed(RED, verdict=Verdict.PASS, mismatches=())], State.SURVIVED),
        ([GREEN, changed(RED, mismatches=OTHER)], State.OTHER_CHECK),
        ([GREEN, changed(RED, verdict=Verdict.ERROR, mismatches=())], State.BROKEN),
        ([GREEN, changed(RED, verdict=Verdict.INCONCLUSIVE)], State.BROKEN),
        ([GREEN, changed(RED, fault_reached=False), RED], State.KILLED),
    ],
)
def test_a_fault_is_killed_by_its_check_alone(records: list[ScenarioRecord], state: State) -> None:
    [kill] = judged(records)
    assert kill.state is state
    assert kill.is_proof is (state is State.KILLED)


def test_the_kill_table_reads() -> None:
    found = judged([GREEN, RED])
    assert "| lost | ESC-29 | It is lost. | customers.sees_line | killed |" in kills.table(found)
    assert list(kills.told(found, [])) == ["1 of 1 faults killed by the check that they name"]


def test_a_survivor_is_told() -> None:
    found = judged([GREEN, changed(RED, verdict=Verdict.PASS, mismatches=())])
    assert next(kills.told(found, [])) == "lost (ESC-29, customers.sees_line): survived"


@pytest.mark.parametrize(
    ("customer", "tags", "driver", "about"),
    [
        ("any", (), "api", True),
        ("any", (), "widget", False),
        ("any", ("widget",), "widget", True),
        ("any", (), "", True),
        ("any", ("portal",), "portal", True),
        ("any", (), "portal", False),
        ("any", ("portal", "api"), "api", True),
        ("portal", (), "portal", True),
        ("portal", (), "api", False),
        ("widget", (), "widget", True),
        ("widget", (), "api", False),
        ("api", (), "api", True),
    ],
)
def test_a_fault_is_tried_with_its_customer(
    customer: str, tags: tuple[str, ...], driver: str, about: bool
) -> None:
    fault = Fault("lost", "ESC-29", "customers.sees_line", customer, "organisation", "")
    assert fault.is_about(("ESC-29",), tags, driver) is about
    assert not fault.is_about(("ESC-30",), tags, driver)


def test_a_proof_holds_while_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    path.write_text(proven([GREEN, RED]))
    assert proof.holding(path, [FAULT]) == {"ESC-29"}
    assert proof.holding(path, None) == {"ESC-29"}


def test_a_changed_or_new_fault_ends_a_proof(tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    path.write_text(proven([GREEN, RED]))
    other = Fault("lost", "ESC-29", "customers.sees_line", "any", "process", "")
    new = Fault("late", "ESC-29", "customers.sees_line", "any", "organisation", "")
    assert proof.holding(path, [other]) == frozenset()
    assert proof.holding(path, [FAULT, new]) == frozenset()


def test_a_fault_that_was_not_killed_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    path.write_text(proven([GREEN]))
    assert proof.holding(path, [FAULT]) == frozenset()


STALE = '{"schema": 2, "steps": "old", "features": {}, "faults": {}}'


@pytest.mark.parametrize("content", [None, "", "{}", STALE, "[]", '{"schema": 1}'])
def test_an_absent_or_stale_proof_proves_nothing(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "proof.json"
    if content is not None:
        path.write_text(content)
    assert proof.holding(path, []) == frozenset()
    assert proof.cover(path, [FAULT]) == Cover()


HEARD = "escalation/transfer.feature::Heard"
AGAIN = changed(GREEN, id=f"{PATH}::Again[api]", scenario="Again")
AGAIN_RED = changed(RED, id=f"{PATH}::Again[api-lost]", scenario="Again")


def test_a_proof_is_repeated_by_few_of_its_trials() -> None:
    late = Fault("late", "ESC-29", "customers.sees_line", "any", "organisation", "")
    records = [GREEN, AGAIN, RED, AGAIN_RED]
    records += [changed(record, fault="late") for record in (RED, AGAIN_RED)]
    tried = kills.trials([FAULT, late], records)
    again = "escalation/transfer.feature::Again"
    assert cover.least(tried, layout.ROOT) == {"lost": [HEARD], "late": [again]}
    assert cover.least(tried[:2], layout.ROOT) == {"lost": [HEARD, again]}


def test_a_cover_spares_what_others_show_and_nothing_new(tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    path.write_text(proven([GREEN, RED]))
    known = proof.cover(path, [FAULT])
    assert not known.spares("lost", HEARD)
    assert not known.spares("lost", "escalation/transfer.feature::New")
    assert not known.spares("new", HEARD)
    both = Cover({"lost": frozenset({HEARD}), "late": frozenset({"x"})}, frozenset({HEARD, "x"}))
    assert both.spares("late", HEARD)


def test_a_proof_that_was_repeated_is_known(tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    path.write_text(proven([GREEN, RED]))
    known = proof.cover(path, [FAULT])
    assert cover.within(known, kills.trials([FAULT], [GREEN, RED]), layout.ROOT)
    more = kills.trials([FAULT], [GREEN, RED, AGAIN, AGAIN_RED])
    assert not cover.within(known, more, layout.ROOT)


def test_a_changed_feature_is_tried_as_if_nobody_knew_it(tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    old = proof.digest(layout.FEATURES / "escalation/transfer.feature")
    path.write_text(proven([GREEN, RED]).replace(old, "0123456789abcdef"))
    assert proof.cover(path, [FAULT]) == Cover()


def test_a_place_has_the_row_of_its_examples() -> None:
    row = changed(RED, example={"generation": "classic", "to": "a queue"})
    assert places.of(row, layout.ROOT) == f"{HEARD}[classic-a queue]"
    assert places.file(HEARD) == layout.FEATURES / "escalation/transfer.feature"


def test_faults_are_chosen_by_name() -> None:
    assert faults.chosen([FAULT], "all") == [FAULT]
    assert faults.chosen([FAULT], "lost") == [FAULT]
    with pytest.raises(UsageError, match="found"):
        faults.chosen([FAULT], "lost,found")


def test_a_scenario_that_no_fault_turns_red_is_told() -> None:
    never = changed(GREEN, id=f"{PATH}::Never red[api]", scenario="Never red")
    records = [GREEN, RED, never, changed(RED, scenario="Never red", verdict=Verdict.PASS)]
    tried = kills.trials([FAULT], records)
    never_red = kills.unkilled(tried, records)
    assert never_red == [never]
    told = list(kills.told(kills.kills([FAULT], tried), never_red))
    assert told[0] == f"{never.id}: no fault makes it fail by the check that the fault names"
    assert told[1] == "1 of 1 faults killed by the check that they name"


@pytest.mark.parametrize("verdict", [Verdict.WARNING, Verdict.EXPECTED_FAILURE])
def test_a_scenario_that_is_red_by_itself_can_fail(verdict: Verdict) -> None:
    red = changed(GREEN, verdict=verdict, mismatches=OTHER)
    assert kills.unkilled([], [red]) == []
    assert kills.unkilled([], [GREEN]) == [GREEN]


def test_one_driver_that_fails_speaks_for_the_scenario() -> None:
    widget = changed(GREEN, id=f"{PATH}::Heard[widget]", driver="widget")
    records = [GREEN, widget, RED]
    assert kills.unkilled(kills.trials([FAULT], records), records) == []


def test_the_proof_that_is_shipped_holds_for_all_that_is_claimed() -> None:
    """After a change of a feature, a step or a fault: `make prove`, and commit what it writes."""
    rows = [faults.Fault(**asdict(fault)) for fault in CATALOGUE.values()]
    claimed = set[str]()
    for path in layout.FEATURES.rglob("*.feature"):
        claimed |= set(re.findall(r"@req:([A-Z]+-\d+)", path.read_text(encoding="utf-8")))
    assert proof.holding(layout.PROOF, rows) == claimed
