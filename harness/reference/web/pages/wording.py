"""What each generation calls the parts of its portal (specification 1.2, 2 and 8); data.

One set of templates shows all generations: an empty word is a part that a generation does not have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from harness.protocol.conversations import Generation


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one generation, in the order in which a maker meets them.

    `begin` is the first action and `commit` the one that connects; `managed` is the tile below
    which a connection is managed once it is made, empty where that is the same tile.
    """

    menu: str
    tile: str
    about: str
    begin: str
    commit: str
    view: str
    disconnect: str
    managed: str = ""
    privacy: str = ""
    caution: str = ""
    acknowledge: str = ""
    environment: str = ""
    choose: str = ""
    trial: str = ""
    register: str = ""
    application: str = ""
    disable: str = ""
    refresh: str = ""
    voice: str = ""
    teams: str = ""


HINT = "A GUID, such as 11111111-2222-4333-8444-555555555555."
"""What the box of the application's id takes."""

WORDS = {
    Generation.PREVIEW: Words(
        menu="Transfer to agent",
        tile="Dynamics 365 Omnichannel for Customer Service",
        about="Agents of Dynamics 365 take over from the bot in live chat.",
        managed="Dynamics 365 Omnichannel Customer Engagement",
        privacy=(
            "When you go on, you agree that this bot stores information about its users and sends"
            " it to the Omnichannel for Customer Service that you connect it to."
        ),
        caution=(
            "User information may leave the country or region in which it was given. Make sure"
            " that you keep to the data sovereignty laws that hold for your organisation."
        ),
        acknowledge="I have read this and acknowledge it",
        begin="Next",
        application="Application (client) ID",
        environment="Environment",
        commit="Next",
        view="Go to Omnichannel",
        disconnect="Disconnect",
        teams="Microsoft Teams channel",
    ),
    Generation.CLASSIC: Words(
        menu="Agent transfers",
        tile="Omnichannel",
        about="Agents of Dynamics 365 Customer Service take over in chats and calls.",
        begin="Enable",
        environment="Environment",
        choose="See the environment this bot is connected to",
        trial="Begin a trial",
        register="See how to register a new Application ID",
        application="Application ID",
        commit="Add your bot",
        view="View details in Omnichannel",
        disconnect="Disconnect bot",
        disable="Disable",
        refresh="Refresh",
        voice="Enable voice",
        teams="Microsoft Teams channel",
    ),
    Generation.WEB_APP: Words(
        menu="Agent transfers",
        tile="Omnichannel",
        about="Agents of Dynamics 365 Customer Service take over in live chat.",
        begin="Connect",
        commit="Connect",
        view="View in Omnichannel",
        disconnect="Disconnect",
    ),
}

DEVIATIONS: dict[str, dict[str, str]] = {
    "tile_misnamed": {"tile": "Live chat"},
    "tile_of_preview_misnamed": {"tile": "Live chat"},
    "first_action_misnamed": {"begin": "Start"},
    "caution_left_out": {"caution": ""},
    "link_into_omnichannel_misnamed": {"view": "Open"},
    "registration_not_explained": {"register": ""},
    "application_box_misnamed": {"application": "Key"},
    "box_of_preview_misnamed": {"application": "Key"},
    "managing_misnamed": {
        "disconnect": "Remove",
        "disable": "Pause",
        "refresh": "Update",
        "view": "Open",
    },
    "web_app_offers_refresh": {"refresh": "Refresh"},
    "preview_disconnects_elsewhere": {"managed": ""},
}
"""What a fault (harness.reference.faults) calls a part instead; an empty word takes it away."""


def words(generation: Generation, deviates: Callable[[str], bool]) -> Words:
    """The words that makers read, as far as no fault changes one."""
    chosen = WORDS[generation]
    for fault, others in DEVIATIONS.items():
        if deviates(fault):
            chosen = replace(chosen, **others)
    return chosen
