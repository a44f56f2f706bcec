"""What can be seen of the widget: small scripts that look, and the reading of what they bring.

The widget's page tells who said a line only by a name. Its documented events carry the tags that
tell an agent from a bot, so lines are matched with the events of their messages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from harness.protocol.conversations import Line, Role

EVENTS = (
    *("ready", "error", "startChat", "closeChat", "chatQueued", "chatRetrieved"),
    *("onClose", "onMinimize", "onMaximize", "onMessageReceived", "onMessageSent", "threadUpdate"),
    "getAgentAvailability",
)

RECORD = (
    f"const names = {list(EVENTS)};"
    + """
  window.__lcw = [];
  for (const name of names)
    window.addEventListener('lcw:' + name, ({ detail }) => {
      const id = detail && (detail.Id || detail.id);
      const tags = [detail?.channelData?.tags ?? []].flat().join().split(',');
      const kept = detail === undefined ? null : JSON.parse(JSON.stringify(detail));
      window.__lcw.push({ name: 'lcw:' + name, id, text: detail?.text, tags, detail: kept });
    });
"""
)
"""Remembers the documented events of a page; runs before the page's own scripts."""

TAG = """() => {
  const tag = document.getElementById('Microsoft_Omnichannel_LCWidget');
  return Object.fromEntries([...(tag?.attributes ?? [])].map(({ name, value }) => [name, value]));
}"""

RAISED = "(window.__lcw ?? []).map(({ name }) => name)"

READY = "(window.__lcw ?? []).some(({ name }) => name === 'lcw:ready')"

ERRORS = """(window.__lcw ?? [])
  .filter(({ name }) => name === 'lcw:error')
  .map(({ detail }) => detail?.errorCode)
  .filter((code) => typeof code === 'number')"""

DETAIL = """(wanted) =>
  (window.__lcw ?? []).findLast(({ name }) => name === wanted)?.detail ?? null"""
"""What an event brought along; null when it was not raised."""

TRANSCRIPT = """() => {
  const drawn = [];
  for (const article of document.querySelectorAll('#oc-lcw section[role=feed] > article')) {
    const body = article.querySelector('.webchat__basic-transcript__activity-body');
    const bubbles = [...(body?.querySelectorAll('.webchat__bubble__content') ?? [])];
    const parts = (bubbles.length ? bubbles : [body]).map((part) => part?.innerText ?? '');
    const files = [...(body?.querySelectorAll('a[download]') ?? [])].map((a) => a.download);
    const words = parts.join('\\n').trim();
    // A file is drawn as its name.
    const text = files.reduce((rest, file) => rest.replace(file, '').trim(), words);
    if (!words) continue;
    const sent = body.querySelector('.ms_lcw_webchat_sent_message, .webchat__bubble--from-user');
    const kind = sent ? 'sent' : bubbles.length ? 'received' : 'system';
    const status = body.querySelector('.webchat__stacked-layout__status')?.innerText ?? '';
    const name = kind === 'received' ? status.split(' - ').slice(0, -1).join(' - ').trim() : '';
    drawn.push({ kind, text, name, files });
  }
  const told = (window.__lcw ?? []).filter(({ name }) => name.startsWith('lcw:onMessage'));
  return { drawn, told };
}"""
"""Lines as they are drawn, in order, and the messages that the page was told of."""

TYPING = """() => [...document.querySelectorAll('#oc-lcw .webchat__basic-transcript div')]
  .some((part) => !part.children.length && / is typing/.test(part.textContent))"""

KEPT = """() => Object.values({ ...localStorage }).some((item) => {
  try {
    const { appStates, domainStates } = JSON.parse(JSON.parse(item).data);
    const stands = ['Active', 'InActive', 5, 6].includes(appStates.conversationState);
    return stands && Boolean(domainStates.liveChatContext?.requestId);
  } catch {
    return false;
  }
})"""
"""Whether the widget has kept a chat that stands: only then does a reload find it again."""

CONVERSATION = """async ([patience, lasting]) => {
  const kept = () => {
    for (const item of Object.values({ ...localStorage }))
      try {
        const { liveChatContext } = JSON.parse(JSON.parse(item).data).domainStates;
        if (liveChatContext?.requestId) return liveChatContext.requestId;
      } catch {
        continue;
      }
  };
  const giveUp = Date.now() + patience;
  const request = () => kept() ?? lasting;
  while (!request() && Date.now() < giveUp) await new Promise((go) => setTimeout(go, 20));
  const tag = document.getElementById('Microsoft_Omnichannel_LCWidget');
  if (!request() || !tag) return '';
  const { appId, orgId, orgUrl: said } = tag.dataset;
  const orgUrl = said.replace(/[/]+$/, '');
  const token = window.shopToken && (await new Promise((tell) => window.shopToken(tell)));
  const path = `getliveworkitemdetails/${orgId}/${appId}/${request()}?channelId=lcw`;
  const place = `${orgUrl}/livechatconnector/${token ? 'auth/' : ''}${path}`;
  const answer = await fetch(place, { headers: token ? { AuthenticatedUserToken: token } : {} });
  return answer.status === 200 ? (await answer.json()).ConversationId : '';
}"""
"""The id of the conversation that the widget keeps, asked of the connector as the SDK does.

A chat for good is not kept: it is known by its `lasting` request id. Somebody whom the page has
signed in asks with their token. The widget keeps it a moment after it shows the send box, so this
looks for some milliseconds.
"""

ROLES = {"sent": Role.CUSTOMER, "system": Role.SYSTEM}
KINDS = {"lcw:onMessageSent": "sent", "lcw:onMessageReceived": "received"}


def unread(shown: str) -> int:
    """The number on the launcher, ahead of words for screen readers; `99+` counts as 100."""
    found = re.match(r"\s*(\d+)(\+?)", shown)
    return int(found[1]) + bool(found[2]) if found else 0


def unread_shown(shown: str) -> str:
    """The number as it is written, ahead of words for screen readers."""
    found = re.match(r"\s*(\d+\+?)", shown)
    return found[1] if found else ""


def lines(drawn: Sequence[dict[str, Any]], told: Sequence[dict[str, Any]]) -> list[Line]:
    """Lines as the customer sees them, each with the role and id of the message it was told by.

    Of several lines in a row only the last carries the name. A received line without a message is
    its name's: an agent's when that name is known as one.
    """
    waiting = sorted({event["id"]: event for event in told}.values(), key=_order)
    matched = [(line, _taken(line, waiting)) for line in _named(drawn)]
    agents = {line["name"] for line, event in matched if event and "public" in event["tags"]}
    return [_line(line, event, agents) for line, event in matched]


def _named(drawn: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every received line with the name of its group."""
    named: list[dict[str, Any]] = []
    name = ""
    for line in reversed(drawn):
        received = line["kind"] == "received"
        name = (line["name"] or name) if received else ""
        named.append(line | {"name": name})
    return named[::-1]


def _line(line: dict[str, Any], event: dict[str, Any] | None, agents: set[str]) -> Line:
    role = ROLES.get(line["kind"]) or (Role.AGENT if line["name"] in agents else Role.BOT)
    files = tuple(line.get("files", ()))
    if event is None:
        return Line(role, _straight(line["text"]), line["name"], files=files)
    if line["kind"] == "received":
        role = Role.AGENT if "public" in event["tags"] else Role.BOT
    id, text = str(event["id"]), event["text"] or ""
    return Line(role, text, line["name"], id, _instant(id), files=files)


def _taken(line: dict[str, Any], waiting: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The oldest message that reads as the line does; it is taken out of those waiting."""
    wanted = _letters(line["text"])
    for event in waiting:
        if _kind(event) == line["kind"] and _letters(event["text"] or "") == wanted:
            waiting.remove(event)
            return event
    return None


def _kind(event: dict[str, Any]) -> str:
    return "system" if "system" in event["tags"] else KINDS[event["name"]]


def _order(event: dict[str, Any]) -> tuple[int, str]:
    id = str(event["id"])
    return (int(id) if id.isdecimal() else 0, id)


def _letters(text: str) -> str:
    """A text without what Markdown and typography change."""
    return re.sub(r"\W|_", "", text)


def _straight(text: str) -> str:
    """Quotes as they were typed: Web Chat draws them curled."""
    return text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})


def _instant(id: object) -> datetime | None:
    """When a message was stored; its id is milliseconds since 1970."""
    number = str(id)
    plausible = number.isdecimal() and len(number) == 13
    return datetime.fromtimestamp(int(number) / 1000, UTC) if plausible else None
