"""What a widget cannot say of its customers' identity: who signs in, and who comes back."""

from __future__ import annotations

import re

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from harness.reference.domain.errors import MalformedBody
from harness.reference.domain.widgets import Authentication, ChatWidget, Reconnection

LONGEST = 24 * 60
"""Minutes that a chat waits for its customer at most: a day, as chat tokens do."""

FUNCTION = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
ADDRESS = re.compile(r"https?://\S+")


def refuse_impossible(widget: ChatWidget) -> None:
    """Raises MalformedBody for settings that no widget can have."""
    if widget.authentication is not None:
        _refuse_authentication(widget.authentication)
    if widget.persistent and widget.authentication is None:
        raise MalformedBody("persistent chats need authentication: without it nobody is known.")
    if widget.persistent and widget.reconnection is not None:
        raise MalformedBody(
            "reconnection is for chats that are not persistent: choose one of them."
        )
    if widget.reconnection is not None:
        _refuse_reconnection(widget.reconnection)


def _refuse_authentication(wanted: Authentication) -> None:
    if not wanted.name.strip():
        raise MalformedBody("authentication.name is empty: give it at least one letter.")
    if not wanted.public_key and not wanted.public_key_url:
        raise MalformedBody(
            "authentication needs public_key (PEM) or public_key_url: with nothing to verify a"
            " token, nobody could sign in."
        )
    if wanted.public_key and not _is_public_key(wanted.public_key):
        raise MalformedBody(
            "authentication.public_key is a public RSA key in PEM, whole, from"
            " -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----."
        )
    _refuse_address("authentication.public_key_url", wanted.public_key_url)
    if not FUNCTION.fullmatch(wanted.client_function):
        raise MalformedBody(
            "authentication.client_function names a function of the page, such as auth.token,"
            f" not {wanted.client_function[:50]!r}."
        )


def _is_public_key(text: str) -> bool:
    try:
        return isinstance(load_pem_public_key(text.encode()), RSAPublicKey)
    except (ValueError, UnsupportedAlgorithm):
        return False


def _refuse_reconnection(wanted: Reconnection) -> None:
    if not 1 <= wanted.minutes <= LONGEST:
        raise MalformedBody(
            f"reconnection.minutes is a number from 1 to {LONGEST}, not {wanted.minutes}."
        )
    _refuse_address("reconnection.portal_url", wanted.portal_url)
    _refuse_address("reconnection.redirect_url", wanted.redirect_url)


def _refuse_address(place: str, address: str) -> None:
    if address and not ADDRESS.fullmatch(address):
        raise MalformedBody(f"{place} begins with https://, and {address[:50]!r} does not.")
