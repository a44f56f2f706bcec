// What the widget is given: how the page's tag and the organisation's settings want it to be.
import chatComponents from "@microsoft/omnichannel-chat-components/package.json";
import { shouldUseFramedMode } from "@microsoft/omnichannel-chat-sdk/lib/utils/AMSClientUtils";
import chatSdk from "@microsoft/omnichannel-chat-sdk/package.json";
import chatWidget from "@microsoft/omnichannel-chat-widget/package.json";
import { deviates } from "./faults.js";
import { customisation } from "./page.js";
import { authToken } from "./providers.js";

const RECONNECT = "oc.reconnectid";

const IN_CORNER = {
  position: "fixed",
  bottom: "20px",
  right: "20px",
  // Not wider than the page: at a zoom of 400 % that has 320 pixels (WCAG 1.4.10).
  width: "min(360px, calc(100vw - 40px))",
  maxHeight: "calc(100vh - 40px)",
};
// A height of its own: without one a long conversation pushes the send box out of sight.
const CORNER_HEIGHT = "min(500px, calc(100vh - 120px))";

// What a fault makes of it: as on a large page, however small this one is.
const ROOMY = { width: "360px", maxHeight: "none", minHeight: "600px" };

const IN_WINDOW = { position: "fixed", inset: "0", width: "100%", height: "100%" };
const WINDOW_HEIGHT = "calc(100vh - 100px)";

const isPlain = (value) => Object.prototype.toString.call(value) === "[object Object]";

/** Both, one inside the other; where they differ the second holds. */
const merged = (ours, theirs) =>
  Object.entries(theirs).reduce(
    (both, [name, value]) => ({
      ...both,
      [name]: isPlain(both[name]) && isPlain(value) ? merged(both[name], value) : value,
    }),
    ours,
  );

const controls = (settings, isOn) => ({
  controlProps: {
    hideChatButton: settings.hidesButton || settings.isOwnWindow || !isOn("ShowWidget", "True"),
    hideHeader: settings.hidesHeader,
    // Without its button the widget starts the chat by itself.
    hideStartChatButton: settings.isOwnWindow,
  },
});

const unread = () => ({
  ...(deviates("loader_counts_no_unread") && { hideNotificationBubble: true }),
  largeUnreadMessageString: deviates("loader_counts_past_99") ? "100" : "99+",
});

const looks = (settings) => ({
  styleProps: {
    generalStyles: {
      ...(settings.isOwnWindow ? IN_WINDOW : IN_CORNER),
      ...(deviates("loader_keeps_its_width") && ROOMY),
      ...(settings.fonts && { fontFamily: settings.fonts }),
    },
  },
  chatButtonProps: {
    controlProps: unread(),
    ...(settings.colour && { styleProps: { iconStyleProps: { backgroundColor: settings.colour } } }),
  },
  headerProps: {
    // Folded away, a window would be empty.
    controlProps: { hideMinimizeButton: settings.isOwnWindow },
    ...(settings.colour && {
      styleProps: { generalStyleProps: { backgroundColor: settings.colour } },
    }),
  },
});

const chat = (settings, isOn) => ({
  webChatContainerProps: {
    containerStyles: { height: settings.isOwnWindow ? WINDOW_HEIGHT : CORNER_HEIGHT },
    webChatStyles: {
      // Elsewhere the published client hands files to a frame that only the product's host has.
      hideUploadButton: !isOn("msdyn_enablefileattachmentsforcustomers") || shouldUseFramedMode(false),
      ...(settings.colour && { bubbleBackground: settings.colour }),
      ...(settings.actionLayout && { suggestedActionLayout: settings.actionLayout }),
      ...(settings.fonts && { primaryFont: settings.fonts }),
    },
  },
  footerProps: {
    controlProps: {
      hideDownloadTranscriptButton: !isOn("msdyn_enabletranscriptdownload"),
      hideEmailTranscriptButton: !isOn("msdyn_enabletranscriptemail"),
    },
  },
  // The page that is downloaded shall need nothing of a CDN.
  downloadTranscriptProps: { webChatTranscript: { disabled: true } },
});

const reconnecting = () => ({
  reconnectChatPaneProps: {
    reconnectId: new URLSearchParams(location.search).get(RECONNECT) ?? undefined,
    redirectInSameWindow: true,
  },
});

// The widget's own telemetry would go to a collector outside of this machine.
const telemetry = (settings) => ({
  telemetryConfig: {
    telemetryDisabled: true,
    disableConsoleLog: !settings.logs,
    chatWidgetVersion: chatWidget.version,
    chatComponentVersion: chatComponents.version,
    OCChatSDKVersion: chatSdk.version,
  },
});

/** The widget's properties; those of the page's customisation function hold over all others. */
export const propsOf = (settings, chatSDK, chatConfig) => {
  const said = chatConfig?.LiveWSAndLiveChatEngJoin ?? {};
  const isOn = (name, otherwise = "False") =>
    String(said[name] ?? otherwise).toLowerCase() === "true";
  const ours = {
    ...controls(settings, isOn),
    ...looks(settings),
    ...chat(settings, isOn),
    ...reconnecting(),
    ...telemetry(settings),
  };
  return { ...merged(ours, customisation(settings)), chatSDK, chatConfig, getAuthToken: authToken };
};
