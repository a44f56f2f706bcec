// What a page says to the loader: the documented attributes of its script tag, read once.

const SNIPPET_ID = "Microsoft_Omnichannel_LCWidget";

/** The script tag of the page, found by its documented id; null when the page has none. */
export const snippet = () => document.getElementById(SNIPPET_ID);

/** The documented attributes of the tag, with the types that the widget wants. */
export const readSnippet = (tag) => {
  const { dataset } = tag;
  return {
    widgetId: dataset.appId ?? "",
    orgId: dataset.orgId ?? "",
    orgUrl: (dataset.orgUrl ?? "").replace(/\/+$/, ""),
    hidesButton: dataset.hideChatButton === "true",
    hidesHeader: dataset.renderMobile === "true",
    colour: dataset.colorOverride,
    fonts: dataset.fontFamilyOverride?.split(";").join(", "),
    actionLayout: dataset.suggestedActionLayout,
    customise: dataset.customizationCallback,
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

const primitives = (settings) =>
  Object.fromEntries(
    Object.entries(settings ?? {}).filter(([, value]) => !["function", "symbol"].includes(typeof value)),
  );

/** The page's own settings for the widget: static values from its customisation function. */
export const customisation = (settings) => {
  const callback = settings.customise && window[settings.customise];
  return typeof callback === "function" ? primitives(callback()) : {};
};
