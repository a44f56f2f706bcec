"""The first call of every widget: is it known, may it chat, do the clocks agree."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from harness.doctor.findings import Finding, good, wrong
from harness.doctor.reaching import ask, host_of
from harness.errors import Refused
from harness.protocol.organisations import Snippet
from harness.target import Target
from harness.transport.http import Response

CLOCK_MAY_DIFFER = timedelta(minutes=2)
"""Beyond it a token can be expired, or not yet valid, on one of the two sides."""

IS_KNOWN = good("the widget is known there")

WIDGET_UNKNOWN = "701"
"""The header `errorcode` of an organisation that has no such widget."""


def examined(target: Target, snippet: Snippet) -> Iterator[Finding]:
    """What the widget needs to know of itself."""
    path = f"livechatconnector/config/{snippet.org_id}/{snippet.app_id}"
    url = f"{snippet.org_url.rstrip('/')}/{path}?requestId={uuid.uuid4()}&channelId=lcw"
    answer = ask(target, url)
    if isinstance(answer, Finding):
        yield answer
        return
    yield good(f"{host_of(url)} answers")
    if target.kind == "deployment":
        yield from _clock(answer)
    yield from _configuration(answer, snippet)


def _configuration(answer: Response, snippet: Snippet) -> Iterator[Finding]:
    if answer.headers.get("errorcode") == WIDGET_UNKNOWN:
        yield wrong(
            f"organisation {snippet.org_id} has no widget {snippet.app_id} (errorcode 701): "
            "copy data-org-id and data-app-id from the snippet anew"
        )
        return
    settings = _settings(answer)
    if settings is None:
        yield wrong(
            f"{snippet.org_url} is no live chat connector (status {answer.status_code}): "
            "copy data-org-url from the snippet"
        )
        return
    yield IS_KNOWN
    joined = settings["LiveWSAndLiveChatEngJoin"]
    if str(joined.get("OutOfOperatingHours", "")).lower() == "true":
        yield wrong("the widget is outside its operating hours, so no chat starts: run within them")
    if settings.get("LiveChatConfigAuthSettings"):
        yield wrong("the widget wants signed-in customers, which no driver plays: use another one")
    if str(settings.get("LiveChatVersion", 2)) == "1":
        yield wrong("the widget is of live chat version 1, which no client speaks any more")


def _settings(answer: Response) -> dict[str, Any] | None:
    try:
        found = answer.json()
        joined = isinstance(found, dict) and isinstance(found["LiveWSAndLiveChatEngJoin"], dict)
    except (Refused, KeyError):
        return None
    return found if joined and answer.status_code < 400 else None


def _clock(answer: Response) -> Iterator[Finding]:
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return
    ahead = datetime.now(UTC) - theirs
    if abs(ahead) > CLOCK_MAY_DIFFER:
        way = "ahead of" if ahead > timedelta(0) else "behind"
        minutes = abs(ahead).total_seconds() / 60
        yield wrong(
            f"this machine's clock is {minutes:.0f} minutes {way} the target's, so tokens look "
            "expired: set the clock"
        )
