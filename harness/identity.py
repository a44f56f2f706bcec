"""A customer's own site, as far as it signs people in: its key, and the tokens that it signs.

A site publishes its public key and signs a JSON Web Token for whoever has logged in (specification
4.6, 10.6). One key serves a whole run, for a key takes a tenth of a second to make.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER = "shop.example.test"
FUNCTION = "shopToken"
"""The function of the shop's page that gives the token."""

HOUR = timedelta(hours=1)


class Flaw(StrEnum):
    """What can be wrong with a token; the words are those of sentences."""

    NONE = "valid"
    EXPIRED = "expired"
    EARLY = "not yet valid"
    WRONG_KEY = "signed with another key"
    WRONG_ALGORITHM = "signed with another algorithm"
    UNSIGNED = "unsigned"
    NO_SUBJECT = "without a subject"
    NO_ISSUER = "without an issuer"
    NO_EXPIRY = "without an expiry"
    NO_ISSUE = "without a time of issue"


LACKS = {
    Flaw.NO_SUBJECT: "sub",
    Flaw.NO_ISSUER: "iss",
    Flaw.NO_EXPIRY: "exp",
    Flaw.NO_ISSUE: "iat",
}


def public_key(owner: str = "site") -> str:
    """The public key of the customer's site, or of somebody else; PEM."""
    key = _pair(owner).public_key()
    encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(encoding, form).decode()


def token(
    subject: str,
    now: datetime,
    contexts: Mapping[str, Any] | None = None,
    flaw: Flaw = Flaw.NONE,
) -> str:
    """A token for the customer of that id at the site; `contexts` is what the site vouches for."""
    claims = _claims(subject, now, flaw)
    if contexts is not None:
        claims["lwicontexts"] = json.dumps(contexts)
    if flaw is Flaw.UNSIGNED:
        return jwt.encode(claims, "", algorithm="none")
    if flaw is Flaw.WRONG_ALGORITHM:
        return jwt.encode(claims, private_key("site"), algorithm="RS512")
    return jwt.encode(
        claims, private_key("stranger" if flaw is Flaw.WRONG_KEY else "site"), algorithm="RS256"
    )


def _claims(subject: str, now: datetime, flaw: Flaw) -> dict[str, Any]:
    if flaw is Flaw.EXPIRED:
        now -= 2 * HOUR
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "sub": subject,
        "iat": int(now.timestamp()),
        "exp": int((now + HOUR).timestamp()),
    }
    if flaw is Flaw.EARLY:
        claims["nbf"] = int((now + HOUR / 2).timestamp())
    claims.pop(LACKS.get(flaw, ""), None)
    return claims


@cache
def _pair(owner: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def private_key(owner: str) -> bytes:
    """What its owner signs with, PEM."""
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return _pair(owner).private_bytes(encoding, form, serialization.NoEncryption())
