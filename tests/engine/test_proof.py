"""A fault is killed only by the check that it names, and a proof holds while nothing changes."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import msgspec
import pytest

from harness import layout
from harness.errors import UsageError
from harness.proof import faults, kills, proof
from harness.proof.faults import Fault
from harness.proof.kills import Kill, State
from harness.record import Mismatch, ScenarioRecord
from harness.reference.faults import CATALOGUE
from harness.verdict import Verdict

FAULT = Fault("lost", "ESC-29", "customers.sees_line", "any", "organisation", "It is lost.")
PATH = "features/escalation/transfer.feature"
GREEN = ScenarioRecord(
    id=f"{PATH}::Heard[api]",
    path=PATH,
    line=1,
    area="escalation",
    feature="Transfer",
    scenario="Heard",
    verdict=Verdict.PASS,
    driver="api",
)
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
    path.write_text(proof.written(judged([GREEN, RED]), layout.ROOT))
    assert proof.holding(path, [FAULT]) == {"ESC-29"}
    assert proof.holding(path, None) == {"ESC-29"}


def test_a_changed_or_new_fault_ends_a_proof(tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    path.write_text(proof.written(judged([GREEN, RED]), layout.ROOT))
    other = Fault("lost", "ESC-29", "customers.sees_line", "any", "process", "")
    new = Fault("late", "ESC-29", "customers.sees_line", "any", "organisation", "")
    assert proof.holding(path, [other]) == frozenset()
    assert proof.holding(path, [FAULT, new]) == frozenset()


def test_a_fault_that_was_not_killed_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    path.write_text(proof.written(judged([GREEN]), layout.ROOT))
    assert proof.holding(path, [FAULT]) == frozenset()


@pytest.mark.parametrize("content", [None, "", "{}", '{"steps": "old", "faults": {}}', "[]"])
def test_an_absent_or_stale_proof_proves_nothing(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "proof.json"
    if content is not None:
        path.write_text(content)
    assert proof.holding(path, []) == frozenset()


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
