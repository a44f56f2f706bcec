"""What must hold of every escalation: each variable reaches the agent as the bot set it.

No step calls this. The engine does, once a scenario's own steps have passed.
"""

from __future__ import annotations

from harness.expect.checks import check, compare
from harness.expect.matching import Mismatch
from harness.ledger.fidelity import Escalation


@check
def is_faithful(escalation: Escalation) -> Mismatch | None:
    """Nothing is lost, altered (in value or type) or invented, neither on the wire nor at the desk.

    Each variable is named with what it was before and after the hop.
    """
    return compare(_faithful, escalation)


def _faithful(escalation: Escalation) -> Mismatch | None:
    if not escalation.wrong:
        return None
    return Mismatch("every variable as it was set", "; ".join(escalation.wrong), final=True)
