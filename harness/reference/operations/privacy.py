"""Private data that is hidden before anybody else sees it (docs C13).

The published client hides what customers write before it sends it; what another client sent as it
was, and what agents write, is hidden here. Hiding twice is hiding once. What a card submits is data
for the bot that asked: the client leaves it as it is, and so does this.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.reference.domain import masking, rich
from harness.reference.operations import widgets
from harness.reference.operations.organisations import Organisation


def of_customer(organisation: Organisation, text: str, metadata: Mapping[str, str]) -> str:
    """What a customer wrote, as it is kept."""
    if rich.submitted(text, metadata) is not None:
        return text
    return masking.masked(text, masking.for_customers(widgets.of(organisation)))


def of_agent(organisation: Organisation, text: str) -> str:
    """What an agent wrote, as it is kept."""
    return masking.masked(text, masking.for_agents(widgets.of(organisation)))
