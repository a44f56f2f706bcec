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
)

RECORD = (
    f"const names = {list(EVENTS)};"
    + """
  window.__lcw = [];
  for (const name of names)
    window.addEventListener('lcw:' + name, ({ detail }) => {
      const id = detail && (detail.Id || detail.id);
      const tags = [detail?.channelData?.tags ?? []].flat().join().split(',');
      window.__lcw.push({ name: 'lcw:' + name, id, text: detail?.text, tags });
    });
"""
)
"""Remembers the documented events of a page; runs before the page's own scripts."""

RAISED = "(window.__lcw ?? []).map(({ name }) => name)"

TRANSCRIPT = """() => {
  const drawn = [];
  for (const article of document.querySelectorAll('#oc-lcw section[role=feed] > article')) {
    const body = article.querySelector('.webchat__basic-transcript__activity-body');
    const bubbles = [...(body?.querySelectorAll('.webchat__bubble__content') ?? [])];
    const parts = (bubbles.length ? bubbles : [body]).map((part) => part?.innerText ?? '');
    const text = parts.join('\\n').trim();
    if (!text) continue;
    const sent = body.querySelector('.ms_lcw_webchat_sent_message, .webchat__bubble--from-user');
    const kind = sent ? 'sent' : bubbles.length ? 'received' : 'system';
    const status = body.querySelector('.webchat__stacked-layout__status')?.innerText ?? '';
    drawn.push({ kind, text, name: status.split(' - ').slice(0, -1).join(' - ').trim() });
  }
  const told = (window.__lcw ?? []).filter(({ name }) => name.startsWith('lcw:onMessage'));
  return { drawn, told };
}"""
"""Lines as they are drawn, in order, and the messages that the page was told of."""

TYPING = """() => [...document.querySelectorAll('#oc-lcw .webchat__basic-transcript div')]
  .some((part) => !part.children.length && / is typing/.test(part.textContent))"""

CONVERSATION = """async () => {
  const tag = document.getElementById('Microsoft_Omnichannel_LCWidget');
  const { appId, orgId, orgUrl } = tag.dataset;
  for (const kept of Object.values({ ...localStorage })) {
    let chat;
    try {
      chat = JSON.parse(JSON.parse(kept).data).domainStates.liveChatContext;
    } catch {
      continue;
    }
    if (!chat?.requestId) continue;
    const path = `getliveworkitemdetails/${orgId}/${appId}/${chat.requestId}?channelId=lcw`;
    const answer = await fetch(`${orgUrl}/livechatconnector/${path}`);
    return answer.status === 200 ? (await answer.json()).ConversationId : '';
  }
  return '';
}"""
"""The id of the conversation that the widget keeps, asked of the connector as the SDK does."""

ROLES = {"sent": Role.CUSTOMER, "system": Role.SYSTEM}
KINDS = {"lcw:onMessageSent": "sent", "lcw:onMessageReceived": "received"}


def lines(drawn: Sequence[dict[str, Any]], told: Sequence[dict[str, Any]]) -> list[Line]:
    """Lines as the customer sees them, each with the role and id of the message it was told by.

    A received line without a message is its name's: an agent's when that name is known as one.
    """
    waiting = sorted({event["id"]: event for event in told}.values(), key=_order)
    matched = [(line, _taken(line, waiting)) for line in drawn]
    agents = {line["name"] for line, event in matched if event and "public" in event["tags"]}
    return [_line(line, event, agents) for line, event in matched]


def _line(line: dict[str, Any], event: dict[str, Any] | None, agents: set[str]) -> Line:
    role = ROLES.get(line["kind"]) or (Role.AGENT if line["name"] in agents else Role.BOT)
    if event is None:
        return Line(role, _straight(line["text"]), line["name"])
    return Line(role, event["text"], line["name"], str(event["id"]), _instant(event["id"]))


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
