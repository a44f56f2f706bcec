"""The maker's portal: bots, their topics, and where their conversations are handed to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.protocol.conversations import Generation
from harness.reference.domain.desk import User
from harness.reference.domain.errors import NotFound
from harness.reference.operations import makers
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Form, Page, Shown, Site, field


@dataclass(frozen=True, slots=True)
class Words:
    """What a generation calls things (specification 1.2); without `connect`: not modelled."""

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


def routes(world: World) -> list[BaseRoute]:
    """Everything under /portal/{org} that is a page."""
    site = Site(world, "Bot portal", "/portal/{org}")
    bot, transfers = "/bots/{bot}", "/bots/{bot}/settings/agent-transfers"
    return [
        site.shows("", BOTS),
        site.shows("/bots", BOTS),
        site.takes("/bots/new", _create, BOTS, "The bot was not created"),
        site.takes(f"{bot}/details", _change, BOT, "The bot was not changed"),
        site.shows(bot, BOT),
        site.takes(f"{bot}/publish", _publish, BOT, "The bot was not published"),
        site.takes(f"{bot}/topics/save", _save_topic, TOPIC, "The topic was not saved"),
        site.takes(f"{bot}/topics/delete", _delete_topic, TOPICS, "The topic was not deleted"),
        site.shows(f"{bot}/topics", TOPICS),
        site.shows(f"{bot}/topic", TOPIC),
        site.shows(transfers, TRANSFERS),
        site.takes(f"{transfers}/connect", _connect, TRANSFERS, "The bot was not connected"),
        site.takes(f"{transfers}/disconnect", _leave, TRANSFERS, "The bot was not disconnected"),
    ]


def _id(request: Request) -> str:
    return str(request.path_params["bot"])


def _address(organisation: Organisation, request: Request, rest: str = "") -> str:
    return f"/portal/{organisation.id}/bots/{_id(request)}{rest}"


def _written(request: Request) -> Form:
    """What a refused form says, so that it need not be written again."""
    written: Form = getattr(request.state, "form", {})
    return written


# What is shown


def _bots(organisation: Organisation, who: User, request: Request) -> Shown:
    return {"bots": makers.bots(organisation, who)}


def _bot(organisation: Organisation, who: User, request: Request) -> Shown:
    bot = makers.bot(organisation, who, _id(request))
    written = {"name": bot["name"], "environment": bot["environment"]} | _written(request)
    return {"bot": bot, "words": WORDS[organisation.generation], "written": written}


def _topics(organisation: Organisation, who: User, request: Request) -> Shown:
    topics = makers.topics(organisation, who, _id(request))
    return _bot(organisation, who, request) | {"topics": topics}


def _topic(organisation: Organisation, who: User, request: Request) -> Shown:
    """The topic of `?name=`, a blank one without it, or what a refused form says."""
    written = _written(request)
    name = request.query_params.get("name", "")
    shown = _topics(organisation, who, request)
    kept = {topic["name"]: topic for topic in shown["topics"]}
    if name and name not in kept:
        raise NotFound(f"The draft has no topic {name[:50]!r}.")
    name = name or written.get("name", "")
    topic = {"name": name, "content": "", **kept.get(name, {}), **written}
    return shown | {"topic": topic, "kept": name in kept}


def _transfers(organisation: Organisation, who: User, request: Request) -> Shown:
    """The tile; its pane is open once it was chosen, and after every form on it."""
    is_open = "tile" in request.query_params or request.method == "POST"
    return _bot(organisation, who, request) | {"open": is_open}


BOTS = Page("portal/bots.html", _bots)
BOT = Page("portal/bot.html", _bot)
TOPICS = Page("portal/topics.html", _topics)
TOPIC = Page("portal/topic.html", _topic)
TRANSFERS = Page("portal/agent_transfers.html", _transfers)


# What is done


def _create(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    bot = makers.create(organisation, who, field(form, "name"), "d365", None)
    return f"/portal/{organisation.id}/bots/{bot['id']}"


def _change(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    changes = makers.Changes(field(form, "name"), field(form, "environment"))
    makers.change(organisation, who, _id(request), changes)
    return _address(organisation, request)


def _publish(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    makers.publish(organisation, who, _id(request))
    return _address(organisation, request)


def _save_topic(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    name, content = field(form, "name").strip(), field(form, "content")
    makers.write_topic(organisation, who, _id(request), name, content)
    return _address(organisation, request, f"/topic?name={quote(name)}")


def _delete_topic(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    makers.delete_topic(organisation, who, _id(request), field(form, "name"))
    return _address(organisation, request, "/topics")


def _connect(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    makers.connect(organisation, who, _id(request))
    return _address(organisation, request, "/settings/agent-transfers?tile=omnichannel")


def _leave(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    makers.disconnect(organisation, who, _id(request))
    return _address(organisation, request, "/settings/agent-transfers?tile=omnichannel")
