"""What the path of a request names: a table, a row, what follows from it, a function, the metadata.

`systemusers(applicationid=…)/systemuserroles_association/$ref` is four segments, each a name and
perhaps what stands in its brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from harness.reference.domain.dataverse.refusals import Reason, Refused, refused
from harness.reference.domain.dataverse.tables import Table, Value
from harness.reference.web.dataverse import options, values

NAMESPACE = "Microsoft.Dynamics.CRM."

_SEGMENT = re.compile(r"(?P<name>[$\w.]+)(?:\((?P<inside>.*)\))?", re.DOTALL)
_SERVICE = re.compile(r"/api/data/v[0-9.]+/")
_LONGEST = 32768


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a path; `inside` is what stands in brackets, None without any."""

    name: str
    inside: str | None = None

    @property
    def bare(self) -> str:
        """The name without the product's namespace."""
        return self.name.removeprefix(NAMESPACE)


def segments(path: str) -> tuple[Segment, ...]:
    """The segments of a path; raises Refused."""
    if len(path) > _LONGEST:
        raise refused(Reason.QUERY_INVALID, f"The address has more than {_LONGEST} characters.")
    found = []
    for part in options.split(path, "/"):
        if not part:
            continue
        match = _SEGMENT.fullmatch(part)
        if match is None:
            raise unknown(part)
        found.append(Segment(match["name"], match["inside"]))
    return tuple(found)


def unknown(name: str) -> Refused:
    """For a segment that leads nowhere."""
    return refused(Reason.SEGMENT_UNKNOWN, f"Resource not found for the segment '{name[:100]}'.")


def key(inside: str, table: Table) -> dict[str, Value]:
    """The key of a row, `GUID` or `column=value,…`; raises Refused for what is no key."""
    given = inside.strip()
    if (id := values.guid(given.strip("'"))) is not None:
        return {table.key_name: id}
    named = dict(_named(given))
    columns = {name: table.shown(name) or table.known(name) for name in named}
    names = {column.name for column in columns.values() if column}
    known = [{table.key_name}, *map(set, table.keys)]
    if not named or None in columns.values() or names not in known:
        raise refused(
            Reason.QUERY_INVALID,
            f"'{given[:100]}' is no key of {table.name}: write an id, or the values of one of"
            f" {', '.join('+'.join(key) for key in table.keys) or 'no alternate key'}.",
        )
    return {
        column.name: values.parsed(_unquoted(named[name]), column)
        for name, column in columns.items()
        if column
    }


def _named(text: str) -> Mapping[str, str]:
    pairs = {}
    for part in options.split(text, ","):
        name, sign, value = part.partition("=")
        if not sign:
            return {}
        pairs[name.strip()] = value.strip()
    return pairs


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return text


def arguments(inside: str | None) -> Mapping[str, str]:
    """The arguments of a function, by name."""
    return {name: _unquoted(value) for name, value in _named(inside or "").items()}


def below(address: str, root: str, organisation: str) -> str:
    """The path below the service that an address in a body names; raises Refused for another's.

    It may be whole, begin at the host or at the service, with the organisation's GUID or its
    digits alone.
    """
    path = address.partition("?")[0].replace(organisation, organisation.replace("-", ""))
    at = _SERVICE.search(path)
    own = root.partition("/api/data/")[0]
    here = ("", own, own[own.index("/dataverse/") :])
    if "://" in path if at is None else path[: at.start()] not in here:
        raise refused(Reason.PAYLOAD_INVALID, f"'{address[:100]}' is not in this environment.")
    return (path if at is None else path[at.end() :]).strip("/")
