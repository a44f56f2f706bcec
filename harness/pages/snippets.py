"""The widget's script tag in a page: one built as the product gives it, one altered (4.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from harness.errors import Inconclusive
from harness.protocol.organisations import Snippet

ID = "Microsoft_Omnichannel_LCWidget"

SOURCE = "https://oc-cdn-ocprod.azureedge.net/livechatwidget/scripts/LiveChatBootstrapper.js"
"""Where the product's tag takes the script from, in most of the world."""

TAG = re.compile(rf"<script\b[^>]*\b{ID}\b[^>]*>", re.DOTALL)

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

Alteration = Callable[[str], str]
"""From a page's HTML to another one."""


def page(snippet: Snippet) -> str:
    """A page of somebody's with the product's tag, unmodified."""
    said = (snippet.app_id, snippet.org_id, snippet.org_url)
    app_id, org_id, org_url = map(escape, said)
    return PAGE.format(id=ID, source=SOURCE, app_id=app_id, org_id=org_id, org_url=org_url)


def without(html: str, attribute: str) -> str:
    """The page with a tag that lacks the attribute; raises Inconclusive without such a tag."""
    tag = _tag(html)
    return html.replace(tag, re.sub(rf'\s{re.escape(attribute)}(="[^"]*")?', "", tag))


def with_attribute(html: str, attribute: str, value: str) -> str:
    """The page with a tag that has the attribute; raises Inconclusive without such a tag."""
    tag = _tag(html)
    return html.replace(tag, f'{tag[:-1]} {attribute}="{escape(value)}">')


def _tag(html: str) -> str:
    found = TAG.search(html)
    if found is None:
        raise Inconclusive(f"the page has no script tag with the id {ID}")
    return found[0]
