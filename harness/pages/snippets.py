"""The widget's script tag in a page: one built as the product gives it, one altered (4.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from harness.errors import Inconclusive, UsageError
from harness.protocol.organisations import Snippet

ID = "Microsoft_Omnichannel_LCWidget"

PATH = "/livechatwidget/scripts/LiveChatBootstrapper.js"

SOURCE = f"https://oc-cdn-ocprod.azureedge.net{PATH}"
"""Where the product's tag takes the script from, in most of the world."""

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

TAG = re.compile(rf"<script\b[^>]*\b{ID}\b[^>]*>", re.IGNORECASE)

VALUE = r"""(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?(?=[\s/>])"""
"""What may stand behind the name of an attribute, in each way of writing it."""

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A shop</title></head>
<body>
<h1>A shop</h1>
<script v2 id="{id}" src="{source}" data-app-id="{app_id}" data-lcw-version="prod"
        data-org-id="{org_id}" data-org-url="{org_url}"></script>
</body>
</html>
"""

NEEDED = ("src", "data-app-id", "data-org-id", "data-org-url")

Alteration = Callable[[str], str]
"""From a page's HTML to another one."""


def page(snippet: Snippet) -> str:
    """A page of somebody's with the product's tag, unmodified."""
    said = (snippet.app_id, snippet.org_id, snippet.org_url)
    app_id, org_id, org_url = map(escape, said)
    return PAGE.format(id=ID, source=SOURCE, app_id=app_id, org_id=org_id, org_url=org_url)


class Tag(HTMLParser):
    """The attributes of the script tag in somebody's page, however they are written there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.attributes: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # As in a browser, the first one counts: of attributes, and of tags.
        found = {name: value or "" for name, value in reversed(attrs)}
        if tag == "script" and found.get("id") == ID and not self.attributes:
            self.attributes = found


def read(html: str, name: str) -> Snippet:
    """What the tag of somebody's page says; `page` is where it takes the script from.

    Raises UsageError, with the page's name, for a page without the tag or with half of one.
    """
    said = Tag(html).attributes
    if not said:
        raise UsageError(f"{name} has no script tag with the id {ID}")
    source, app, org, url = (said.get(attribute, "").strip() for attribute in NEEDED)
    found = dict(zip(NEEDED, (source, app, org, url), strict=True))
    if lacking := [attribute for attribute, value in found.items() if not value]:
        raise UsageError(f"{name}: the tag with the id {ID} lacks {', '.join(lacking)}")
    if no_id := [attribute for attribute in NEEDED[1:3] if not GUID.fullmatch(found[attribute])]:
        raise UsageError(f"{name}: {' and '.join(no_id)} of the tag must be a GUID")
    if not all(map(_is_whole, (source, url))):
        raise UsageError(f"{name}: src and data-org-url of the tag are whole addresses, https://…")
    if not urlsplit(source).path.endswith(PATH):
        raise UsageError(f"{name}: src of the tag is not the product's script, https://…{PATH}")
    return Snippet(app.lower(), org.lower(), url, source)


def _is_whole(address: str) -> bool:
    """Whether it names a host that is asked over TLS, as a page of such a host asks."""
    parts = urlsplit(address)
    return parts.scheme in ("https", "") and bool(parts.hostname)


def without(html: str, attribute: str) -> str:
    """The page with a tag that lacks the attribute; raises Inconclusive without such a tag."""
    tag = _tag(html)
    named = rf"\s{re.escape(attribute)}{VALUE}"
    return html.replace(tag, re.sub(named, "", tag, flags=re.IGNORECASE))


def with_attributes(html: str, attributes: Mapping[str, str]) -> str:
    """The page with a tag that has the attributes; raises Inconclusive without such a tag."""
    tag = _tag(html)
    more = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    # Of two attributes with one name the first holds.
    start = len("<script")
    return html.replace(tag, f"{tag[:start]}{more}{tag[start:]}")


def _tag(html: str) -> str:
    found = TAG.search(html)
    if found is None:
        raise Inconclusive(f"the page has no script tag with the id {ID}")
    return found[0]
