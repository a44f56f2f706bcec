// A chat in a window of its own (data-open-in-window, inNewWindow): a bare page with the same tag.
import { BroadcastService } from "@microsoft/omnichannel-chat-widget";
import { snippet } from "./page.js";

const REQUEST = "initContextParamsRequest";
const RESPONSE = "initContextParamsResponse";
const NAME = "Microsoft_Omnichannel_LCWidget_Window";
const TRY_AGAIN = 500;
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
  load(opened);
  return true;
};

/** Lets the window load the script; one that has only just opened may fail to, and tries again. */
const load = (opened, tries = 3) => {
  const tag = opened.document.createElement("script");
  for (const { name, value } of snippet().attributes) tag.setAttribute(name, value);
  tag.src = snippet().src;
  delete tag.dataset.openInWindow;
  delete tag.dataset.hideChatButton;
  tag.dataset.handoffWindow = "true";
  tag.onerror = () => {
    tag.remove();
    if (tries > 1) setTimeout(() => load(opened, tries - 1), TRY_AGAIN);
  };
  opened.document.body.append(tag);
};

/** Lets the widget open that window by itself: for an invitation, or for a chat that stands there. */
export const openWhenAsked = (context) => {
  for (const name of ["ProactiveChatStartPopoutChat", "InitiateStartChatInPopoutMode"])
    BroadcastService.getMessageByEventName(name).subscribe(() => openWindow(context()));
};

const answer = (opened, contextVariables) => {
  const respond = ({ source, data }) => {
    if (source !== opened || data?.messageName !== REQUEST) return;
    window.removeEventListener("message", respond);
    opened.postMessage({ messageName: RESPONSE, payload: { contextVariables } }, "*");
  };
  window.addEventListener("message", respond);
};
