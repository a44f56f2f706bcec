"""A page for those who see badly, hear it read out, or use the keyboard alone.

axe-core is run as it is published, with all its rules for WCAG 2.1 A and AA; what lets a page in
Microsoft's own widget fail is no reason to leave a rule out (docs/decisions/0018).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, TimeoutError

from harness import layout
from harness.errors import Inconclusive, Refused
from harness.protocol.accessibility import Announcement, Barrier, Part, View

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

ENGINE = layout.ROOT / "reports" / "node_modules" / "axe-core" / "axe.min.js"

STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
"""The tags of axe-core's rules for WCAG 2.1 AA."""

CHAT = "#oc-lcw"

PARTS: Mapping[Part, str] = {
    Part.SEND_BOX: "[data-id='webchat-sendbox-input']",
    Part.QUESTION: "#oc-lcw-confirmation-pane",
    Part.UNREAD_COUNT: "#oc-lcw-chat-button-notification-bubble",
    Part.CHAT_BUTTON: "#oc-lcw-chat-button",
    Part.CLOSE_BUTTON: "#lcw-header-close-button",
    Part.HEADER: "#oc-lcw-header",
    Part.TRANSCRIPT: "#oc-lcw [role=feed]",
    Part.CHOICE: "#oc-lcw .webchat__suggested-actions",
    Part.INVITATION: "#oc-lcw-proactivechat",
    Part.EMAIL_BUTTON: "#lcw-footer-email-transcript-button",
    Part.ADDRESS: "#oclcw-emailTranscriptDialogContainer",
    Part.EARLIER_CHAT: "#lcw-components-reconnect-chat-pane",
    Part.FAILURE: "#oc-lcw-start-chat-error-pane",
    Part.PAGE: "html",
}
"""Parts of the widget by their stable ids (specification 4.9), the smaller ones first."""

LENGTHS: Mapping[View, tuple[int, int]] = {View.NARROW: (320, 640), View.MAGNIFIED: (640, 400)}
"""Width and height in CSS pixels: a zoom of 200 % halves those of a window of 1280 by 800."""

READY = 20_000
"""Milliseconds that a page may take to show what it was asked for."""

FAR = 40
"""After so many Tabs, what was not met is taken for out of the keyboard's reach."""

HEARD = """(() => {
  const ROLES = { alert: 'assertive', status: 'polite', log: 'polite' };
  const own = (it) => it.getAttribute('aria-live') ?? ROLES[it.getAttribute('role')];
  const heard = (window.__heard = []);
  new MutationObserver((changes) => {
    const fresh = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    for (const { type, target, addedNodes } of changes)
      for (const node of type === 'characterData' ? [target] : addedNodes) {
        let region = node.nodeType === 1 ? node : node.parentElement;
        while (region && !own(region)) region = region.parentElement;
        const politeness = region && own(region);
        if (!politeness || politeness === 'off' || region.closest('[aria-hidden=true]')) continue;
        // A region that comes with its words is not read out, save an alert.
        const late = politeness === 'polite' && fresh.some((each) => each.contains(region));
        const words = node.textContent.trim();
        if (words && !late) heard.push({ words, politeness });
      }
  }).observe(document, { childList: true, characterData: true, subtree: true });
})()"""
"""Remembers what is read out; runs before the page's own scripts."""

POLITENESS = """(it) => {
  const ROLES = { alert: 'assertive', status: 'polite', log: 'polite' };
  for (; it; it = it.parentElement) {
    const found = it.getAttribute('aria-live') ?? ROLES[it.getAttribute('role')];
    if (found) return found;
  }
  return '';
}"""

SCAN = """async (standard) => {
  // Colours that are fading in are not yet those that people read.
  const ends = (it) => Number.isFinite(it.effect?.getComputedTiming().endTime);
  await Promise.allSettled(document.getAnimations().filter(ends).map((it) => it.finished));
  const options = { runOnly: standard, resultTypes: ['violations'], iframes: false };
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, help, nodes }) => (
    { rule: id, help, places: nodes.map(({ target }) => target.flat().join(' ')) }));
}"""

FOCUS = """(parts) => {
  const at = document.activeElement;
  const found = Object.entries(parts).find(([, where]) => at && at.closest(where));
  return found ? found[0] : 'page';
}"""

OUT_OF_REACH = """(chat) => {
  const used = 'button, a[href], input, textarea, select, [role=button], [tabindex="0"]';
  const scrolls = (it) => /auto|scroll/.test(getComputedStyle(it).overflowY);
  const scrolled = (it) => it && (scrolls(it) || scrolled(it.parentElement));
  const name = (it) => it.id || it.ariaLabel || it.textContent.trim().slice(0, 40) || it.tagName;
  const all = [...document.querySelectorAll(chat)]
    .flatMap((root) => [root, ...root.querySelectorAll(used)]);
  const out = all.filter((it) => it.checkVisibility({ visibilityProperty: true }))
    .filter((it) => !scrolled(it.parentElement))
    .filter((it) => {
      const { left, right, top, bottom, width, height } = it.getBoundingClientRect();
      const beyond = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
      return width > 1 && height > 1 && beyond;
    }).map(name);
  const wide = document.documentElement.scrollWidth > innerWidth;
  return wide ? [...out, 'the page, which has to be pushed sideways'] : out;
}"""

OWN_COLOURS = """(chat) => {
  const names = ['Canvas', 'CanvasText', 'LinkText', 'VisitedText', 'ActiveText', 'ButtonFace',
    'ButtonText', 'ButtonBorder', 'Field', 'FieldText', 'Highlight', 'HighlightText', 'GrayText',
    'SelectedItem', 'SelectedItemText', 'Mark', 'MarkText', 'AccentColor', 'AccentColorText'];
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.forcedColorAdjust = 'none';
  const forced = new Set(names.map((name) => {
    probe.style.color = name;
    return getComputedStyle(probe).color;
  }));
  probe.remove();
  const words = (it) => [...it.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  return [...document.querySelectorAll(`${chat} *`)]
    .filter((it) => words(it) && it.checkVisibility({ visibilityProperty: true }))
    .filter((it) => !forced.has(getComputedStyle(it).color))
    .map((it) => `${it.textContent.trim().slice(0, 40)} in ${getComputedStyle(it).color}`);
}"""


@cache
def _engine() -> str:
    try:
        return ENGINE.read_text("utf-8")
    except FileNotFoundError:
        folder = ENGINE.parents[2]
        raise Inconclusive(
            f"axe-core is not installed: run `npm ci --ignore-scripts` in {folder}"
        ) from None


def _found(frame: Frame) -> list[dict[str, Any]]:
    if not frame.evaluate("() => 'axe' in window"):
        frame.evaluate(_engine())
    found: list[dict[str, Any]] = frame.evaluate(SCAN, STANDARD)
    return found


class PageSenses:
    """The senses of whoever sits before a page (protocol.accessibility.Senses)."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(HEARD)

    def turns_to(self, view: View) -> None:
        if view is View.FORCED_COLOURS:
            self.page.emulate_media(forced_colors="active")
        else:
            width, height = LENGTHS[view]
            self.page.set_viewport_size({"width": width, "height": height})

    def presses(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def waits_for(self, part: Part) -> None:
        try:
            self.page.locator(PARTS[part]).first.wait_for(state="visible", timeout=READY)
        except TimeoutError as error:
            raise Inconclusive(f"the page does not come to the {part}: {error}") from None

    def tabs_to(self, part: Part) -> None:
        for _ in range(FAR):
            if self.focus() is part:
                return
            self.page.keyboard.press("Tab")
        raise Refused(0, None, "OutOfReach", f"the keyboard does not lead to the {part}")

    def tabs_around(self, times: int) -> Sequence[Part]:
        return [self._after(key) for key in ("Tab", "Shift+Tab") for _ in range(times)]

    def _after(self, key: str) -> Part:
        self.page.keyboard.press(key)
        return self.focus()

    def focus(self) -> Part:
        return Part(self.page.evaluate(FOCUS, PARTS))

    def barriers(self) -> Sequence[Barrier]:
        found = _found(self.page.main_frame)
        for frame in self.page.frames[1:]:
            # A frame may go while it is looked at.
            with suppress(Error):
                found += _found(frame)
        return [Barrier(each["rule"], each["help"], tuple(each["places"])) for each in found]

    def announced(self) -> Sequence[Announcement]:
        heard = self.page.evaluate("window.__heard ?? []")
        return [Announcement(**each) for each in heard]

    def politeness(self, part: Part) -> str:
        return self._asked(part, POLITENESS)

    def direction(self, part: Part) -> str:
        return self._asked(part, "(it) => getComputedStyle(it).direction")

    def _asked(self, part: Part, script: str) -> str:
        found = self.page.query_selector(PARTS[part])
        return str(found.evaluate(script)) if found else ""

    def out_of_reach(self) -> Sequence[str]:
        found: list[str] = self.page.evaluate(OUT_OF_REACH, CHAT)
        return found

    def own_colours(self) -> Sequence[str]:
        found: list[str] = self.page.evaluate(OWN_COLOURS, CHAT)
        return found
