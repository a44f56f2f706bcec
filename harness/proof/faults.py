"""A fault of the reference, as the judging side knows it: a row of the control surface."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.engine.plan import Plan


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, which check must notice, with which customer, and what a person would see.

    `customer` is `widget`, `api` or `any`; `scope` is `organisation` or `process`.
    """

    name: str
    requirement: str
    killed_by: str
    customer: str
    scope: str
    notice: str

    def is_about(self, plan: Plan) -> bool:
        """Whether the plan judges the fault's requirement with the fault's customer."""
        if self.requirement not in plan.requirements:
            return False
        if self.customer == "widget" or "widget" in plan.tags:
            return plan.driver == "widget"
        return plan.driver in ("api", "")

    def digest(self) -> str:
        """Changes when the row does."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]
