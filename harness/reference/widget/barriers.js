// What faults do to the widget for those who do not see it, or use no mouse.
import { deviates } from "./faults.js";
import { PLACE } from "./page.js";

/** Does something to every element that matches, now and whenever one is drawn. */
const toEach = (selector, act) => {
  const look = () => document.querySelectorAll(selector).forEach(act);
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
};

/** Keeps a key from everything inside of what matches. */
const keepFrom = (selector, ...keys) =>
  document.addEventListener(
    "keydown",
    (event) => {
      if (keys.includes(event.key) && event.target.closest?.(selector)) event.stopPropagation();
    },
    true,
  );

const hush = (it) => {
  if (it.getAttribute("aria-live") !== "off") it.setAttribute("aria-live", "off");
};

const draw = (tag, changes) =>
  Object.assign(document.getElementById(PLACE).appendChild(document.createElement(tag)), changes);

const BARRIERS = {
  loader_draws_button_without_name: () => draw("button"),
  loader_hushes_unread: () => toEach("#oc-lcw-chat-button-notification-bubble", hush),
  loader_hushes_transcript: () => toEach("[aria-live], [role=log], [role=status]", hush),
  loader_lets_focus_out: () => keepFrom("#oc-lcw-confirmation-pane", "Tab"),
  loader_ignores_escape: () => keepFrom("#oc-lcw", "Escape"),
  loader_needs_mouse: () => keepFrom("#oc-lcw-chat-button", "Enter", " "),
  loader_keeps_its_colours: () =>
    draw("style", { textContent: "#oc-lcw * { forced-color-adjust: none !important; color: #595959 !important }" }),
};

/** Puts up the barriers that are on. */
export const raiseBarriers = () => {
  for (const [fault, raise] of Object.entries(BARRIERS)) if (deviates(fault)) raise();
};
