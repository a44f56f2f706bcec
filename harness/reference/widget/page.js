// What a page says to the loader: the documented attributes of its script tag, and functions by name.

const SNIPPET_ID = "Microsoft_Omnichannel_LCWidget";

const RINGS_FOR_TESTS = ["test", "int", "df"];

/** The script tag of the page, found by its documented id; null when the page has none. */
export const snippet = () => document.getElementById(SNIPPET_ID);

/** The documented attributes of the tag, with the types that the widget wants. */
export const readSnippet = (tag) => {
  const { dataset } = tag;
  const says = (name) => dataset[name]?.trim().toLowerCase() === "true";
  return {
    widgetId: dataset.appId ?? "",
    orgId: dataset.orgId ?? "",
    orgUrl: (dataset.orgUrl ?? "").replace(/\/+$/, ""),
    hidesButton: says("hideChatButton"),
    hidesHeader: says("renderMobile"),
    opensWindow: says("openInWindow"),
    // The older and the newer name of one setting.
    sendsTelemetry: dataset.enableTelemetry !== "false" && !says("disableTelemetry"),
    logs: RINGS_FOR_TESTS.includes(dataset.lcwVersion),
    colour: dataset.colorOverride,
    fonts: dataset.fontFamilyOverride?.split(";").map((font) => font.trim()).filter(Boolean).join(", "),
    actionLayout: dataset.suggestedActionLayout,
    customise: tag.hasAttribute("v2") ? dataset.customizationCallback : undefined,
    isOwnWindow: dataset.handoffWindow === "true",
  };
};

/** What is missing from the tag, in the attribute's own spelling. */
export const missing = (settings) =>
  [
    ["data-app-id", settings.widgetId],
    ["data-org-id", settings.orgId],
    ["data-org-url", settings.orgUrl],
  ]
    .filter(([, value]) => !value)
    .map(([name]) => name);

/** What a name of the page stands for, dots and all; undefined when there is no such thing. */
export const named = (name) =>
  name?.split(".").reduce((place, part) => place?.[part], window);

/** The page's own settings for the widget: what its customisation function says, functions left out. */
export const customisation = (settings) => {
  const callback = named(settings.customise);
  if (typeof callback !== "function") return {};
  try {
    return JSON.parse(JSON.stringify(callback() ?? {}));
  } catch (error) {
    console.error(`${settings.customise}, which the chat's script tag names, failed:`, error);
    return {};
  }
};
