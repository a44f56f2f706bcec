"""The service of one environment, for one user: which part of it answers a request."""

from __future__ import annotations

from collections.abc import Mapping

from harness.reference.domain.dataverse.people import ORGANISATIONS, UNITS
from harness.reference.domain.dataverse.refusals import Reason, refused
from harness.reference.operations.dataverse import writing
from harness.reference.operations.dataverse.reading import Dataverse
from harness.reference.web.dataverse import (
    addresses,
    batches,
    bulk,
    csdl,
    metadata,
    reads,
    refusing,
    targets,
)
from harness.reference.web.dataverse.exchanges import Answer, Ask, preferences
from harness.reference.web.dataverse.showing import Showing
from harness.reference.web.dataverse.writes import Writes

VERBS = {"POST": "Create", "PATCH": "Write", "PUT": "Write", "DELETE": "Delete"}


class Service:
    """Answers requests; `root` is the address below which they are, with a last slash."""

    def __init__(self, dataverse: Dataverse, root: str) -> None:
        self._dataverse = dataverse
        self._root = root

    def answer(self, ask: Ask, made: Mapping[str, str] | None = None) -> Answer:
        """The answer to one request; raises DomainError. `made`: rows of the same change set."""
        parts = addresses.segments(ask.path)
        if not parts:
            self._only(ask, "GET")
            return Answer(body=csdl.service(self._root))
        first = parts[0].bare
        if first in metadata.NAMES:
            return metadata.answer(self._dataverse, self._root, ask, parts)
        if first == "WhoAmI" and len(parts) == 1:
            self._only(ask, "GET")
            return self._who_am_i()
        if first == "BulkDelete" and len(parts) == 1:
            self._only(ask, "POST")
            return Answer(body=bulk.delete(self._dataverse, ask.json()))
        if first == "$batch" and made is None:
            self._only(ask, "POST")
            return batches.answer(self._dataverse, self._root, ask, self.answer, refusing.answer)
        return self._data(ask, parts, made or {})

    def _data(
        self, ask: Ask, parts: tuple[addresses.Segment, ...], made: Mapping[str, str]
    ) -> Answer:
        showing = Showing(self._dataverse, self._root, preferences(ask.headers.get("prefer", "")))
        if ask.method == "GET":
            return reads.answer(showing, ask, *targets.found(self._dataverse, parts))
        if (table := targets.named(parts[0])) is not None:
            # Who may not write learns that, and not what there is.
            writing.authorise(self._dataverse, VERBS[ask.method], table)
        return Writes(showing, ask, made).answer(*targets.found(self._dataverse, parts))

    def _who_am_i(self) -> Answer:
        place = self._dataverse.place
        context = f"{self._root}$metadata#{addresses.NAMESPACE}WhoAmIResponse"
        return Answer(
            body={
                "@odata.context": context,
                "BusinessUnitId": place.own(UNITS.name),
                "UserId": self._dataverse.who.id,
                "OrganizationId": place.own(ORGANISATIONS.name),
            }
        )

    @staticmethod
    def _only(ask: Ask, method: str) -> None:
        if ask.method != method:
            raise refused(Reason.NOT_SUPPORTED, f"{ask.method} is not supported there.")
