"""Signing customers in: whether a page's token was signed by the site that the widget trusts."""

from __future__ import annotations

import json
from typing import Any

import jwt
from jwt.types import Options

from harness.reference.domain.errors import NotSignedIn
from harness.reference.domain.identities import Identity, identity
from harness.reference.domain.widgets import Authentication
from harness.reference.operations import widgets
from harness.reference.operations.organisations import Organisation

ALGORITHM = "RS256"
UNCHECKED: Options = {
    "verify_signature": False,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_sub": False,
}
"""Times are the organisation's; everything but the signature is judged by `domain.identities`."""


def authentication(organisation: Organisation) -> Authentication | None:
    """How customers of the widget sign in; None when they need not."""
    return widgets.of(organisation).authentication


def signed_in(organisation: Organisation, token: str, keys: str) -> Identity:
    """Who shows this token; raises NotSignedIn, TokenExpired.

    `keys` is a public key in PEM, or a JSON list of `{kid, publicKey}`: the token names one.
    """
    if not token:
        raise NotSignedIn("No token came with the request. The widget's chats need signing in.")
    if organisation.faults.deviates("any_token_accepted"):
        return _unverified(token)
    return identity(_verified(token, keys), organisation.clock.now())


def _verified(token: str, keys: str) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        kind = str(header.get("typ") or "JWT")
        if header.get("alg") != ALGORITHM or kind.upper() != "JWT":
            raise NotSignedIn(f"The token is of type {kind[:20]!r}; JWT with RS256 is accepted.")
        options: Options = {**UNCHECKED, "verify_signature": True}
        key = _chosen(keys, header.get("kid"))
        return jwt.decode(token, key, algorithms=[ALGORITHM], options=options)
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError) as error:
        raise NotSignedIn(f"The token cannot be trusted: {error}. Sign in again.") from None


def _chosen(keys: str, id: object) -> str:
    """The key of that id where there are several."""
    if not keys.lstrip().startswith(("[", "{")):
        return keys
    listed = json.loads(keys)
    listed = listed.get("keys", ()) if isinstance(listed, dict) else listed
    known = {key["kid"]: key["publicKey"] for key in listed if {"kid", "publicKey"} <= key.keys()}
    if id not in known:
        raise ValueError(f"no public key has the id {str(id)[:50]!r}")
    return str(known[id])


def _unverified(token: str) -> Identity:
    """The fault that trusts everybody."""
    try:
        return Identity(str(jwt.decode(token, options=UNCHECKED).get("sub") or "somebody"))
    except jwt.PyJWTError:
        return Identity("somebody")
