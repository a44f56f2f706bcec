"""A record of a scenario that passed, for tests of what is made of records."""

from __future__ import annotations

from harness.record import ScenarioRecord
from harness.verdict import Verdict

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
    generation="web-app",
)
