"""What counts as an answer: prebuilt entities, lists, patterns."""

from __future__ import annotations

from dataclasses import dataclass

from harness.reference.bot.expressions import Expression

CLOSED_LIST = "ClosedListEntity"
DYNAMIC_LIST = "DynamicClosedListEntity"
PATTERN = "RegexEntity"
REFERENCE = "EntityReference"
TEXT = "StringPrebuiltEntity"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a closed list: what a condition calls it, what a customer may say."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A prebuilt entity's kind, or one of ours with what it needs.

    `ClosedListEntity` has options, `DynamicClosedListEntity` items that are worked out when the
    question is put, `RegexEntity` a pattern, `EntityReference` the name of an entity of the bot,
    and with it the ids of those options that are offered (all when empty).
    """

    kind: str
    options: tuple[Option, ...] = ()
    items: Expression | None = None
    pattern: str = ""
    name: str = ""
    chosen: tuple[str, ...] = ()
    smart: bool = False


_PREBUILT = (
    *("Age", "Boolean", "City", "Color", "Continent", "CountryOrRegion", "Date", "DateTime"),
    *("DateTimeNoTimeZone", "Duration", "Email", "Event", "Language", "Money", "Number", "Ordinal"),
    *("Organization", "Percentage", "PersonName", "PhoneNumber", "PointOfInterest", "Speed"),
    *("State", "StreetAddress", "String", "Temperature", "Time", "URL", "Weight", "ZipCode"),
    *("File", "Country"),
)
PREBUILT = frozenset(f"{name}PrebuiltEntity" for name in _PREBUILT)
