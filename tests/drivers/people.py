"""People who see what a test tells them to see: real values behind the roles' questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from harness.errors import Refused
from harness.protocol.conversations import (
    Assignee,
    Call,
    CallEvent,
    ContextVariable,
    Conversation,
    Feedback,
    Line,
    LinkedRecord,
    Role,
    State,
)
from harness.protocol.portal import ApplicationUser, Connection, ConnectionState, Session


def conversation(
    state: State = State.ACTIVE,
    holder: str | None = None,
    context: dict[str, object] | None = None,
    transcript: Sequence[Line] = (),
    private_message: str | None = None,
    customer_typing: bool = False,
    role: Role = Role.AGENT,
    queue: str | None = None,
    linked: Sequence[LinkedRecord] = (),
    feedback: Sequence[Feedback] = (),
) -> Conversation:
    """A conversation of the desk, in few words."""
    return Conversation(
        id="c-1",
        state=state,
        channel="Live chat",
        customer="Ada",
        assignee=Assignee(role, holder) if holder else None,
        context=tuple(ContextVariable(name, value) for name, value in (context or {}).items()),
        transcript=tuple(transcript),
        private_message=private_message,
        customer_typing=customer_typing,
        queue=queue,
        linked=tuple(linked),
        feedback=tuple(feedback),
    )


def line(role: Role, text: str, name: str = "") -> Line:
    return Line(role, text, name)


@dataclass
class Guest:
    """A visitor of the bot's own website, who is looked at through the page."""

    transferred: bool = True
    noticed: bool = True
    name: str = "Ada"

    def starts_chat(self) -> None: ...
    def starts_chat_with_context(self, name: str, value: str) -> None: ...
    def says(self, text: str) -> None: ...
    def transcript(self) -> Sequence[Line]:
        return ()

    def is_transferred(self) -> bool:
        return self.transferred

    def says_it_cannot_draw(self) -> bool:
        return self.noticed


@dataclass(kw_only=True)
class Leaver:
    """A customer beside and after a chat: whether a survey is there, files, what is kept."""

    asked: bool = True
    kept: str = ""
    got: Mapping[str, bytes] = field(default_factory=dict)

    def is_asked_how_it_was(self) -> bool:
        return self.asked

    def answers_survey(self, answers: Mapping[str, str]) -> None: ...
    def asks_for_transcript(self, address: str) -> None: ...
    def keeps_transcript(self) -> str:
        return self.kept

    def sends_file(self, name: str, content: bytes) -> None: ...
    def opens_file(self, name: str) -> bytes:
        if name not in self.got:
            raise Refused(404, None, "NoFile", name)
        return self.got[name]


@dataclass
class Chatter(Leaver):
    """A customer with a transcript; what they or an agent say is added to it."""

    lines: list[Line] = field(default_factory=list)
    name: str = "Ada"
    typing: bool = False
    writes: bool = True
    answer: Line | None = None
    back: bool = False

    def transcript(self) -> Sequence[Line]:
        return tuple(self.lines)

    def says(self, text: str) -> None:
        self.lines.append(line(Role.CUSTOMER, text))
        if self.answer:
            self.lines.append(self.answer)

    def sees_agent_typing(self) -> bool:
        return self.typing

    def can_write(self) -> bool:
        return self.writes

    def is_back(self) -> bool:
        return self.back

    def brings(self, name: str, value: object) -> None: ...
    def signs_in(self, token: str) -> None: ...
    def signs_in_to_bot(self, token: str) -> None: ...
    def disappears(self) -> None: ...
    def follows(self, link: str) -> None: ...
    def answers(self, question: str, answer: str | bool) -> None: ...
    def starts_chat(self) -> None: ...
    def types(self) -> None: ...
    def ends_chat(self) -> None: ...
    def comes_back(self) -> None: ...
    def conversation_id(self) -> str:
        return "c-1"


@dataclass
class Shopper(Chatter):
    """A customer whose page can be looked at."""

    shown: bool = True
    minimised: bool = True
    asks: bool = True
    unseen: int = 0
    events: Sequence[str] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    codes: Sequence[int] = ()
    early: str = ""
    problems: Sequence[str] = ()
    closed: bool = True

    def is_shown(self) -> bool:
        return self.shown

    def is_minimised(self) -> bool:
        return self.minimised

    def asks_to_confirm_closing(self) -> bool:
        return self.asks

    def raised(self) -> Sequence[str]:
        return self.events

    def unread(self) -> int:
        return self.unseen

    def survey_problems(self) -> Sequence[str]:
        return self.problems

    def is_out_of_office(self) -> bool:
        return self.closed

    def opens_chat(self) -> None: ...
    def submits_survey(self) -> None: ...
    def opens_page_on(self, host: str) -> None: ...
    def opens_page(self) -> None: ...
    def minimises(self) -> None: ...
    def selects_close(self) -> None: ...
    def tag(self) -> Mapping[str, str]:
        return self.attributes

    def errors(self) -> Sequence[int]:
        return self.codes

    def early_call(self) -> str:
        return self.early

    def unread_shown(self) -> str:
        return str(self.unseen)

    def told(self, event: str) -> Mapping[str, Any] | None:
        return None

    def is_invited(self) -> bool:
        return False

    def gives_as_provider(self, value: str) -> str:
        return ""

    def opens_page_without(self, attribute: str) -> None: ...
    def breaks_context(self) -> None: ...
    def answers_for_token(self, answer: str) -> None: ...
    def starts_too_early(self) -> None: ...
    def starts_chat_by_script(self) -> None: ...
    def invites(self, message: str = "") -> None: ...
    def accepts_invitation(self) -> None: ...
    def declines_invitation(self) -> None: ...


@dataclass
class Desk:
    """An agent and a supervisor in one: what they read, what rings, what they say to whom."""

    seen: Conversation = field(default_factory=conversation)
    ringing: Sequence[str] = ()
    listed: Sequence[Conversation] = ()
    chatter: Chatter | None = None
    name: str = "Ben"
    got: Mapping[str, bytes] = field(default_factory=dict)

    def reads(self, conversation: str) -> Conversation:
        return self.seen

    def notifications(self) -> Sequence[str]:
        return self.ringing

    def ongoing(self) -> Sequence[Conversation]:
        return self.listed

    def says(self, conversation: str, text: str) -> None:
        if self.chatter:
            self.chatter.lines.append(line(Role.AGENT, text, self.name))

    def sets_presence(self, presence: object) -> None: ...
    def accepts(self, conversation: str) -> None: ...
    def rejects(self, conversation: str) -> None: ...
    def types(self, conversation: str) -> None: ...
    def ends(self, conversation: str) -> None: ...
    def closes(self, conversation: str) -> None: ...
    def transfers(self, conversation: str, queue: str) -> None: ...
    def forces_closed(self, conversation: str) -> None: ...
    def sends_file(self, conversation: str, name: str, content: bytes) -> None: ...
    def opens_file(self, conversation: str, name: str) -> bytes:
        return Leaver(got=self.got).opens_file(name)


@dataclass
class Portal:
    """A maker and an administrator in one."""

    state: ConnectionState = ConnectionState.CONNECTED
    users: Sequence[ApplicationUser] = ()
    name: str = "Mia"
    kept: Session | None = None

    def session(self, conversation: str) -> Session:
        return self.kept or session()

    def connection(self) -> Connection:
        return Connection(self.state)

    def application_users(self) -> Sequence[ApplicationUser]:
        return self.users


@dataclass
class Telephone:
    """A caller with a call."""

    current: Call
    name: str = "Finn"

    def call(self) -> Call:
        return self.current


def session(*activities: Mapping[str, Any]) -> Session:
    """A bot's session that has these activities."""
    return Session("c-1", None, True, 1, activities=activities)


def user(bot: str, *, disabled: bool = False) -> ApplicationUser:
    return ApplicationUser(f"u-{bot}", bot, disabled, ("Omnichannel agent",), bot)


def call(
    state: str = "connected", held_by: Role | None = Role.BOT, events: Sequence[CallEvent] = ()
) -> Call:
    return Call("call-1", "c-1", state, held_by, None, tuple(events))


def event(kind: str, text: str = "An important notice") -> CallEvent:
    """What would be heard of a call, at the organisation's first instant."""
    return CallEvent(kind, datetime(2026, 3, 2, tzinfo=UTC), text)
