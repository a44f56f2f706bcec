"""Is a target reachable, is it configured, what does it support: `handoff doctor --target FILE`.

The failures that nobody announces are what it looks for: a widget that is unknown, a page without
the snippet, a missing token, a clock that makes tokens expire, a chat outside operating hours.
Every finding is one sentence that says what to do.
"""

from __future__ import annotations

import argparse
import os
import socket
import ssl
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from harness import chromium
from harness.actors.operator import Operator
from harness.cast import ADMINISTRATORS, AGENTS, MAKERS, SUPERVISORS, Cast
from harness.errors import (
    HarnessError,
    Inconclusive,
    NotApplicable,
    NotReachable,
    Refused,
    TargetInvalid,
)
from harness.protocol.organisations import Organisation, Snippet
from harness.target import Target, load
from harness.transport.http import Response

CLOCK_MAY_DIFFER = timedelta(minutes=2)
"""Beyond it a token can be expired, or not yet valid, on one of the two sides."""

WIDGET_UNKNOWN = "701"
"""The header `errorcode` of an organisation that has no such widget."""


class Condition(StrEnum):
    """What a finding says of the target; the worst one is the target's."""

    READY = "ready"
    MISCONFIGURED = "misconfigured"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and how it stands."""

    condition: Condition
    text: str


def condition(findings: list[Finding]) -> Condition:
    """The worst of the findings."""
    return max((finding.condition for finding in findings), key=list(Condition).index)


def main(given: argparse.Namespace) -> int:
    """`handoff doctor`."""
    return report(given.target)


def report(name: str) -> int:
    """Examine a target and print what was found; 0 when it is ready, else 1."""
    findings = []
    for finding in examine(name):
        findings.append(finding)
        mark = "  ok" if finding.condition is Condition.READY else "  NO"
        print(f"{mark}  {finding.text}", flush=True)
    worst = condition(findings)
    print(f"{name}: {worst}")
    return 0 if worst is Condition.READY else 1


def examine(name: str) -> Iterator[Finding]:
    """Look at one thing after the other; what cannot be looked at is left out."""
    try:
        target = load(name)
    except TargetInvalid as invalid:
        yield _wrong(str(invalid))
        return
    yield _good(f"the file says: {target.name}, a {target.kind}, {_claims(target)}")
    yield from _secrets(target)
    yield from _browser(target)
    try:
        yield from _started(target)
    finally:
        target.stop()


def _started(target: Target) -> Iterator[Finding]:
    if target.kind != "deployment":
        target.start()
    try:
        target.ready()
        organisation = _organisation(target)
    except NotReachable as failure:
        yield Finding(Condition.UNREACHABLE, str(failure))
    except (Inconclusive, Refused) as failure:
        yield _wrong(str(failure))
    else:
        yield from _connector(target, organisation.snippet)
        yield from _page(target, organisation.snippet)
        yield from _accounts(target)


def _organisation(target: Target) -> Organisation:
    control = target.address().get("control")
    if not control:
        return target.organisation()
    return Operator(target.client, control).makes_organisation(target.generation, ())


def _claims(target: Target) -> str:
    generations = ", ".join(generation.value for generation in target.generations)
    played = [f"{role} by {' and '.join(target.drivers(role))}" for role in target.roles]
    capabilities = ", ".join(sorted(target.capabilities)) or "nothing"
    return f"{generations}; supports {capabilities}; plays {', '.join(played) or 'nobody'}"


def _secrets(target: Target) -> Iterator[Finding]:
    for person, variable in target.secrets.items():
        if os.environ.get(variable):
            yield _good(f"{person}'s token is in {variable}")
        else:
            yield _wrong(f"{person}'s token is missing: set the environment variable {variable}")


def _accounts(target: Target) -> Iterator[Finding]:
    """Whether the tokens from the environment open the doors that they are meant for."""
    cast = Cast(target, target.generation)
    looks: dict[str, Callable[[str], object]] = {
        **dict.fromkeys(AGENTS, lambda name: cast.agent(name).notifications()),
        **dict.fromkeys(SUPERVISORS, lambda name: cast.supervisor(name).ongoing()),
        **dict.fromkeys(MAKERS, lambda name: cast.maker(name).bot()),
        **dict.fromkeys(ADMINISTRATORS, lambda name: cast.administrator(name).application_users()),
    }
    for person, variable in target.secrets.items():
        if person not in looks:
            yield _wrong(f"[secrets] {person} is nobody; there are {', '.join(looks)}")
        elif os.environ.get(variable):
            try:
                looks[person](person)
            except NotApplicable:
                continue
            except HarnessError as failure:
                yield _wrong(f"{person} cannot sign in with {variable}: {failure}")
            else:
                yield _good(f"{person} can sign in")


def _browser(target: Target) -> Iterator[Finding]:
    if "widget" not in target.drivers("customer"):
        return
    try:
        executable = chromium.find()
    except chromium.ChromiumMissing as missing:
        yield _wrong(str(missing))
        return
    if executable:
        yield _good(f"the widget runs in {executable}")
    else:
        yield _wrong("no Chromium for the widget: run `make setup`, or set HANDOFF_CHROMIUM")


def _connector(target: Target, snippet: Snippet) -> Iterator[Finding]:
    """The first call of every widget: what it needs to know of itself."""
    path = f"livechatconnector/config/{snippet.org_id}/{snippet.app_id}"
    url = f"{snippet.org_url.rstrip('/')}/{path}?requestId={uuid.uuid4()}&channelId=lcw"
    answer = _ask(target, url)
    if isinstance(answer, Finding):
        yield answer
        return
    yield _good(f"{_host(url)} answers")
    if target.kind == "deployment":
        yield from _clock(answer)
    yield from _configuration(answer, snippet)


def _configuration(answer: Response, snippet: Snippet) -> Iterator[Finding]:
    if answer.headers.get("errorcode") == WIDGET_UNKNOWN:
        yield _wrong(
            f"organisation {snippet.org_id} has no widget {snippet.app_id} (errorcode 701): "
            "copy data-org-id and data-app-id from the snippet anew"
        )
        return
    settings = _settings(answer)
    if settings is None:
        yield _wrong(
            f"{snippet.org_url} is no live chat connector (status {answer.status_code}): "
            "copy data-org-url from the snippet"
        )
        return
    yield _good("the widget is known there")
    joined = settings["LiveWSAndLiveChatEngJoin"]
    if str(joined.get("OutOfOperatingHours", "")).lower() == "true":
        yield _wrong(
            "the widget is outside its operating hours, so no chat starts: run within them"
        )
    if settings.get("LiveChatConfigAuthSettings"):
        yield _wrong("the widget wants signed-in customers, which no driver plays: use another one")
    if str(settings.get("LiveChatVersion", 2)) == "1":
        yield _wrong("the widget is of live chat version 1, which no client speaks any more")


def _settings(answer: Response) -> dict[str, Any] | None:
    try:
        found = answer.json()
        joined = isinstance(found, dict) and isinstance(found["LiveWSAndLiveChatEngJoin"], dict)
    except (Refused, KeyError):
        return None
    return found if joined and answer.status_code < 400 else None


def _page(target: Target, snippet: Snippet) -> Iterator[Finding]:
    if not snippet.page or "widget" not in target.drivers("customer"):
        return
    answer = _ask(target, snippet.page)
    if isinstance(answer, Finding):
        yield answer
    elif answer.status_code >= 400:
        status = answer.status_code
        yield _wrong(f"the page {snippet.page} answers {status}: correct [addresses] page")
    elif snippet.app_id not in answer.text:
        yield _wrong(f"the page {snippet.page} has no snippet with data-app-id {snippet.app_id}")
    else:
        yield _good(f"the page {snippet.page} has the snippet")


def _clock(answer: Response) -> Iterator[Finding]:
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return
    ahead = datetime.now(UTC) - theirs
    if abs(ahead) > CLOCK_MAY_DIFFER:
        way = "ahead of" if ahead > timedelta(0) else "behind"
        minutes = abs(ahead).total_seconds() / 60
        yield _wrong(
            f"this machine's clock is {minutes:.0f} minutes {way} the target's, so tokens look "
            "expired: set the clock"
        )


def _ask(target: Target, url: str) -> Response | Finding:
    """The answer, or the finding that there is none and why."""
    host = _host(url)
    if urlsplit(url).scheme not in ("http", "https") or not host:
        return _wrong(f"{url!r} is no address: it must start with https://")
    try:
        return target.client.request("GET", url, who="doctor")
    except NotReachable as failure:
        return _unreachable(host, failure)
    except OSError as problem:  # the file of [addresses] ca
        return _wrong(f"[addresses] ca cannot be used: {problem}")


def _unreachable(host: str, failure: NotReachable) -> Finding:
    """The cause in words that somebody can act on."""
    sentences: Mapping[type[BaseException], str] = {
        socket.gaierror: f"the name {host} is not known: correct [addresses], or join its network",
        ConnectionRefusedError: f"nobody listens at {host}: is it started, is the port right?",
        TimeoutError: f"{host} gives no answer: is a firewall or a proxy in between?",
        ssl.SSLError: f"{host} does not speak TLS: should the address start with http://?",
    }
    for cause in _causes(failure):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _wrong(
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


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _good(text: str) -> Finding:
    return Finding(Condition.READY, text)


def _wrong(text: str) -> Finding:
    return Finding(Condition.MISCONFIGURED, text)
