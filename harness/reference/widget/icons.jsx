// Icons of our own for the few that the widget shows: its font is not free, and comes from a CDN that a
// machine without a network, or a test, cannot reach. Fluent's public registry takes drawings too.
import React from "react";
import { registerIcons, unregisterIcons } from "@fluentui/react";

const drawn = (path) => (
  <svg
    viewBox="0 0 16 16"
    width="1em"
    height="1em"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={path} />
  </svg>
);

const SPEAKER = "M2 6v4h3l4 3V3L5 6z";

const ICONS = {
  ChromeMinimize: drawn("M3 8h10"),
  ChromeClose: drawn("M3.5 3.5l9 9m0-9l-9 9"),
  Download: drawn("M8 2v8m-3.5-3L8 10.5 11.5 7M3 13.5h10"),
  Mail: drawn("M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5"),
  Volume3: drawn(`${SPEAKER}M11.5 6a3 3 0 010 4m1.5-6a6 6 0 010 8`),
  Volume0: drawn(`${SPEAKER}M11.5 6.5l3 3m0-3l-3 3`),
};

/** Puts our drawings in the place of the font's; call after the widget has registered its own. */
export const drawIcons = () => {
  unregisterIcons(Object.keys(ICONS));
  registerIcons({ icons: ICONS });
};
