"""The requirement register: one row a requirement, read from `features/requirements.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from harness.errors import RegisterInvalid

# The C loader is seven times faster; a PyYAML built without libyaml does not have it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LEVELS = frozenset({"must", "should"})
BASES = frozenset({"seed", "docs", "inferred"})


@dataclass(frozen=True, slots=True)
class Requirement:
    """One sentence that a target must or should fulfil.

    `level`: `must` or `should`. `basis`: where it comes from, `seed`, `docs` or `inferred`.
    `generations` and `surfaces` say where it can be seen. `excluded` is the reason why nobody can
    test it, else empty.
    """

    id: str
    sentence: str
    level: str
    basis: str
    source: str = ""
    generations: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    excluded: str = ""

    @property
    def is_soft(self) -> bool:
        """Whether a failure is a warning: a SHOULD, or a sentence nobody wrote down."""
        return self.level == "should" or self.basis == "inferred"

    @property
    def profile(self) -> str:
        """The part of the product that claims it: `voice` for calls, `core` for the rest."""
        return "voice" if self.id.startswith("VOI-") else "core"


class Register(Mapping[str, Requirement]):
    """All requirements by id, in the order of the file."""

    def __init__(self, requirements: Mapping[str, Requirement]) -> None:
        self._requirements = requirements

    def __getitem__(self, id_: str) -> Requirement:
        return self._requirements[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._requirements)

    def __len__(self) -> int:
        return len(self._requirements)

    def nearest(self, id_: str) -> str | None:
        """The known id most like an unknown one: `ESC-01` for `esc-1`."""
        area, _, number = id_.upper().rpartition("-")
        if number.isdecimal() and (padded := f"{area}-{int(number):02}") in self:
            return padded
        return next(iter(get_close_matches(id_.upper(), self, n=1, cutoff=0.0)), None)


def read(path: Path) -> Register:
    """The register in a YAML file; raises `RegisterInvalid` naming file and row."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), _Loader)
        rows = document["requirements"]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise RegisterInvalid(f"{path}: no requirements can be read: {error}") from error
    requirements: dict[str, Requirement] = {}
    for number, row in enumerate(rows, start=1):
        requirement = _requirement(path, number, row)
        if requirement.id in requirements:
            raise RegisterInvalid(f"{path}: {requirement.id} stands twice")
        requirements[requirement.id] = requirement
    return Register(requirements)


def _requirement(path: Path, number: int, row: dict[str, Any]) -> Requirement:
    try:
        lists = {key: tuple(row.get(key, ())) for key in ("generations", "surfaces")}
        requirement = Requirement(**row | lists)
    except (TypeError, AttributeError) as error:
        raise RegisterInvalid(f"{path}: row {number} is not a requirement: {error}") from error
    if requirement.level not in LEVELS or requirement.basis not in BASES:
        raise RegisterInvalid(f"{path}: {requirement.id} has an unknown level or basis")
    return requirement
