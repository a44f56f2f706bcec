"""What handing over needs, by generation (hand-off-specification 1.2 and 7.7)."""

from __future__ import annotations

from collections.abc import Mapping

from harness.protocol.conversations import Generation

CONNECTORS: Mapping[Generation, tuple[str, ...]] = {
    Generation.PREVIEW: ("Omnichannel administrator",),
    Generation.CLASSIC: ("System Administrator",),
    Generation.WEB_APP: ("OC_Admin", "Bot Author"),
}
"""The roles, all of them, of whoever connects a bot."""

AGENT = "Omnichannel agent"
"""The role of who works at the desk, the bot's application user included."""

BOTS = "Power Virtual Agents"
"""The licence of the environment that has the bot."""

DESK: Mapping[Generation, str] = {
    Generation.PREVIEW: "Omnichannel for Customer Service",
    Generation.CLASSIC: "Chat Add-in for Dynamics 365 Customer Service",
    Generation.WEB_APP: "Chat Add-in for Dynamics 365 Customer Service",
}
"""The licence of the environment that has the desk."""

TEXT_EXTENSION = "Omnichannel Power Virtual Agents extension"
VOICE_EXTENSIONS = (
    "Power Virtual Agents telephony extension",
    "Omnichannel Voice Power Virtual Agents extension",
)

LONGEST_NAME = 30
"""Code points of the name of a bot that the web app connects (2.5: 30 is a reading)."""

WORDS: Mapping[Generation, str] = {
    Generation.PREVIEW: "the preview of 2021",
    Generation.CLASSIC: "Classic",
    Generation.WEB_APP: "the web app",
}
"""How a sentence calls a generation."""
