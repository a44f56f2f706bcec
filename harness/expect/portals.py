"""What the portal's pages, and those beside it, must show and offer (CON, DIS, ALM on pages)."""

from __future__ import annotations

from collections.abc import Sequence

from harness.errors import Refused
from harness.expect.checks import check, compare
from harness.expect.matching import Matcher, Mismatch
from harness.expect.readings import note
from harness.protocol.pages import WARNING, Entry, Page, Portal, Said
from harness.protocol.portal import Connection

APPLICATION = "application"
ENVIRONMENT = "environment"
"""Words that the label of a field cannot do without, whatever the generation calls it."""

SOVEREIGNTY = ("sovereign", "jurisdiction", "geograph", "law")
"""Words of which a caution about data sovereignty has one (CON-05)."""

WORKSTREAM = "workstream"
"""What the configuration of a connection is continued with (hand-off-specification 3.1)."""


@check
def offers(page: Page, label: str) -> Mismatch | None:
    """The page lets its reader press or choose this right now."""
    return compare(_holds(label, "to choose"), page.offers())


@check
def withholds(page: Page, label: str) -> Mismatch | None:
    """The page offers something, and not this: an empty page would prove nothing."""

    def match(labels: Sequence[str]) -> Mismatch | None:
        if labels and label not in labels:
            return None
        return Mismatch(f"a page without {label!r} to choose", _listed(labels))

    return compare(match, page.offers())


@check
def shows_tile(page: Portal, tile: str) -> Mismatch | None:
    """A tile of this name is shown (CON-01, CON-02)."""
    return compare(_holds(tile, "among the tiles"), page.tiles())


@check
def keeps_under(page: Portal, label: str, tile: str) -> Mismatch | None:
    """Below the tile, which can be opened from here, the label is offered (DIS-10)."""
    missing = compare(_holds(tile, "among the tiles"), page.tiles())
    if missing is not None:
        return missing
    page.presses(tile)
    return compare(_holds(label, f"below {tile!r}"), page.offers())


@check
def asks_for(page: Page, label: str) -> Mismatch | None:
    """There is something to fill in that has exactly this label (CON-35)."""
    return compare(_holds(label, "to fill in"), page.asks_for())


@check
def asks_for_application(page: Page) -> Mismatch | None:
    """The page asks for the id of an application, whatever it calls the box."""
    return compare(_names(APPLICATION), page.asks_for())


@check
def asks_for_no_application(page: Page) -> Mismatch | None:
    """The page offers something, and asks for no application's id (CON-04, CON-29)."""
    return compare(_is_some, page.offers()) or compare(_lacks(APPLICATION), page.asks_for())


@check
def asks_for_environment(page: Page, name: str) -> Mismatch | None:
    """The page lets its reader choose an environment, this one among them (CON-36)."""

    def match(labels: Sequence[str]) -> Mismatch | None:
        found = any(label.startswith(name) for label in labels)
        return None if found else Mismatch(f"the environment {name!r}", _listed(labels))

    return compare(_names(ENVIRONMENT), page.asks_for()) or compare(match, page.offers())


@check
def cautions(page: Page) -> Mismatch | None:
    """The page says a word of caution about data sovereignty (CON-05)."""

    def match(said: Sequence[Said]) -> Mismatch | None:
        texts = [each.text.lower() for each in said]
        if any("data" in text and any(word in text for word in SOVEREIGNTY) for text in texts):
            return None
        return Mismatch("a caution about data sovereignty", _told(said))

    return compare(match, page.says())


@check
def begins_with_warning(page: Page, words: Sequence[str]) -> Mismatch | None:
    """A warning with all these words stands above everything that can be used (CON-46)."""

    def match(said: Sequence[Said]) -> Mismatch | None:
        warnings = [each for each in said if each.first and each.severity == WARNING]
        if any(all(word in each.text for word in words) for each in warnings):
            return None
        return Mismatch(f"a warning on top that speaks of {' and '.join(words)}", _told(said))

    return compare(match, page.says())


@check
def tells(page: Page, id: str) -> Mismatch | None:
    """The page shows the notice of that id, such as `cannotDetermine` (ALM-09)."""

    def match(said: Sequence[Said]) -> Mismatch | None:
        found = any(each.id == id and each.text for each in said)
        return None if found else Mismatch(f"the notice {id!r}", _told(said))

    return compare(match, page.says())


@check
def is_at_entry(page: Portal) -> Mismatch | None:
    """The page has led to the bot's own entry in the admin centre (CON-25)."""
    expected = f"the entry of the bot {page.works_on}"

    def match(entry: Entry) -> Mismatch | None:
        return None if entry.bot == page.works_on else Mismatch(expected, f"that of {entry.bot}")

    return _at_entry(page, match)


@check
def can_go_on(page: Portal) -> Mismatch | None:
    """The link has led to where the bot's connection is configured further (CON-48)."""
    expected = f"the {WORKSTREAM}s of the bot {page.works_on}"

    def match(entry: Entry) -> Mismatch | None:
        has = any(WORKSTREAM in section.lower() for section in entry.sections)
        found = f"the entry of {entry.bot} with {_listed(entry.sections)}"
        return None if has and entry.bot == page.works_on else Mismatch(expected, found)

    return _at_entry(page, match)


@check
def shows_details(page: Portal) -> Mismatch | None:
    """The entry shows state, user, application and environment of the connection (DIS-15).

    It is held against what the portal says of the same connection, which is asked afterwards.
    """

    def match(entry: Entry) -> Mismatch | None:
        connection = page.connection()
        # The portal names no application in the web app, where nobody has entered one.
        application = connection.application_id or entry.application
        expected = (connection.state.value, connection.environment_name, application)
        found = (entry.state, entry.environment, entry.application)
        was, seen = (*expected, *_user(connection)), (*found, *_user(entry))
        return None if seen == was else Mismatch(_details(was), _details(seen))

    return _at_entry(page, match)


@check
def follows_a_reading_of_disable(page: Page, label: str) -> Mismatch | None:
    """Whether the web app offers `Disable` is noted, and nobody fails for it (DIS-09).

    The heading of the section mentions it, its text does not (hand-off-specification 0.2, 7).
    """
    labels = page.offers()
    empty = compare(_is_some, labels)
    if empty is None:
        does = "is" if label in labels else "is not"
        note("DIS-09", f"{label} {does} offered beside Disconnect")
    return empty


def _at_entry(page: Portal, match: Matcher[Entry]) -> Mismatch | None:
    try:
        entry = page.entry()
    except Refused as refused:
        return Mismatch("a bot's entry in the admin centre", f"another page ({refused})")
    return compare(match, entry)


def _holds(label: str, where: str) -> Matcher[Sequence[str]]:
    def match(labels: Sequence[str]) -> Mismatch | None:
        return None if label in labels else Mismatch(f"{label!r} {where}", _listed(labels))

    return match


def _names(word: str) -> Matcher[Sequence[str]]:
    def match(labels: Sequence[str]) -> Mismatch | None:
        found = any(word in label.lower() for label in labels)
        return None if found else Mismatch(f"to be asked for an {word}", _listed(labels))

    return match


def _lacks(word: str) -> Matcher[Sequence[str]]:
    def match(labels: Sequence[str]) -> Mismatch | None:
        found = [label for label in labels if word in label.lower()]
        return Mismatch(f"not to be asked for an {word}", _listed(found)) if found else None

    return match


def _is_some(labels: Sequence[str]) -> Mismatch | None:
    return None if labels else Mismatch("a page that offers something", _listed(labels))


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(labels) or "nothing"


def _told(said: Sequence[Said]) -> str:
    return " / ".join(each.text for each in said) or "nothing that the page tells"


def _user(shown: Entry | Connection) -> tuple[str, bool]:
    """Name of the application user, and whether it is disabled."""
    user = shown.application_user
    return (user.name, user.disabled) if user else ("nobody", True)


def _details(parts: Sequence[object]) -> str:
    return ", ".join(str(part) for part in parts)
