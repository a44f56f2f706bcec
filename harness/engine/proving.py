"""`handoff prove`: one pytest session with every fault, then the kill table and `proof.json`."""

from __future__ import annotations

import argparse

import pytest

from harness import layout
from harness.engine import command as running
from harness.errors import Inconclusive


def prove(given: argparse.Namespace) -> int:
    """Run the faults; 0 when each was killed by the check that it names."""
    command = running.Command()
    usual = "all" if given.search or given.paths else "again"
    asked = ",".join(given.fault or [usual])
    own = [f"--prove={asked}", f"--report={given.report}", "-W", "ignore"]
    own += [f"--green={given.green}"] if given.green else []
    status = pytest.main([*running.arguments(given), *own], plugins=[command])
    if command.interrupted:
        return running.INTERRUPTED
    if command.collected_badly:
        return running.USAGE
    if command.results is None:
        return running.code_of(status)
    return _conclude(given, command)


def _conclude(given: argparse.Namespace, command: running.Command) -> int:
    # Loaded when the session is over: pytest must load pytest-bdd before anybody else.
    from harness.proof import cover, kills, proof  # noqa: PLC0415

    results = command.results
    if results is None or not results.faults:
        raise Inconclusive(f"target {given.target} has no faults: nothing can be proven with it")
    ran = {record.path for record in results.records}
    records = [*(green for green in results.greens if green.path in ran), *results.records]
    tried = kills.trials(results.faults, records)
    found = kills.kills(results.faults, tried)
    if given.paths:
        found = [kill for kill in found if kill.record]
    if not found:
        paths = " ".join(map(str, given.paths))
        raise Inconclusive(f"no fault has a scenario in {paths}; --fault NAME names a fault")
    never_red = [] if given.fault else kills.unkilled(tried, records)
    (given.report / "kills.md").write_text(kills.table(found), encoding="utf-8")
    path = given.proof or layout.PROOF
    known = cover.within(results.cover, tried, results.root)
    if asked_for_all(given) and (given.proof or not known):
        path.write_text(proof.written(found, tried, results.root), encoding="utf-8")
        print(f"proof: {path}")
    print(f"kill table: {given.report / 'kills.md'}")
    print("\n".join(kills.told(found, never_red)))
    is_proven = all(kill.is_proof for kill in found) and not never_red
    if not is_proven and results.cover.trials:
        print(
            "tried where faults were noticed last time; `handoff prove --search` tries everywhere"
        )
    return running.CONFORMANT if is_proven else running.FAILED


def asked_for_all(given: argparse.Namespace) -> bool:
    """Whether this is the whole proof: a part of it must not overwrite the file."""
    return not given.fault and not given.paths
