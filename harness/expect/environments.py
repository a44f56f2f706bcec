"""What an environment must have (CON-44)."""

from __future__ import annotations

from collections.abc import Sequence

from harness.expect.checks import check
from harness.expect.eventually import eventually
from harness.expect.matching import Mismatch
from harness.protocol.environments import Environment
from harness.protocol.roles import Platform


@check
def has_extensions(platform: Platform, name: str, extensions: Sequence[str]) -> Mismatch | None:
    """Each of these extensions is installed in the environment of that name."""

    def match(environments: Sequence[Environment]) -> Mismatch | None:
        expected = f"an environment {name} with {', '.join(extensions)}"
        found = next((each for each in environments if each.name == name), None)
        if found is None:
            return Mismatch(expected, ", ".join(each.name for each in environments) or "none")
        if missing := [each for each in extensions if each not in found.extensions]:
            return Mismatch(expected, f"one without {', '.join(missing)}")
        return None

    return eventually(platform.environments, match)
