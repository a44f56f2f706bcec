// A chat in a window of its own (data-open-in-window, inNewWindow): a bare page with the same tag.
import { snippet } from "./page.js";

const REQUEST = "initContextParamsRequest";
const RESPONSE = "initContextParamsResponse";
const NAME = "Microsoft_Omnichannel_LCWidget_Window";
const FEATURES = "popup,width=420,height=640";

/** Opens the window; it asks its opener for the context of the chat. False when the browser refuses. */
export const openWindow = (contextVariables) => {
  const opened = window.open("", NAME, FEATURES);
  if (!opened) return false;
  answer(opened, contextVariables);
  if (opened.document.getElementById(snippet().id)) {
    // It is open already: one window, one chat.
    opened.focus();
    return true;
  }
  opened.document.title = document.title;
  const tag = opened.document.createElement("script");
  for (const { name, value } of snippet().attributes) tag.setAttribute(name, value);
  tag.src = snippet().src;
  delete tag.dataset.openInWindow;
  delete tag.dataset.hideChatButton;
  tag.dataset.handoffWindow = "true";
  opened.document.body.append(tag);
  return true;
};

const answer = (opened, contextVariables) => {
  const respond = ({ source, data }) => {
    if (source !== opened || data?.messageName !== REQUEST) return;
    window.removeEventListener("message", respond);
    opened.postMessage({ messageName: RESPONSE, payload: { contextVariables } }, "*");
  };
  window.addEventListener("message", respond);
};
