"""The enumerations that topics use, by name: what a member stands for is a plain value."""

from __future__ import annotations

_UNITS = ("Milliseconds", "Seconds", "Minutes", "Hours", "Days", "Months", "Quarters", "Years")
_FORMATS = (
    *("LongDate", "LongDateTime", "LongDateTime24", "LongTime", "LongTime24"),
    *("ShortDate", "ShortDateTime", "ShortDateTime24", "ShortTime", "ShortTime24", "UTC"),
)
_ERRORS = (
    *("None", "Sync", "MissingRequired", "CreatePermission", "EditPermissions"),
    *("DeletePermissions", "Conflict", "NotFound", "ConstraintViolated", "GeneratedValue"),
    *("ReadOnlyValue", "Validation", "Unknown", "Div0", "BadLanguageCode", "BadRegex"),
    *("InvalidFunctionUsage", "FileNotFound", "AnalysisError", "ReadPermission"),
    *("NotSupported", "InsufficientMemory", "QuotaExceeded", "Network", "Numeric"),
    *("InvalidArgument", "Internal", "NotApplicable"),
)

ENUMERATIONS: dict[str, dict[str, str | int]] = {
    "DateTimeFormat": {name: f"'{name.lower()}'" for name in _FORMATS},
    "TimeUnit": {name: name.lower() for name in _UNITS},
    "SortOrder": {"Ascending": "ascending", "Descending": "descending"},
    "StartOfWeek": {
        "Sunday": 1,
        "Monday": 2,
        "MondayZero": 3,
        "Tuesday": 12,
        "Wednesday": 13,
        "Thursday": 14,
        "Friday": 15,
        "Saturday": 16,
    },
    "JSONFormat": {
        "Compact": "",
        "IndentFour": "4",
        "FlattenValueTables": "_",
        "IgnoreBinaryData": "G",
        "IncludeBinaryData": "B",
        "IgnoreUnsupportedTypes": "I",
    },
    "MatchOptions": {
        "BeginsWith": "^c",
        "Complete": "^c$",
        "Contains": "c",
        "EndsWith": "c$",
        "DotAll": "s",
        "FreeSpacing": "x",
        "IgnoreCase": "i",
        "Multiline": "m",
        "NumberedSubMatches": "N",
    },
    "Match": {
        "Any": ".",
        "Comma": ",",
        "Digit": r"\d",
        "Email": r".+@.+\.[^.]{2,}",
        "Hyphen": r"\-",
        "LeftParen": r"\(",
        "Letter": r"\p{L}",
        "MultipleDigits": r"\d+",
        "MultipleLetters": r"\p{L}+",
        "MultipleNonSpaces": r"\S+",
        "MultipleSpaces": r"\s+",
        "NonSpace": r"\S",
        "OptionalDigits": r"\d*",
        "OptionalLetters": r"\p{L}*",
        "OptionalNonSpaces": r"\S*",
        "OptionalSpaces": r"\s*",
        "Period": r"\.",
        "RightParen": r"\)",
        "Space": r"\s",
        "Tab": r"\t",
    },
    "ErrorKind": dict(zip((*_ERRORS, "Custom"), (*range(len(_ERRORS)), 1_000), strict=True)),
}


# Members that older formulas write alone: `DateAdd(Today(), 1, Days)`.
_ALONE = {
    name: value
    for enumeration in ("DateTimeFormat", "TimeUnit", "SortOrder", "Match", "MatchOptions")
    for name, value in ENUMERATIONS[enumeration].items()
}


def member(parts: tuple[str, ...]) -> str | int | None:
    """What `TimeUnit.Days` stands for; None for what is no member of an enumeration."""
    if len(parts) == 1:
        return _ALONE.get(parts[0])
    return ENUMERATIONS.get(parts[0], {}).get(parts[1]) if len(parts) == 2 else None
