"""The catalogue of faults, each killed by the check that it names; one module a group.

A fault belongs to an organisation (switched by the control surface) or to the process (`--fault
NAME`). The code that deviates asks `Faults.deviates(NAME)`, which remembers that it was reached: a
fault whose code never ran proves nothing. Columns as design section 4 gives them.
"""

from __future__ import annotations

from harness.reference.faults import (
    connection,
    desk,
    embedding,
    escalation,
    inactivity,
    voice,
)
from harness.reference.faults.fault import Fault

GROUPS = (connection, desk, embedding, escalation, inactivity, voice)

CATALOGUE: dict[str, Fault] = {fault.name: fault for group in GROUPS for fault in group.ROWS}
