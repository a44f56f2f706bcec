"""From the JSON of docs/reference-api.md to the values that checks judge.

A surface that leaves out a field it must have raises `Malformed`, never a crash of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from harness.errors import Refused
from harness.protocol.conversations import (
    Assignee,
    Call,
    CallEvent,
    Closure,
    ContextVariable,
    Conversation,
    Feedback,
    Generation,
    Line,
    LinkedRecord,
    Role,
    State,
)
from harness.protocol.environments import Environment
from harness.protocol.lifecycle import Component, Layer, Solution
from harness.protocol.metrics import Analytics, Load, Metrics
from harness.protocol.organisations import Account, Organisation, Snippet
from harness.protocol.portal import (
    ApplicationUser,
    Bot,
    Connection,
    ConnectionState,
    Connector,
    Notice,
    Queue,
    Session,
    SessionError,
    Topic,
    Verification,
)

P = ParamSpec("P")
T = TypeVar("T")

_LOAD = ("name", "conversations", "units", "capacity")


def _strict(read: Callable[P, T]) -> Callable[P, T]:
    """A missing field or an unknown word is the target's mistake: say so as a refusal."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            what = read.__name__.replace("_", " ")
            raise Refused(200, None, "Malformed", f"{what}: {problem!r}") from problem

    return reading


def instant(text: str | None) -> datetime | None:
    """An ISO 8601 instant, None for none."""
    return datetime.fromisoformat(text) if text else None


@_strict
def conversation(data: dict[str, Any]) -> Conversation:
    """A summary or a whole conversation of the workspace."""
    assignee = data["assignee"]
    return Conversation(
        id=data["id"],
        state=State(data["state"]),
        channel=data["channel"],
        customer=data["customer"],
        queue=data["queue"],
        assignee=assignee and Assignee(Role(assignee["kind"]), assignee["name"]),
        started=instant(data["started"]),
        closure=data["closure_reason"] and Closure(data["closure_reason"]),
        context=tuple(
            ContextVariable(name, entry["value"], entry["displayable"])
            for name, entry in data.get("context", {}).items()
        ),
        private_message=data.get("private_message"),
        transcript=tuple(line(entry) for entry in data.get("transcript", ())),
        customer_typing=data.get("customer_typing", False),
        feedback=tuple(
            Feedback(Role(entry["about"]), entry["answers"]) for entry in data.get("surveys", ())
        ),
        authenticated=data.get("authenticated"),
        customer_present=data.get("customer_present"),
        reconnect_link=data.get("reconnect_link", ""),
        linked=tuple(
            LinkedRecord(kind, record["name"], record["id"])
            for kind, record in data.get("linked", {}).items()
        ),
    )


@_strict
def line(data: dict[str, Any]) -> Line:
    """One line of the workspace's transcript."""
    return Line(
        role=Role(data["role"]),
        text=data["text"],
        name=data["name"],
        id=str(data["id"]),
        at=instant(data["at"]),
        is_private=data.get("private") is True,
        cards=tuple(data.get("cards", ())),
        files=tuple(file["name"] for file in data.get("files", ())),
        may_be_hidden=data.get("sign_in") is True,
    )


@_strict
def bot(data: dict[str, Any]) -> Bot:
    """A bot of the portal."""
    return Bot(
        id=data["id"],
        name=data["name"],
        generation=Generation(data["generation"]),
        published=data["published"],
        connection=connection(data["connection"]),
    )


@_strict
def connection(data: dict[str, Any]) -> Connection:
    """A bot's connection, as the portal tells it."""
    user, told, tested = data["application_user"], data["notice"], data["verification"]
    return Connection(
        state=ConnectionState(data["state"]),
        application_user=user and application_user(user),
        view_url=data["view_url"] or "",
        environment=data["environment"] or "",
        environment_name=data["environment_name"] or "",
        application_id=data["application_id"] or "",
        teams_channel=data["teams_channel"],
        warnings=tuple(notice(warning) for warning in data["warnings"]),
        notice=told and notice(told),
        verification=tested
        and Verification(tested["succeeded"], tested["text"], instant(tested["at"])),
        legacy_display=data["legacy_display"],
        analytics_available=data["analytics_available"],
        next=tuple(data["next"]),
    )


@_strict
def notice(data: dict[str, Any]) -> Notice:
    """A warning or notice of the pane."""
    return Notice(data["id"], data["text"], data.get("severity", ""))


@_strict
def application_user(data: dict[str, Any]) -> ApplicationUser:
    """An application user, with its bot when the admin centre tells it."""
    return ApplicationUser(
        id=data["id"],
        name=data["name"],
        disabled=data["disabled"],
        security_roles=tuple(data["security_roles"]),
        bot=data.get("bot", ""),
        application_id=data["application_id"],
    )


@_strict
def topic(data: dict[str, Any]) -> Topic:
    """A topic of the draft."""
    return Topic(data["name"], data["trigger"], data["content"])


@_strict
def session(data: dict[str, Any]) -> Session:
    """A bot's session; a list of them has no transcripts."""
    return Session(
        conversation=data["conversation"],
        outcome=data["outcome"],
        engaged=bool(data["engaged"]),
        turns=data["turns"],
        started=instant(data["started"]),
        ended=instant(data["ended"]),
        errors=tuple(
            SessionError(error["code"], error["detail"], instant(error["at"]))
            for error in data.get("errors", ())
        ),
        activities=tuple(data.get("activities", ())),
    )


@_strict
def analytics(data: dict[str, Any]) -> Analytics:
    """The sums of a bot's sessions; rates follow from them."""
    sums = ("total", "engaged", "escalated", "resolved", "abandoned")
    return Analytics(**{name: int(data[name]) for name in sums})


@_strict
def metrics(data: dict[str, Any]) -> Metrics:
    """The figures of the desk."""
    return Metrics(
        states={State(state): int(number) for state, number in data["states"].items()},
        closures={Closure(reason): int(number) for reason, number in data["closures"].items()},
        load=tuple(
            Load(Role(row.pop("kind")), **{name: row[name] for name in _LOAD})
            for row in map(dict, data["load"])
        ),
    )


@_strict
def connector(data: dict[str, Any]) -> Connector:
    """The connector of a bot that runs elsewhere."""
    return Connector(data["service_url"], data["token"])


@_strict
def queue(data: dict[str, Any]) -> Queue:
    """A queue of the admin centre."""
    return Queue(data["id"], data["name"], tuple(data["members"]))


@_strict
def call(data: dict[str, Any]) -> Call:
    """A call, as the exchange tells it."""
    return Call(
        id=data["id"],
        conversation=data["conversation"],
        state=data["state"],
        held_by=data["held_by"] and Role(data["held_by"]),
        # A caller is the customer of a call.
        ended_by=data["ended_by"] and Role(data["ended_by"].replace("caller", "customer")),
        events=tuple(
            CallEvent(
                kind=event["kind"],
                at=datetime.fromisoformat(event["at"]),
                text=event.get("text") or "",
                interruptible=event.get("interruptible") is not False,
            )
            for event in data["events"]
        ),
    )


@_strict
def organisation(data: dict[str, Any]) -> Organisation:
    """The organisation that the control surface made."""
    widget = data["widget"]
    phone = data["phone"] or {"organisation": "", "callers": ()}  # only a bot with voice has one
    return Organisation(
        id=data["id"],
        generation=Generation(data["generation"]),
        url=data["url"],
        snippet=Snippet(widget["app_id"], widget["org_id"], widget["org_url"], widget["page"]),
        bot=data["bot"]["id"],
        environment=data["environment"],
        accounts=tuple(
            Account(user["name"], tuple(user["roles"]), user["token"]) for user in data["users"]
        ),
        number=phone["organisation"],
        callers=tuple(phone["callers"]),
        now=instant(data["now"]),
        environments=tuple(environment(item) for item in data.get("environments", ())),
    )


@_strict
def environment(data: dict[str, Any]) -> Environment:
    """An environment of the platform."""
    return Environment(
        id=data["id"],
        name=data["name"],
        region=data["region"],
        omnichannel=data["omnichannel"],
        licences=tuple(data["licences"]),
        extensions=tuple(data["extensions"]),
    )


@_strict
def solution(data: dict[str, Any]) -> Solution:
    """A solution of an environment, with its components."""
    return Solution(
        id=data["id"],
        name=data["name"],
        title=data["title"],
        version=data["version"],
        managed=data["managed"],
        components=tuple(component(item) for item in data["components"]),
    )


@_strict
def component(data: dict[str, Any]) -> Component:
    """A bot in a solution."""
    return Component(
        id=data["id"],
        name=data["name"],
        schema=data["schema"],
        managed=data["managed"],
        layered=data["layered"],
        commands=tuple(data["commands"]),
    )


@_strict
def layer(data: dict[str, Any]) -> Layer:
    """A layer of a component."""
    return Layer(data["name"], data["managed"], data["order"], tuple(data["offers"]))
