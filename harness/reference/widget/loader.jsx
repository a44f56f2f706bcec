// Our stand-in for the closed bootstrapper: reads the documented snippet, mounts the published widget
// with the published SDK, both unmodified, and offers the documented surface on window.
import React from "react";
import ReactDOM from "react-dom";
import {
  ConversationState,
  LiveChatWidget,
  getWidgetCacheId,
} from "@microsoft/omnichannel-chat-widget";
import { raiseBarriers } from "./barriers.js";
import { ChatSDK } from "./chats.js";
import { SCRIPTS_FAILED, fail, raise } from "./errors.js";
import { follow, hearMessages } from "./events.js";
import { deviates } from "./faults.js";
import { drawIcons } from "./icons.jsx";
import { listenToKeys } from "./keys.js";
import { PLACE, isTaken, missing, readSnippet, snippet } from "./page.js";
import { propsOf } from "./props.js";
import { answerBots, context, contextProvider } from "./providers.js";
import { openSurface } from "./surface.js";
import { openWhenAsked, openWindow } from "./windows.js";

const SDK_OPTIONS = {
  telemetry: { disable: true },
  // Off unless somebody says otherwise; whether they are offered is the widget's setting.
  persistentChat: { disable: false, tokenUpdateTime: 6 * 60 * 60 * 1000 },
  chatReconnect: { disable: false },
  // Lets a page on one of the product's own hosts attach files.
  internalConfig: { disableAMSWhitelistedUrls: false },
};

const startChatSDK = async (settings) => {
  const lacks = missing(settings);
  if (lacks.length) throw new Error(`the snippet lacks ${lacks.join(", ")}`);
  const { orgId, orgUrl, widgetId } = settings;
  const chatSDK = new ChatSDK({ orgId, orgUrl, widgetId }, SDK_OPTIONS);
  await chatSDK.initialize();
  return chatSDK;
};

const mount = (props) =>
  new Promise((mounted) => {
    const place = document.body.appendChild(document.createElement("div"));
    place.id = PLACE;
    ReactDOM.render(<LiveChatWidget {...props} />, place, mounted);
  });

/** Does something else than the widget when one of its elements is clicked, and `acts` says so. */
const instead = (selector, acts) =>
  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest?.(selector) || !acts()) return;
      event.stopPropagation();
      event.preventDefault();
    },
    true,
  );

// The widget's own button knows neither windows nor providers: a click that begins a chat is ours then.
const guideButton = (settings, sdk, latest) =>
  instead("#oc-lcw-chat-button", () => {
    if (latest().conversationState !== ConversationState.Closed) return false;
    if (settings.opensWindow) return openWindow(context());
    if (!contextProvider.get()) return false;
    sdk.startChat();
    return true;
  });

// The widget keeps a chat in a window of its own apart from one in the page.
const followBoth = ({ orgId, widgetId, isOwnWindow }) => {
  hearMessages();
  const ofWindow = follow(getWidgetCacheId(orgId, widgetId, "", true));
  return isOwnWindow ? ofWindow : follow(getWidgetCacheId(orgId, widgetId, ""));
};

const sayLoaded = (settings) => {
  if (!settings.sendsTelemetry) return;
  const said = JSON.stringify({ event: "WidgetLoaded", widget: settings.widgetId });
  navigator.sendBeacon(`${settings.orgUrl}/livechatwidget/telemetry/${settings.orgId}`, said);
};

const closeWithoutAsking = (sdk) =>
  instead("#lcw-header-close-button, #oc-lcw-header-closebutton", () => {
    if (!deviates("loader_closes_without_asking")) return false;
    sdk.closeChat();
    return true;
  });

// Opens the chat and waits until it is: a page that says it is ready has then deviated already.
const openUnasked = async (sdk) => {
  sdk.startChat();
  while (!document.querySelector("#oc-lcw-header")) await new Promise(requestAnimationFrame);
};

// Without it the chat cannot be kept, and a browser that forbids it throws.
const insistOnStorage = () => [localStorage, sessionStorage];

const load = async (surface) => {
  const tag = snippet();
  if (!tag) throw new Error("the page has no script tag with the documented id");
  if (deviates("loader_ignores_snippet")) return;
  insistOnStorage();
  const settings = readSnippet(tag);
  const chatSDK = await startChatSDK(settings);
  const props = propsOf(settings, chatSDK, await chatSDK.getLiveChatConfig());
  drawIcons();
  await mount(props);
  const latest = followBoth(settings);
  guideButton(settings, surface.sdk, latest);
  closeWithoutAsking(surface.sdk);
  answerBots();
  if (settings.isOwnWindow) addEventListener("lcw:closeChat", () => window.close());
  else openWhenAsked(context);
  listenToKeys();
  raiseBarriers();
  if (deviates("loader_opens_widget")) {
    surface.work(chatSDK);
    await openUnasked(surface.sdk);
  }
  raise("lcw:ready");
  surface.work(chatSDK);
  sayLoaded(settings);
};

const start = () => {
  const surface = openSurface();
  const begin = () => load(surface).catch((error) => fail(SCRIPTS_FAILED, error));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
};

if (!isTaken()) start();
