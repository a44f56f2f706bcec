// Our stand-in for the closed bootstrapper: reads the documented snippet, mounts the published widget
// with the published SDK, both unmodified, and offers the documented surface on window.
import React from "react";
import ReactDOM from "react-dom";
import { OmnichannelChatSDK } from "@microsoft/omnichannel-chat-sdk";
import {
  BroadcastService,
  ConversationState,
  LiveChatWidget,
  getWidgetCacheId,
} from "@microsoft/omnichannel-chat-widget";
import chatComponents from "@microsoft/omnichannel-chat-components/package.json";
import chatSdk from "@microsoft/omnichannel-chat-sdk/package.json";
import chatWidget from "@microsoft/omnichannel-chat-widget/package.json";
import { follow, raise } from "./events.js";
import { drawIcons } from "./icons.jsx";
import { customisation, missing, readSnippet, snippet } from "./page.js";

const CONTEXT_PROVIDER_FAILED = 1;
const SCRIPTS_FAILED = 7;

// Set by the page of an organisation in which faults of the loader are on.
const { faults = [], reached = "" } = window.HandoffLoader ?? {};
const deviates = (name) => {
  if (!faults.includes(name)) return false;
  navigator.sendBeacon(reached + name);
  return true;
};

// Events of the page that a fault keeps back.
const KEPT = {
  "lcw:startChat": "loader_raises_no_start_chat",
  "lcw:chatQueued": "loader_raises_no_chat_queued",
  "lcw:chatRetrieved": "loader_raises_no_chat_retrieved",
  "lcw:threadUpdate": "loader_raises_no_thread_update",
};
const isKept = (name) => name in KEPT && deviates(KEPT[name]);

const fail = (errorCode, errorDescription) => raise("lcw:error", { errorCode, errorDescription });

const button = () => document.getElementById("oc-lcw-chat-button");

const openSurface = (latest) => {
  let provider;
  const context = () => {
    if (!provider) return undefined;
    try {
      return provider();
    } catch (error) {
      fail(CONTEXT_PROVIDER_FAILED, `The page's context provider failed: ${error}`);
      return undefined;
    }
  };
  const sdk = {
    startChat: ({ customContext } = {}) =>
      BroadcastService.postMessage({
        eventName: "StartChat",
        payload: { customContext: customContext ?? context() },
      }),
    closeChat: () => BroadcastService.postMessage({ eventName: "InitiateEndChat" }),
    setContextProvider: (wanted) => {
      if (typeof wanted !== "function") throw new TypeError("A context provider is a function.");
      provider = wanted;
    },
    getContextProvider: () => provider,
    removeContextProvider: () => {
      provider = undefined;
    },
  };
  // The widget's own button knows no provider: while one is set, a click starts the chat through it.
  document.addEventListener(
    "click",
    (event) => {
      const starting = latest().conversationState === ConversationState.Closed;
      const starts = provider && starting && button()?.contains(event.target);
      if (!starts) return;
      event.stopPropagation();
      sdk.startChat();
    },
    true,
  );
  window.Microsoft = window.Microsoft ?? {};
  window.Microsoft.Omnichannel = window.Microsoft.Omnichannel ?? {};
  window.Microsoft.Omnichannel.LiveChatWidget = { SDK: sdk };
  return sdk;
};

const propsOf = (settings, chatSDK, chatConfig) => ({
  chatSDK,
  chatConfig,
  controlProps: { hideChatButton: settings.hidesButton, hideHeader: settings.hidesHeader },
  styleProps: {
    generalStyles: {
      position: "fixed",
      bottom: "20px",
      right: "20px",
      width: "360px",
      maxHeight: "calc(100vh - 40px)",
      ...(settings.fonts && { fontFamily: settings.fonts }),
    },
  },
  ...(deviates("loader_counts_no_unread") && {
    chatButtonProps: { controlProps: { hideNotificationBubble: true } },
  }),
  ...(settings.colour && {
    chatButtonProps: { styleProps: { iconStyleProps: { backgroundColor: settings.colour } } },
    headerProps: { styleProps: { generalStyleProps: { backgroundColor: settings.colour } } },
  }),
  webChatContainerProps: {
    // A height of its own: without one a long conversation pushes the send box out of sight.
    containerStyles: { height: "min(500px, calc(100vh - 120px))" },
    ...(settings.actionLayout && {
      webChatStyles: { suggestedActionLayout: settings.actionLayout },
    }),
  },
  // Telemetry would go to a collector outside of this machine.
  telemetryConfig: {
    telemetryDisabled: true,
    disableConsoleLog: true,
    chatWidgetVersion: chatWidget.version,
    chatComponentVersion: chatComponents.version,
    OCChatSDKVersion: chatSdk.version,
  },
  ...customisation(settings),
});

const mount = (props) =>
  new Promise((mounted) => {
    const place = document.body.appendChild(document.createElement("div"));
    place.id = "lcw-place";
    ReactDOM.render(<LiveChatWidget {...props} />, place, mounted);
  });

// Opens the chat and waits until it is: a page that says it is ready has then deviated already.
const openUnasked = async (sdk) => {
  sdk.startChat();
  while (!document.querySelector("#oc-lcw-header")) await new Promise(requestAnimationFrame);
};

const misbehave = async (sdk) => {
  if (deviates("loader_opens_widget")) await openUnasked(sdk);
  if (!faults.includes("loader_closes_without_asking")) return;
  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest?.("#lcw-header-close-button, #oc-lcw-header-closebutton")) return;
      event.stopPropagation();
      deviates("loader_closes_without_asking");
      sdk.closeChat();
    },
    true,
  );
};

const load = async () => {
  const tag = snippet();
  if (!tag || deviates("loader_ignores_snippet")) return;
  const settings = readSnippet(tag);
  const lacks = missing(settings);
  if (lacks.length) throw new Error(`The snippet lacks ${lacks.join(", ")}.`);
  const { orgId, orgUrl, widgetId } = settings;
  const chatSDK = new OmnichannelChatSDK({ orgId, orgUrl, widgetId }, { telemetry: { disable: true } });
  await chatSDK.initialize();
  const props = propsOf(settings, chatSDK, await chatSDK.getLiveChatConfig());
  drawIcons();
  await mount(props);
  const sdk = openSurface(follow(getWidgetCacheId(orgId, widgetId, ""), isKept));
  await misbehave(sdk);
  raise("lcw:ready");
};

const start = () => load().catch((error) => fail(SCRIPTS_FAILED, String(error?.message ?? error)));

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
