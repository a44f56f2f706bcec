// Microsoft.Omnichannel.LiveChatWidget.SDK: the documented interface, there as soon as the script has
// run. What is asked of it before the chat is ready waits until it is.
import { BroadcastService } from "@microsoft/omnichannel-chat-widget";
import { availabilityOf } from "./availability.js";
import { deviates } from "./faults.js";
import { botTokenProvider, context, contextOf, contextProvider, tokenProvider } from "./providers.js";
import { openWindow } from "./windows.js";

const post = (eventName, payload) => BroadcastService.postMessage({ eventName, payload });

const startChat = (options) => {
  const given = contextOf(options?.customContext);
  if (options?.inNewWindow && openWindow(given)) return;
  post("StartChat", { customContext: given });
};

const startProactiveChat = (notificationConfig, showPrechat, options) => {
  const known = context();
  if (known) post("SetCustomContext", known);
  post("StartProactiveChat", {
    notificationConfig,
    enablePreChat: showPrechat ?? true,
    inNewWindow: options?.inNewWindow ?? false,
  });
};

const closeChat = () => post("InitiateEndChat");

/** Puts the interface on window; answers it, and a function that lets it work. */
export const openSurface = () => {
  let begin;
  let getAgentAvailability;
  const ready = new Promise((resolve) => {
    begin = resolve;
  });
  let isReady = false;
  const when =
    (call) =>
    (...given) => {
      if (isReady) return void call(...given);
      if (!deviates("loader_drops_early_calls")) ready.then(() => call(...given));
    };
  const sdk = {
    startChat: when(startChat),
    closeChat: when(closeChat),
    startProactiveChat: when(startProactiveChat),
    getAgentAvailability: () => ready.then(() => getAgentAvailability()),
    setContextProvider: contextProvider.set,
    getContextProvider: contextProvider.get,
    removeContextProvider: contextProvider.remove,
    setAuthTokenProvider: tokenProvider.set,
    getAuthTokenProvider: tokenProvider.get,
    removeAuthTokenProvider: tokenProvider.remove,
    setBotAuthTokenProvider: botTokenProvider.set,
  };
  window.Microsoft = window.Microsoft ?? {};
  window.Microsoft.Omnichannel = window.Microsoft.Omnichannel ?? {};
  window.Microsoft.Omnichannel.LiveChatWidget = { SDK: sdk };
  const work = (chatSDK) => {
    getAgentAvailability = availabilityOf(chatSDK);
    isReady = true;
    begin();
  };
  return { sdk, work };
};
