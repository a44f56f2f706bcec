"""Tokens: a JWT names the organisation, the subject and its end on the organisation's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, Protocol

import jwt

from harness.reference.domain.errors import NotSignedIn, TokenExpired
from harness.reference.operations.organisations import Organisation, World


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says; `extra` is whatever its issuer added."""

    organisation: Organisation
    subject: str
    roles: tuple[str, ...]
    extra: dict[str, Any]


class Signer(Protocol):
    """Whoever knows what tokens are signed with: the world, and each of its organisations."""

    secret: str


def issue(
    signer: Signer,
    organisation: Organisation,
    subject: str,
    roles: tuple[str, ...] = (),
    lifetime: timedelta = timedelta(days=365),
    extra: dict[str, Any] | None = None,
) -> str:
    """A signed token; its times are those of the organisation's clock."""
    now = int(organisation.clock.now().timestamp())
    claims = {
        "org": organisation.id,
        "sub": subject,
        "roles": list(roles),
        "iat": now,
        "exp": now + int(lifetime.total_seconds()),
    }
    return jwt.encode(claims | (extra or {}), signer.secret, algorithm="HS256")


def read(world: World, token: str) -> Claims:
    """What a token says; raises NotSignedIn, TokenExpired, and NotFound for a gone organisation."""
    payload = _verified(token, world.secret)
    organisation = world.find(payload["org"])
    if organisation.clock.now().timestamp() >= payload["exp"]:
        raise TokenExpired("The token has expired on the organisation's clock. Ask for a new one.")
    return Claims(organisation, payload["sub"], tuple(payload["roles"]), payload)


@lru_cache(maxsize=4096)
def _verified(token: str, secret: str) -> dict[str, Any]:
    """The payload of a token that was signed here: a pure fact, so each is verified once."""
    try:
        return jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            options={"verify_exp": False, "verify_iat": False, "require": ["org", "sub", "exp"]},
        )
    except jwt.InvalidTokenError as error:
        raise NotSignedIn(f"The token was not issued here ({error}). Sign in again.") from None
