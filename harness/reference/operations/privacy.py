"""Private data that is hidden before anybody else sees it (docs C13).

The published client hides what customers write before it sends it; what another client sent as it
was, and what agents write, is hidden here. Hiding twice is hiding once.
"""

from __future__ import annotations

from harness.reference.domain import masking
from harness.reference.operations import widgets
from harness.reference.operations.organisations import Organisation


def of_customer(organisation: Organisation, text: str) -> str:
    """What a customer wrote, as it is kept."""
    return masking.masked(text, masking.for_customers(widgets.of(organisation)))


def of_agent(organisation: Organisation, text: str) -> str:
    """What an agent wrote, as it is kept."""
    return masking.masked(text, masking.for_agents(widgets.of(organisation)))
