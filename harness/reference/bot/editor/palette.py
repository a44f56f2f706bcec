"""What the topic editor offers and what it calls it, by generation: data (spec 5.1 and 6.1)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.protocol.conversations import Generation


@dataclass(frozen=True, slots=True)
class Offer:
    """An action that a menu of `(+)` offers: its label there, and what it begins as."""

    label: str
    yaml: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu below `(+)`; the one without a title is `(+)` itself."""

    title: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Palette:
    """Everything that one generation's editor offers; `triggers` are kinds to change to."""

    menus: tuple[Menu, ...]
    triggers: tuple[str, ...] = ()
    transfer: str = "Transfer conversation"
    prefix: str = "Global"


@dataclass(frozen=True, slots=True)
class Control:
    """How a key of an action is edited; `needs` is what stands beside it once it has a value."""

    key: str
    label: str
    is_long: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    needs: tuple[tuple[str, str], ...] = ()


PHRASES = "OnRecognizedIntent"
INACTIVITY = "OnInactivity"

TRIGGERS = {
    PHRASES: "Phrases",
    "OnActivity": "Activity received",
    "OnRedirect": "Redirect",
    INACTIVITY: "Inactivity",
    "OnConversationStart": "Conversation Start",
    "OnEscalate": "Escalate",
    "OnError": "On Error",
    "OnSelectIntent": "On Select Intent",
    "OnSignIn": "On Sign In",
    "OnSystemRedirect": "On Redirect",
    "OnUnknownIntent": "On Unknown Intent",
}
"""What a kind of trigger is called; any other is shown by its kind."""

ACTIONS = {
    "SendActivity": "Message",
    "Question": "Question",
    "ConditionGroup": "Condition",
    "SetVariable": "Set variable value",
    "BeginDialog": "Go to another topic",
    "EndDialog": "End current topic",
    "EndConversation": "End conversation",
    "GotoAction": "Go to step",
}
"""What a kind of action is called on the canvas; any other is shown by its kind."""

IDENTIFIED = (
    ("StringPrebuiltEntity", "User's entire response"),
    ("BooleanPrebuiltEntity", "Boolean"),
    ("NumberPrebuiltEntity", "Number"),
    ("EmailPrebuiltEntity", "Email"),
    ("PhoneNumberPrebuiltEntity", "Phone number"),
)
_TO_AGENT = (("transferType.kind", "TransferToAgent"),)
CONTROLS = {
    "SendActivity": (Control("activity", "Message", is_long=True),),
    "Question": (
        Control("prompt", "Question", is_long=True),
        Control("entity", "Identify", choices=IDENTIFIED),
        Control("variable", "Save response as"),
    ),
    "SetVariable": (Control("variable", "Set variable"), Control("value", "To value")),
    "BeginDialog": (Control("dialog", "Topic"),),
    "TransferConversationV2": (
        Control(
            "transferType.messageToAgent", "Private message to agent", is_long=True, needs=_TO_AGENT
        ),
    ),
    "GotoAction": (Control("actionId", "Step"),),
}
"""What can be edited of a kind of action without its YAML."""

DURATIONS = (
    (60, "1 minute"),
    (120, "2 minutes"),
    (300, "5 minutes"),
    (600, "10 minutes"),
    (900, "15 minutes"),
    (1_200, "20 minutes"),
    (1_800, "30 minutes"),
    (3_600, "1 hour"),
    (7_200, "2 hours"),
    (86_400, "1 day"),
)
"""The dropdown `Value` of an inactivity trigger: seconds and what they are called."""

SYSTEM = (
    "Activity.Channel",
    "Activity.ChannelId",
    "Activity.Text",
    "Bot.Name",
    "Conversation.Id",
    "Conversation.InTestMode",
    "LastMessage.Text",
    "User.Language",
)
"""Variables on the tab `System` of `Select a variable`."""

VALUES = {
    "System.Activity.Channel": (
        ("directline", "Direct Line"),
        ("facebook", "Facebook"),
        ("msteams", "Microsoft Teams"),
        ("Omnichannel", "Omnichannel"),
        ("telephony", "Telephony"),
        ("pva-studio", "Test your bot"),
    )
}
"""The values that are known of a variable."""

OPERATORS = (("=", "is equal to"), ("<>", "is not equal to"))

BLANK = """\
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  id: main
  intent:
    triggerQueries: []
  actions: []
"""
"""What `From blank` gives: a topic that starts from phrases (INA-20)."""

_BASIC = (
    Offer("Send a message", "{kind: SendActivity, activity: ''}"),
    Offer(
        "Ask a question",
        "{kind: Question, variable: init:Topic.Var1, prompt: '', entity: StringPrebuiltEntity}",
    ),
    Offer(
        "Add a condition",
        "{kind: ConditionGroup, conditions: [{condition: =true, actions: []}], elseActions: []}",
    ),
)
_SET = Offer("Set a variable value", "{kind: SetVariable, variable: Topic.Var1, value: }")
_REDIRECT = Offer("Go to another topic", "{kind: BeginDialog, dialog: ''}")
_END = Offer("End conversation", "{kind: EndConversation}")
_TRANSFER = "{kind: TransferConversationV2, transferType: {kind: TransferToAgent}}"

_OLDER = Palette(
    menus=(
        Menu("", (*_BASIC, _REDIRECT)),
        Menu("Variable management", (_SET,)),
        Menu("End the conversation", (Offer("Transfer to agent", _TRANSFER),)),
    ),
    transfer="Transfer to agent",
    prefix="bot",
)
PALETTES = {
    Generation.PREVIEW: _OLDER,
    Generation.CLASSIC: _OLDER,
    Generation.WEB_APP: Palette(
        menus=(
            Menu("", _BASIC),
            Menu("Variable management", (_SET,)),
            Menu(
                "Topic management",
                (
                    _REDIRECT,
                    Offer("End current topic", "{kind: EndDialog}"),
                    _END,
                    Offer("Transfer conversation", _TRANSFER),
                ),
            ),
        ),
        triggers=(PHRASES, "OnActivity", "OnRedirect", INACTIVITY),
    ),
}
