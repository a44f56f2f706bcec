"""Asking an address, and why there is no answer, in words that somebody can act on."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from harness.doctor.findings import Condition, Finding, wrong
from harness.errors import NotReachable
from harness.target import Target
from harness.transport.http import Response


def ask(target: Target, url: str) -> Response | Finding:
    """The answer, or the finding that there is none and why."""
    host = host_of(url)
    if urlsplit(url).scheme not in ("http", "https") or not host:
        return wrong(f"{url!r} is no address: it must start with https://")
    try:
        return target.client.request("GET", url, who="doctor")
    except NotReachable as failure:
        return unreachable(host, failure)


def unreachable(host: str, failure: NotReachable) -> Finding:
    """The cause of having got no answer."""
    sentences: Mapping[type[BaseException], str] = {
        socket.gaierror: f"the name {host} is not known: correct [addresses], or join its network",
        ConnectionRefusedError: f"nobody listens at {host}: is it started, is the port right?",
        TimeoutError: f"{host} gives no answer: is a firewall or a proxy in between?",
        ssl.SSLError: f"{host} does not speak TLS: should the address start with http://?",
    }
    for cause in _causes(failure):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return wrong(
                f"the certificate of {host} is not trusted ({cause.verify_message}): "
                "name its authority in [addresses] ca"
            )
        for kind, sentence in sentences.items():
            if isinstance(cause, kind):
                return Finding(Condition.UNREACHABLE, sentence)
    return Finding(Condition.UNREACHABLE, str(failure))


def _causes(failure: BaseException) -> Iterator[BaseException]:
    """What led to a failure, the nearest first; transports wrap what the socket said."""
    cause = failure.__cause__ or failure.__context__
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def host_of(url: str) -> str:
    """Host and port of an address."""
    return urlsplit(url).netloc
