// What a page says to the loader: the documented attributes of its script tag, and functions by name.

const SNIPPET_ID = "Microsoft_Omnichannel_LCWidget";

/** The id of the element that the widget is drawn in. */
export const PLACE = "lcw-place";

const RINGS_FOR_TESTS = ["test", "int", "df"];

const TAKEN = Symbol.for("handoff.taken");

let found = null;

/** The script tag of the page, found by its documented id, once; null when the page has none. */
export const snippet = () => (found ??= document.getElementById(SNIPPET_ID));

/** Whether the page has the chat already, as one has that carries the script twice; from now on it has. */
export const isTaken = () => {
  const tag = snippet();
  const before = tag?.[TAKEN] || document.getElementById(PLACE);
  if (tag) tag[TAKEN] = true;
  return Boolean(before);
};

/** The documented attributes of the tag, with the types that the widget wants. */
export const readSnippet = (tag) => {
  const { dataset } = tag;
  const text = (name) => dataset[name]?.trim() ?? "";
  const says = (name, wanted = "true") => text(name).toLowerCase() === wanted;
  return {
    widgetId: text("appId"),
    orgId: text("orgId"),
    orgUrl: text("orgUrl").replace(/\/+$/, ""),
    hidesButton: says("hideChatButton"),
    hidesHeader: says("renderMobile"),
    opensWindow: says("openInWindow"),
    // The older and the newer name of one setting.
    sendsTelemetry: !says("enableTelemetry", "false") && !says("disableTelemetry"),
    logs: RINGS_FOR_TESTS.includes(text("lcwVersion")),
    colour: text("colorOverride"),
    fonts: dataset.fontFamilyOverride?.split(";").map((font) => font.trim()).filter(Boolean).join(", "),
    actionLayout: text("suggestedActionLayout"),
    customise: tag.hasAttribute("v2") ? text("customizationCallback") : "",
    isOwnWindow: says("handoffWindow"),
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
  name ? name.split(".").reduce((place, part) => place?.[part], window) : undefined;

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
