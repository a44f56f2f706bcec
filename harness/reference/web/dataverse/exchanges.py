"""A request and its answer, whether they came by themselves or in a batch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from harness.reference.domain.dataverse.queries import MOST
from harness.reference.domain.dataverse.refusals import Reason, refused
from harness.reference.domain.errors import MalformedBody
from harness.reference.web.bodies import decoded

JSON = "application/json; odata.metadata=minimal"
FORMATTED = "OData.Community.Display.V1.FormattedValue"

_PREFERENCE = re.compile(r'\s*([\w.-]+)\s*(?:=\s*("[^"]*"|[^,;\s]*))?\s*[,;]?')


@dataclass(frozen=True, slots=True)
class Ask:
    """A request below the service: `path` without the query; header names in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> dict[str, Any]:
        """The body, an object; raises Refused."""
        try:
            return decoded(self.body, dict[str, Any])
        except MalformedBody as error:
            raise refused(
                Reason.PAYLOAD_INVALID,
                f"Error identified in Payload provided by the user: {error}",
            ) from None


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: JSON unless `media` says otherwise; no content has no body."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    media: str = JSON

    @property
    def content(self) -> bytes:
        """The body as bytes."""
        if self.body is None:
            return b""
        return self.body if isinstance(self.body, bytes) else msgspec.json.encode(self.body)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a request prefers (`Prefer`): annotations by name or `*`, rows of a page."""

    annotations: frozenset[str] = frozenset()
    page: int = MOST
    representation: bool = False
    continues: bool = False

    def wants(self, annotation: str) -> bool:
        """Whether rows carry this annotation."""
        return any(
            wanted in ("*", annotation)
            or (wanted.endswith("*") and annotation.startswith(wanted[:-1]))
            for wanted in self.annotations
        )

    def applied(self) -> dict[str, str]:
        """The header that says which preferences were followed."""
        said = [f"odata.maxpagesize={self.page}"] if self.page != MOST else []
        if self.annotations:
            said.append(f'odata.include-annotations="{",".join(sorted(self.annotations))}"')
        if self.representation:
            said.append("return=representation")
        return {"Preference-Applied": ",".join(said)} if said else {}


def preferences(header: str) -> Preferences:
    """The preferences of a header; one that is not known is passed over, as HTTP has it."""
    given = {name.lower(): value.strip('"') for name, value in _PREFERENCE.findall(header)}
    size = given.get("odata.maxpagesize", given.get("maxpagesize", ""))
    named = given.get("odata.include-annotations", "")
    wanted = (name.strip() for name in named.split(","))
    return Preferences(
        annotations=frozenset(filter(None, wanted)),
        page=min(max(int(size), 1), MOST) if size.isascii() and size.isdigit() else MOST,
        representation=given.get("return") == "representation",
        continues=given.get("odata.continue-on-error", "absent").lower() in ("", "true"),
    )
