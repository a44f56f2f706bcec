"""The two-sided ledger: what customer and desk said, and what each of them was shown of it."""

from harness.ledger.book import Account, Book, Look, Said, Talk, View
from harness.ledger.findings import Reconciled, reconciled
from harness.ledger.listening import NotedAgent, NotedCustomer, NotedSupervisor
from harness.ledger.rows import Finding, Kind, Row

__all__ = [
    "Account",
    "Book",
    "Finding",
    "Kind",
    "Look",
    "NotedAgent",
    "NotedCustomer",
    "NotedSupervisor",
    "Reconciled",
    "Row",
    "Said",
    "Talk",
    "View",
    "reconciled",
]
