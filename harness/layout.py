"""Where the contract lies: beside the harness in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_HARNESS = Path(__file__).parent
_BUNDLED = _HARNESS / "_bundled"
ROOT = _BUNDLED if _BUNDLED.is_dir() else _HARNESS.parent

FEATURES = ROOT / "features"
STEPS = ROOT / "steps"
TARGETS = ROOT / "targets"
REGISTER = FEATURES / "requirements.yaml"
PROOF = FEATURES / "proof.json"
