"""Evidence: what a scenario leaves behind, without its secrets, for people and for Allure."""

from harness.evidence.redaction import SECRETS
from harness.evidence.report import Report, canaries, open_report

__all__ = ["SECRETS", "Report", "canaries", "open_report", "redact"]

redact = SECRETS.redact
