"""The topic editor's state: everything that an open topic is, carried by the page's own form.

Nothing is kept on the server before *Save* (INA-14): each press of a button posts the topic as it
stands, and the answer is the page with what the press has changed. So two tabs, the browser's Back
and a server that was started anew lose nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from harness.reference.bot.editor import canvas, editing
from harness.reference.bot.editor.editing import TRIGGER
from harness.reference.bot.editor.palette import CONTROLS, Control, Palette

CODE, CANVAS = "code", "canvas"
FIELD = "field."


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open topic. `base` is the saved version that it began as, empty for a new one.

    `open` is the path of the node whose fields are shown, `by` how its duration is set, `picking`
    the tab of *Select a variable*, `pending` the kind of trigger that waits for a yes.
    """

    name: str = ""
    kept: str = ""
    base: str = ""
    content: str = ""
    view: str = CANVAS
    open: str = ""
    by: str = ""
    picking: str = ""
    pending: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Sheet:
        """The sheet that a form carries, with what was typed into its open node."""
        sheet = cls(**{each.name: form.get(each.name, "") for each in fields(cls)})
        return replace(sheet, name=sheet.name.strip(), pending="")


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """What was typed into the open node, by key of the YAML."""
    values = {
        key.removeprefix(FIELD): value for key, value in form.items() if key.startswith(FIELD)
    }
    for control in _controls_with_needs():
        if values.get(control.key, "").strip():
            values |= dict(control.needs)
    if "phrases" in form:
        values["intent.triggerQueries"] = form["phrases"]
    if form.get("duration"):
        values["durationInSeconds"] = form["duration"]
    if form.get("formula", "").strip():
        values["durationInSeconds"] = _formula(form["formula"])
    if "compared" in form:
        variable, operator = form.get("variable", ""), form.get("operator", "=")
        values["condition"] = canvas.compared(variable, operator, form["compared"])
    elif "condition" in form:
        condition = form["condition"].strip()
        values["condition"] = condition if condition[:1] in ("", "=") else f"={condition}"
    return values


def worked(sheet: Sheet, form: Mapping[str, str], offered: Palette) -> Sheet:
    """The sheet after a press of a button: first what was typed, then what the button says.

    Raises TopicInvalid with the line, and ValueError for a button that no page has.
    """
    sheet = taken(sheet, form)
    word, _, rest = form.get("act", "").partition(" ")
    act = ACTS.get(word)
    if act is None:
        raise ValueError(f"There is no button {word[:30]!r} in the topic editor.")
    return act(sheet, rest, offered)


def taken(sheet: Sheet, form: Mapping[str, str]) -> Sheet:
    """The sheet with what was typed into its open node; raises TopicInvalid."""
    if sheet.view == CODE or not sheet.open:
        return sheet
    values = typed(form)
    return replace(sheet, content=editing.fill(sheet.content, sheet.open, values))


def _formula(text: str) -> str:
    """Seconds as they are, anything else as an expression."""
    text = text.strip()
    return text if text.isdecimal() or text.startswith("=") else f"={text}"


def _controls_with_needs() -> list[Control]:
    return [control for controls in CONTROLS.values() for control in controls if control.needs]


# What the buttons do


def _open(sheet: Sheet, path: str, offered: Palette) -> Sheet:
    return replace(sheet, open=path, by="", picking="")


def _done(sheet: Sheet, _: str, offered: Palette) -> Sheet:
    return replace(sheet, open="", by="", picking="")


def _add(sheet: Sheet, where: str, offered: Palette) -> Sheet:
    """`LIST POSITION MENU OFFER`; the new node is open when there is something to fill in."""
    path, *numbers = where.split(" ")
    position, menu, offer = map(int, numbers)
    try:
        chosen = offered.menus[menu].offers[offer]
        content = editing.insert(sheet.content, path, position, chosen.yaml)
    except (IndexError, OverflowError):
        raise ValueError("There is no such node to add.") from None
    at = f"{path}/{position}"
    has_fields = any(f"kind: {kind}," in chosen.yaml for kind in CONTROLS)
    has_branches = "ConditionGroup" in chosen.yaml
    opened = f"{at}/conditions/0" if has_branches else at if has_fields else ""
    return replace(_open(sheet, opened, offered), content=content)


def _delete(sheet: Sheet, path: str, offered: Palette) -> Sheet:
    return replace(_done(sheet, "", offered), content=editing.delete(sheet.content, path))


def _change(sheet: Sheet, kind: str, offered: Palette) -> Sheet:
    """Asks first: the content of the topic would be lost (INA-15)."""
    return replace(_done(sheet, "", offered), pending=_offered(kind, offered))


def _confirm(sheet: Sheet, kind: str, offered: Palette) -> Sheet:
    kind = _offered(kind, offered)
    return replace(sheet, content=editing.change_trigger(sheet.content, kind), open="")


def _by(sheet: Sheet, way: str, offered: Palette) -> Sheet:
    return replace(sheet, by=way)


def _pick(sheet: Sheet, tab: str, offered: Palette) -> Sheet:
    return replace(sheet, picking=tab)


def _variable(sheet: Sheet, name: str, offered: Palette) -> Sheet:
    condition = canvas.compared(name, "=", "")
    content = editing.fill(sheet.content, sheet.open or TRIGGER, {"condition": condition})
    return replace(sheet, content=content, picking="")


def _no_condition(sheet: Sheet, _: str, offered: Palette) -> Sheet:
    content = editing.fill(sheet.content, sheet.open or TRIGGER, {"condition": ""})
    return replace(sheet, content=content, picking="")


def _view(sheet: Sheet, view: str, offered: Palette) -> Sheet:
    if view == CANVAS:
        canvas.draw(sheet.content, offered)
    return replace(_done(sheet, "", offered), view=view)


def _offered(kind: str, offered: Palette) -> str:
    if kind not in offered.triggers:
        raise ValueError(f"{kind[:30]!r} is no trigger of this generation.")
    return kind


ACTS: dict[str, Callable[[Sheet, str, Palette], Sheet]] = {
    "open": _open,
    "done": _done,
    "add": _add,
    "delete": _delete,
    "change": _change,
    "confirm": _confirm,
    "cancel": _done,
    "by": _by,
    "pick": _pick,
    "variable": _variable,
    "no-condition": _no_condition,
    "view": _view,
}
"""What a button of the editor does, by the first word of its value."""
