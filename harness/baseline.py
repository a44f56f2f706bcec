"""Expected failures: what is known to be wrong with a target, so that a run reports news only.

One scenario's id a line (`features/a.feature::Name[api]`; without the bracket all its variants);
what follows ` #` is the reason. An expected failure that passes fails the run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import BaselineInvalid


@dataclass(frozen=True, slots=True)
class Baseline:
    """The ids expected to fail, each with its reason (empty when none was given)."""

    reasons: dict[str, str] = field(default_factory=dict)

    def expects(self, scenario: str) -> bool:
        """Whether a failure of this scenario is known."""
        return scenario in self.reasons or scenario.partition("[")[0] in self.reasons

    def unknown(self, scenarios: Iterable[str]) -> list[str]:
        """The ids that name none of these scenarios, though their feature is among them."""
        ids = list(scenarios)
        names = {*ids, *(id_.partition("[")[0] for id_ in ids)}
        features = {id_.partition("::")[0] for id_ in ids}
        known = (id_ for id_ in self.reasons if id_ not in names)
        return [id_ for id_ in known if id_.partition("::")[0] in features or "::" not in id_]

    def reason(self, scenario: str) -> str:
        """The reason given for a known failure."""
        return self.reasons.get(scenario) or self.reasons.get(scenario.partition("[")[0], "")


def read(path: Path) -> Baseline:
    """The baseline in a file; raises `BaselineInvalid` for a file or a line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BaselineInvalid(f"{path}: expected failures cannot be read: {error}") from error
    reasons: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        before, _, reason = f" {line}".partition(" #")
        id_ = before.strip()
        if id_ in reasons:
            raise BaselineInvalid(f"{path}:{number}: {id_} stands twice")
        if id_:
            reasons[id_] = reason.strip()
    return Baseline(reasons)
