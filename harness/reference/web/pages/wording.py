"""What each generation calls the parts of its portal (specification 1.2); data."""

from __future__ import annotations

from dataclasses import dataclass

from harness.protocol.conversations import Generation


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one generation; without `connect`: not modelled."""

    menu: str
    tile: str
    view: str
    connect: str = ""
    disconnect: str = ""


WORDS = {
    Generation.PREVIEW: Words(
        "Transfer to agent",
        "Dynamics 365 Omnichannel for Customer Service",
        "Go to Omnichannel",
    ),
    Generation.CLASSIC: Words("Agent transfers", "Omnichannel", "View details in Omnichannel"),
    Generation.WEB_APP: Words(
        "Agent transfers", "Omnichannel", "View in Omnichannel", "Connect", "Disconnect"
    ),
}
