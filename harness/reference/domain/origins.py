"""Which pages a widget is for: the host of an origin against the administrator's list (EMB-23)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit


def is_listed(origin: str, domains: Iterable[str]) -> bool:
    """Whether the host of this origin is one of the domains, case and ports aside.

    A domain is that host alone, without those below it; an origin without a host is in no list.
    """
    host = host_of(origin)
    return bool(host) and host in map(_ascii, domains)


def host_of(url: str) -> str:
    """The host of a URL as browsers write it; empty where there is none."""
    try:
        return _ascii(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def _ascii(host: str) -> str:
    """A host's name in lower case, letters beyond ASCII in the form that browsers send."""
    try:
        return host.rstrip(".").casefold().encode("idna").decode()
    except UnicodeError:
        return host.casefold()
