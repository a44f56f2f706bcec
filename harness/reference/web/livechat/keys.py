"""The public keys that a customer's site publishes: fetched when a token is to be looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http.client import HTTPException
from time import monotonic
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from harness.reference.domain.errors import NotSignedIn
from harness.reference.domain.widgets import Authentication

PATIENCE = 5.0
"""Seconds of real time that a site may take: a transport timer."""

FRESH = 60.0
"""Seconds for which keys are not asked for again; a site that changes its key waits that long."""

LARGEST = 64 * 1024
"""Bytes of a document with keys."""


class Keys:
    """Keys by the address that they came from. `fetch` answers a document, or raises OSError."""

    def __init__(self, fetch: Callable[[str], str] | None = None) -> None:
        self._fetch = fetch or fetched
        self._known: dict[str, tuple[float, str]] = {}

    async def of(self, authentication: Authentication) -> str:
        """The keys of a widget's authentication; raises NotSignedIn when the site gives none."""
        url = authentication.public_key_url
        if authentication.public_key or not url:
            return authentication.public_key
        since, keys = self._known.get(url, (0.0, ""))
        if keys and monotonic() - since < FRESH:
            return keys
        try:
            keys = await asyncio.to_thread(self._fetch, url)
        except (OSError, ValueError) as error:
            raise NotSignedIn(
                f"The public key at {url[:200]} cannot be fetched ({error}). Ask its owner."
            ) from None
        self._known[url] = monotonic(), keys
        return keys


def fetched(url: str) -> str:
    """The document at an address; raises OSError, ValueError."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("it is no address of the web")
    try:
        with urlopen(url, timeout=PATIENCE) as answer:
            text: str = answer.read(LARGEST).decode()
    except URLError as error:
        raise OSError(error.reason) from None
    except HTTPException as error:
        raise OSError(f"{type(error).__name__}: {error}") from None
    return text
