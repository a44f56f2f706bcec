"""The voice actions of Classic, as redirects to reserved dialogs (hand-off-specification 7.2).

In the product they are built-in topics of the telephony extension, to which a node redirects with
an input for the destination. How their dialogs are called there is not documented: these ids are
ours. The names of the actions and of their inputs are the product's, casing included.
"""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "telephony.topic."


@dataclass(frozen=True, slots=True)
class VoiceAction:
    """A voice action: its name in the menu, its input's name or None, whether it runs here."""

    name: str
    input: str | None
    runs: bool = False


HANG_UP = f"{PREFIX}HangUp"
SEND_UNINTERRUPTIBLE = f"{PREFIX}SendUninterruptibleVoiceMessage"

ACTIONS = {
    HANG_UP: VoiceAction("Hang up", None, runs=True),
    SEND_UNINTERRUPTIBLE: VoiceAction(
        "Send uninterruptible voice message", "UninterruptibleMessage", runs=True
    ),
    f"{PREFIX}SetSurveyConsent": VoiceAction("Set survey consent", "surveyConsent"),
    f"{PREFIX}SetCustomerLocale": VoiceAction(
        "Set customer locale and handoff to Omnichannel for Customer Service", "customerLocale"
    ),
    f"{PREFIX}TransferToPhoneNumber": VoiceAction(
        "Transfer the call to a different phone number", "TargetPhoneNumber"
    ),
}
