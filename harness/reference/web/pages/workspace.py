"""The agent's workspace and the supervisor's list; both keep themselves up to date (live.js)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from harness.protocol.conversations import Presence
from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.errors import MalformedBody
from harness.reference.operations import agents, enclosures, metrics, widgets
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import (
    Act,
    Form,
    Page,
    Shown,
    Site,
    Upload,
    field,
    signed_in,
)
from harness.reference.web.replies import File, file_of

Verb = Callable[[Organisation, User, str], object]


def routes(world: World) -> list[BaseRoute]:
    """Everything under /workspace/{org} that is a page."""
    site = Site(world, "Agent workspace", "/workspace/{org}")
    wide = Site(world, "Agent workspace", "/workspace/{org}", largest=enclosures.LARGEST)
    one, overseen = "/conversations/{id}", "/ongoing/{id}"
    refused = "The conversation was not"
    return [
        _inbox(world, site),
        site.takes("/presence", _set_presence, INBOX, "Your presence was not changed"),
        site.shows(one, CONVERSATION),
        site.takes(f"{one}/accept", _does(agents.accept), INBOX, f"{refused} accepted"),
        site.takes(f"{one}/reject", _does(agents.reject, ""), INBOX, f"{refused} rejected"),
        site.takes(f"{one}/pick", _does(agents.pick), INBOX, f"{refused} picked"),
        site.takes(f"{one}/end", _does(agents.end), CONVERSATION, f"{refused} ended"),
        site.takes(f"{one}/close", _does(agents.close, ""), CONVERSATION, f"{refused} closed"),
        site.takes(f"{one}/transfer", _transfer, CONVERSATION, f"{refused} transferred"),
        site.takes(f"{one}/messages", _say, CONVERSATION, "The message was not sent"),
        wide.receives(f"{one}/enclose", ENCLOSE, CONVERSATION, "The file was not sent"),
        site.gives(f"{one}/files/{{file}}", _file, file_of),
        site.gives(f"{overseen}/files/{{file}}", _file, file_of),
        site.takes(f"{one}/typing", _does(agents.typing), CONVERSATION, "Typing was not told"),
        site.shows("/ongoing", Page("workspace/ongoing.html", _ongoing)),
        site.shows(overseen, OVERSEEN),
        site.takes(
            f"{overseen}/close",
            _does(agents.force_close, "/ongoing/{id}"),
            OVERSEEN,
            f"{refused} closed",
        ),
    ]


def _inbox(world: World, site: Site) -> BaseRoute:
    """An agent's inbox; a supervisor who is no agent goes on to the list."""
    inbox = site.shows("", INBOX)

    async def choose(request: Request) -> Response:
        organisation, who = signed_in(world, request)
        if SecurityRole.SUPERVISOR in who.roles and SecurityRole.AGENT not in who.roles:
            return RedirectResponse(f"/workspace/{organisation.id}/ongoing", 303)
        answer: Response = await inbox.endpoint(request)
        return answer

    return Route(inbox.path, site.guarded(choose), methods=["GET"])


# What is shown


def _show_inbox(organisation: Organisation, who: User, request: Request) -> Shown:
    return {
        "now": organisation.clock.now(),
        "presences": list(Presence),
        "presence": agents.presence(organisation, who),
        "ringing": agents.notifications(organisation, who),
        "waiting": agents.waiting(organisation, who),
        "conversations": agents.conversations(organisation, who),
        "queues": agents.queues(organisation, who),
        "conversation": None,
    }


def _show_conversation(organisation: Organisation, who: User, request: Request) -> Shown:
    conversation = agents.read(organisation, who, request.path_params["id"])
    takes_files = widgets.of(organisation).files_from_agents
    shown = {"conversation": conversation, "takes_files": takes_files}
    return _show_inbox(organisation, who, request) | shown


def _ongoing(organisation: Organisation, who: User, request: Request) -> Shown:
    counted = metrics.metrics(organisation, who)
    return {"ongoing": agents.ongoing(organisation, who), "metrics": counted}


def _overseen(organisation: Organisation, who: User, request: Request) -> Shown:
    return {"conversation": agents.read(organisation, who, request.path_params["id"])}


INBOX = Page("workspace/agent.html", _show_inbox)
CONVERSATION = Page("workspace/agent.html", _show_conversation)
OVERSEEN = Page("workspace/overseen.html", _overseen)


# What is done


def _does(verb: Verb, then: str = "/conversations/{id}") -> Act:
    def act(organisation: Organisation, who: User, request: Request, form: Form) -> str:
        id = request.path_params["id"]
        verb(organisation, who, id)
        return f"/workspace/{organisation.id}{then.format(id=id)}"

    return act


def _set_presence(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    try:
        presence = Presence(form.get("presence", ""))
    except ValueError:
        raise MalformedBody(f"A presence is one of {', '.join(Presence)}.") from None
    agents.set_presence(organisation, who, presence)
    shown = form.get("conversation", "")
    rest = f"/conversations/{quote(shown, safe='')}" if shown else ""
    return f"/workspace/{organisation.id}{rest}"


def _transfer(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    """The conversation is somebody else's then: the agent goes back to the inbox."""
    agents.transfer(organisation, who, request.path_params["id"], field(form, "queue"))
    return f"/workspace/{organisation.id}"


def _say(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    id = request.path_params["id"]
    agents.say(organisation, who, id, field(form, "text"))
    return f"/workspace/{organisation.id}/conversations/{id}"


def _enclose(organisation: Organisation, who: User, request: Request, content: bytes) -> str:
    id = request.path_params["id"]
    enclosures.send(organisation, who, id, request.state.file_name, content)
    return f"/workspace/{organisation.id}/conversations/{id}"


def _file(organisation: Organisation, who: User, request: Request) -> File:
    path = request.path_params
    return enclosures.opened(organisation, who, path["id"], path["file"])


ENCLOSE = Upload(bytes, _enclose, (SecurityRole.AGENT,))
