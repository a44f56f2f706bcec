"""Who a signed-in customer is: what the page's token must say, and what it brings along (4.6).

The token is a JSON Web Token that the customer's own site has signed. What it says is judged here;
whether it was signed by that site is asked in `operations/identities.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any

import msgspec

from harness.reference.domain.errors import NotSignedIn, TokenExpired

REQUIRED = ("iss", "iat", "exp", "sub")
"""Claims that every token has (specification 4.6)."""

CONTEXTS = "lwicontexts"

LEEWAY = 5
"""Seconds that a site's clock may be ahead: the documented token begins one after it is signed."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A signed-in customer: the site's own id for them, and what the site vouches for."""

    subject: str
    context: Mapping[str, object] = field(default_factory=dict)


def identity(claims: Mapping[str, Any], now: datetime) -> Identity:
    """Whom these claims speak of at an instant; raises NotSignedIn, TokenExpired."""
    for name in REQUIRED:
        if claims.get(name) in (None, ""):
            raise NotSignedIn(f"The token lacks the claim {name}. It needs {', '.join(REQUIRED)}.")
    if not isinstance(claims["sub"], str) or not isinstance(claims["iss"], str):
        raise NotSignedIn("The claims sub and iss are texts.")
    _refuse_times(claims, now.timestamp())
    return Identity(claims["sub"], _contexts(claims.get(CONTEXTS)))


def _refuse_times(claims: Mapping[str, Any], now: float) -> None:
    begins = [_instant(claims, name) for name in ("iat", "nbf") if claims.get(name) is not None]
    if max(begins) > now + LEEWAY:
        raise NotSignedIn("The token is not yet valid. Sign it with times that have come.")
    if _instant(claims, "exp") <= now:
        raise TokenExpired("The token has expired. Sign in on the page again.")


def _instant(claims: Mapping[str, Any], name: str) -> float:
    value = claims[name]
    # What is beyond all numbers, or none, would never end.
    is_endless = isinstance(value, float) and not isfinite(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or is_endless:
        raise NotSignedIn(f"The claim {name} is a number of seconds since 1970.")
    return value


def _contexts(serialised: object) -> dict[str, object]:
    """The context in `lwicontexts`, a text that holds a JSON object of primitive values."""
    if serialised is None:
        return {}
    advice = f"The claim {CONTEXTS} is a text that holds a JSON object of texts, numbers, booleans."
    if not isinstance(serialised, str):
        raise NotSignedIn(advice)
    try:
        contexts = msgspec.json.decode(serialised, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        raise NotSignedIn(advice) from None
    for name, value in contexts.items():
        if isinstance(value, dict | list):
            raise NotSignedIn(f"{advice} {name[:50]!r} has another value.")
    return contexts
