"""The topics of a bot in the portal: their list, and the editor of one."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.bot.content import TopicInvalid
from harness.reference.bot.editor import canvas, editing, palette
from harness.reference.domain import errors
from harness.reference.domain.desk import User
from harness.reference.operations import authoring, makers
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages import sheets
from harness.reference.web.pages.sheets import CODE, Sheet
from harness.reference.web.pages.sites import Form, Page, Shown, Site, field
from harness.reference.web.pages.wording import words

LARGEST_FORM = 8 * 1024 * 1024
"""Bytes: the longest topic as a form writes it, where a letter may take twelve."""


def routes(world: World) -> list[BaseRoute]:
    """The list of topics, the editor, and what their buttons send."""
    site = Site(world, "Bot portal", "/portal/{org}/bots/{bot}", largest=LARGEST_FORM)
    return [
        site.takes("/topics/edit", _edit, TOPIC, "This cannot be done with the topic"),
        site.takes("/topics/save", _save, TOPIC, "The topic was not saved"),
        site.takes("/topics/delete", _delete, TOPICS, "The topic was not deleted"),
        site.takes("/topics/publish", _publish, TOPICS, "The bot was not published"),
        site.shows("/topics", TOPICS),
        site.shows("/topic", TOPIC),
    ]


def _id(request: Request) -> str:
    return str(request.path_params["bot"])


def _address(organisation: Organisation, request: Request, rest: str) -> str:
    return f"/portal/{organisation.id}/bots/{_id(request)}{rest}"


# What is shown


def _bot(organisation: Organisation, who: User, request: Request) -> Shown:
    bot = makers.bot(organisation, who, _id(request))
    return {"bot": bot, "words": words(organisation.generation, organisation.faults.deviates)}


def _topics(organisation: Organisation, who: User, request: Request) -> Shown:
    live = authoring.published(organisation, _id(request))
    topics = [
        shown | {"published": live.get(shown["name"]) == shown["content"]}
        for shown in makers.topics(organisation, who, _id(request))
    ]
    return _bot(organisation, who, request) | {"topics": topics, "triggers": palette.TRIGGERS}


def _topic(organisation: Organisation, who: User, request: Request) -> Shown:
    """The sheet that a button has worked on, that a refused form carries, or a fresh one."""
    saved = {each["name"]: each for each in makers.topics(organisation, who, _id(request))}
    sheet = _sheet(organisation, request, saved)
    answers = authoring.declared(organisation, _id(request))
    state = authoring.topic(sheet.name, sheet.content, answers=answers)
    drawn = _drawn(organisation, sheet)
    if drawn is None:
        sheet = replace(sheet, view=CODE)
    kept = saved.get(sheet.kept, {}).get("content")
    live = authoring.published(organisation, _id(request))
    version = authoring.version(organisation, _id(request), sheet.kept) if sheet.kept else ""
    return _bot(organisation, who, request) | {
        "sheet": sheet,
        "canvas": drawn,
        "problem": state["problem"],
        "findings": state["findings"],
        "lines": sheet.content.split("\n"),
        "is_saved": kept == sheet.content,
        "is_published": live.get(sheet.kept) == kept,
        "is_overtaken": bool(sheet.kept) and version != sheet.base,
        **_offers(organisation, sheet),
    }


def _offers(organisation: Organisation, sheet: Sheet) -> Shown:
    """What the editor offers, as far as no fault takes it away."""
    deviates = organisation.faults.deviates
    lost = "System.Activity.Channel"
    values: dict[str, tuple[tuple[str, str], ...]] = dict(palette.VALUES)
    if sheet.open and deviates("channel_lists_no_omnichannel"):
        values[lost] = tuple(v for v in values[lost] if v[0] != "Omnichannel")
    system: tuple[str, ...] = palette.SYSTEM
    if sheet.picking == "system" and deviates("system_tab_lacks_channel"):
        system = tuple(name for name in system if name != "Activity.Channel")
    return {
        "offered": authoring.offered(organisation),
        "triggers": palette.TRIGGERS,
        "can_change": not deviates("change_trigger_hidden"),
        "can_edit": not deviates("trigger_edit_opens_nothing"),
        "durations": palette.DURATIONS,
        "system": system,
        "values": values,
        "operators": palette.OPERATORS,
        "comparison": canvas.comparison,
        "seconds": canvas.seconds,
    }


def _sheet(organisation: Organisation, request: Request, saved: dict[str, Shown]) -> Sheet:
    worked: Sheet | None = getattr(request.state, "sheet", None)
    if worked is not None:
        return worked
    form: Form | None = getattr(request.state, "form", None)
    if form is not None:
        return Sheet.of(form)
    name = request.query_params.get("name", "")
    if name and name not in saved:
        raise errors.NotFound(f"The draft has no topic {name[:50]!r}.")
    return Sheet(
        name=name,
        kept=name,
        base=authoring.version(organisation, _id(request), name) if name else "",
        content=saved[name]["content"] if name else authoring.blank(organisation),
        view=request.query_params.get("view", ""),
    )


def _drawn(organisation: Organisation, sheet: Sheet) -> canvas.Canvas | None:
    """The canvas; None for a text that is no topic, which only its YAML can show."""
    try:
        return canvas.draw(sheet.content, authoring.offered(organisation))
    except TopicInvalid:
        return None


TOPICS = Page("portal/topics.html", _topics)
TOPIC = Page("portal/topic.html", _topic)


# What is done


def _edit(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    """A button of the editor: nothing is saved, the page shows what it did (INA-14)."""
    makers.topics(organisation, who, _id(request))  # may they?
    sheet = Sheet.of(form)
    deviates = organisation.faults.deviates
    act = form.get("act", "")
    if act.startswith("change ") and deviates("trigger_changes_without_warning"):
        form = form | {"act": act.replace("change", "confirm", 1)}
    for field_, fault in (("duration", "duration_not_kept"), ("formula", "formula_not_kept")):
        if form.get(field_) and deviates(fault):
            form = form | {field_: ""}
    try:
        sheet = sheets.worked(sheet, form, authoring.offered(organisation))
    except TopicInvalid as invalid:
        raise errors.TopicInvalid(f"Line {invalid.line}: {invalid.reason}") from None
    except ValueError as unknown:
        raise errors.MalformedBody(str(unknown)) from None
    if deviates("unsaved_topic_is_saved"):
        makers.write_topic(organisation, who, _id(request), sheet.name, sheet.content)
    request.state.sheet = sheet
    return ""


def _save(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    """Saves the sheet, what was typed into its open node included."""
    sheet = Sheet.of(form)
    try:
        sheet = sheets.taken(sheet, form)
    except TopicInvalid as invalid:
        raise errors.TopicInvalid(f"Line {invalid.line}: {invalid.reason}") from None
    request.state.sheet = sheet
    base = None if form.get("over") else sheet.base
    content = sheet.content
    if organisation.faults.deviates("condition_not_kept"):
        content = editing.fill(content, editing.TRIGGER, {"condition": ""})
    makers.write_topic(organisation, who, _id(request), sheet.name, content, base)
    view = f"&view={CODE}" if sheet.view == CODE else ""
    return _address(organisation, request, f"/topic?name={quote(sheet.name, safe='')}{view}")


def _delete(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    makers.delete_topic(organisation, who, _id(request), field(form, "name"))
    return _address(organisation, request, "/topics")


def _publish(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    makers.publish(organisation, who, _id(request))
    return _address(organisation, request, "/topics")
