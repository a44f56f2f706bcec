"""Is a target reachable, is it configured, what does it support: `handoff doctor --target FILE`.

The failures that nobody announces are what it looks for: a widget that is unknown, a page with the
wrong embed code, a bot that is not published, connected elsewhere or in a pull workstream, a role,
licence or extension that is missing (docs/doctor.md). Every finding is one sentence that says what
to do.
"""

from harness.doctor.examining import examine, main, report
from harness.doctor.findings import Condition, Finding, condition

__all__ = ["Condition", "Finding", "condition", "examine", "main", "report"]
