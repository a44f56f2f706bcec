"""From a template and what it shows to an answer: one environment for every page.

Escaping is always on, an unknown name in a template is an error, and the security policy lets a
page reach nothing but its own origin.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

ROOT = Path(__file__).parents[2]
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def _instant(value: datetime | str) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _iso(value: datetime | str) -> str:
    return _instant(value).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _clock(value: datetime | str) -> str:
    """Hours and minutes where this machine is: it is the machine of whoever looks."""
    return _instant(value).astimezone().strftime("%H:%M")


def _until(value: datetime | str, now: datetime) -> str:
    """Minutes and seconds that are left, never below none."""
    left = max(0, int((_instant(value) - now).total_seconds()))
    return f"{left // 60}:{left % 60:02}"


def _plain(value: object) -> str:
    """A context variable as a person reads it."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "–"
    return "–" if value is None or value == "" else str(value)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Not Jinja's own `tojson`: that escapes for scripts, this for an attribute's value.
    environment.filters |= {
        "instant": _iso,
        "clock": _clock,
        "until": _until,
        "plain": _plain,
        "json": lambda value: json.dumps(value, ensure_ascii=False),
    }
    return environment


_TEMPLATES = _environment()


def rendered(
    request: Request,
    template: str,
    shown: dict[str, Any],
    status: int = 200,
    policy: str = POLICY,
) -> Response:
    """The page; 304 without a body when the reader has it already (its entity tag matches)."""
    names = {"user": None, "refusal": None} | shown
    body = _TEMPLATES.get_template(template).render(names).encode()
    tag = f'"{blake2b(body, digest_size=9).hexdigest()}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    if policy:
        headers["Content-Security-Policy"] = policy
    if status == 200 and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, media_type="text/html")
