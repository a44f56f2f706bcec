"""How the chat widget is set up before a scenario begins, by its administrator."""

from __future__ import annotations

from harness.cast import ADMINISTRATORS, Cast
from harness.protocol.roles import Administrator
from harness.staging import identities
from harness.staging.boundaries import text_of


def asks(cast: Cast, text: str, name: str, *, required: bool = False) -> None:
    """The survey before a chat asks this, and the answer is the variable of that name."""
    _asks(cast, name=name, text=text, required=required)


def asks_for_consent(cast: Cast, text: str, name: str) -> None:
    """The survey has a box to tick."""
    _asks(cast, name=name, text=text, type="User consent", required=True)


def offers(cast: Cast, text: str, name: str, options: tuple[str, ...]) -> None:
    """The survey lets its reader choose one of these."""
    _asks(cast, name=name, text=text, type="Option set", options=list(options))


def asks_much(administrator: Administrator, count: int, length: int) -> None:
    """A survey of so many questions, each a text of so many characters; raises Refused."""
    text = text_of(length)
    questions = [{"name": f"Question{n:02}", "text": text} for n in range(1, count + 1)]
    administrator.sets_widget({"pre_chat": questions})


def is_in_operation(cast: Cast, start: str, end: str, zone: str) -> None:
    """The widget's hours every day, by the clock of a zone; pages show it at all times."""
    hours = {"time_zone": zone, "start": start, "end": end}
    _administrator(cast).sets_widget({"hours": hours, "shown_out_of_hours": True})


def is_for(cast: Cast, domain: str) -> None:
    """Pages of this domain alone may have the widget."""
    _administrator(cast).sets_widget({"domains": [domain]})


def is_persistent(cast: Cast) -> None:
    """Customers sign in, and have one chat for good."""
    identities.need_signing_in(cast)
    _administrator(cast).sets_widget({"persistent": True})


def _asks(cast: Cast, **question: object) -> None:
    asked = _administrator(cast).widget()["pre_chat"]
    _administrator(cast).sets_widget({"pre_chat": [*asked, question]})


def _administrator(cast: Cast) -> Administrator:
    return cast.administrator(ADMINISTRATORS[0])
