"""The admin centre: workstreams, queues, and the entry of each bot."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import Mode, User
from harness.reference.operations import administrators, workstreams
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Form, Page, Shown, Site, field
from harness.reference.web.pages.wording import words
from harness.reference.web.paging import PAGE, wanted


def routes(world: World) -> list[BaseRoute]:
    """Everything under /admin/{org} that is a page."""
    site = Site(world, "Omnichannel admin centre", "/admin/{org}", opened_from="/portal/{org}")
    entry, overview = Page("admin/bot.html", _bot), Page("admin/overview.html", _overview)
    return [
        site.shows("", overview),
        site.takes("/workstreams", _begin, overview, "The workstream was not made"),
        site.takes("/widget", _feed, overview, "The widget's workstream was not changed"),
        site.shows("/bots/{bot}", entry),
        site.takes("/bots/{bot}/workstreams", _add, entry, "The bot was not added"),
        site.takes("/bots/{bot}/user", _able, entry, "The application user was not changed"),
        site.takes("/bots/{bot}/deletion", _delete, entry, "The application user was not deleted"),
    ]


def _overview(organisation: Organisation, who: User, request: Request) -> Shown:
    asked = wanted(request, PAGE)
    queues = administrators.queues(organisation, who)
    return {
        "application_users": administrators.application_users(organisation, who, asked),
        "wanted": asked,
        "workstreams": administrators.workstreams(organisation, who),
        "fed": workstreams.widget(organisation, who)["workstream"],
        "modes": list(Mode),
        "written": {"name": "", "mode": Mode.PUSH} | getattr(request.state, "form", {}),
        "queues": queues,
        "bot_names": administrators.bot_names(organisation, who),
        "queue_names": {queue["id"]: queue["name"] for queue in queues},
    }


def _bot(organisation: Organisation, who: User, request: Request) -> Shown:
    """The bot's entry, which its maker's portal leads to (CON-25, CON-48, DIS-15)."""
    return {
        "bot": administrators.bot(organisation, who, _id(request)),
        "workstreams": administrators.workstreams(organisation, who),
        "bot_names": administrators.bot_names(organisation, who),
        "words": words(organisation.generation, organisation.faults.deviates),
    }


def _id(request: Request) -> str:
    return str(request.path_params["bot"])


def _begin(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    planned = workstreams.Planned(field(form, "name"), mode=field(form, "mode"))
    workstreams.create(organisation, who, planned)
    return f"/admin/{organisation.id}"


def _feed(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    workstreams.feed(organisation, who, workstreams.Feeding(field(form, "workstream")))
    return f"/admin/{organisation.id}"


def _add(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    settings = administrators.Settings(bot=_id(request))
    administrators.set_workstream(organisation, who, field(form, "workstream"), settings)
    return _entry(organisation, request)


def _able(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    user, disabled = field(form, "user"), form.get("disabled") == "true"
    administrators.disable_application_user(organisation, who, user, disabled)
    return _entry(organisation, request)


def _delete(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    administrators.delete_application_user(organisation, who, field(form, "user"))
    return _entry(organisation, request)


def _entry(organisation: Organisation, request: Request) -> str:
    return f"/admin/{organisation.id}/bots/{_id(request)}"
