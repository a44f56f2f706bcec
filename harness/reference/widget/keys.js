// The documented key of a chat: Ctrl and / lead to where the customer writes (docs C10). The widget has
// none of its own; in the product it is the bootstrapper that listens.
import { deviates } from "./faults.js";

/** From now on Ctrl and / move the focus to the send box, unless something has to be answered first. */
export const listenToKeys = () =>
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || event.key !== "/") return;
    const box = document.querySelector("[data-id='webchat-sendbox-input']");
    const isAsked = document.getElementById("oc-lcw-dim-layer");
    if (!box || isAsked || deviates("loader_ignores_focus_key")) return;
    event.preventDefault();
    box.focus();
  });
