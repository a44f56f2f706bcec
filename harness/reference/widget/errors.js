// The documented codes of lcw:error, and how the page is told of them.
import { deviates } from "./faults.js";

export const CONTEXT_PROVIDER_FAILED = 1;
export const TOKEN_PROVIDER_FAILED = 2;
export const NO_TOKEN = 3;
export const INVALID_TOKEN = 4;
export const SCRIPTS_FAILED = 7;
export const NO_TOKEN_FUNCTION = 8;
export const TOO_MANY_CALLS = 429;

const DESCRIPTIONS = {
  [CONTEXT_PROVIDER_FAILED]: "The custom context provider failed",
  [TOKEN_PROVIDER_FAILED]: "The auth token provider failed",
  [NO_TOKEN]: "The auth token provider gave no token",
  [INVALID_TOKEN]: "The auth token provider gave an invalid token",
  [SCRIPTS_FAILED]: "The chat could not be loaded",
  [NO_TOKEN_FUNCTION]: "The auth function is not on the page",
  [TOO_MANY_CALLS]: "Agent availability was asked for too often",
};

/** Raises a documented event on window. */
export const raise = (name, detail) => window.dispatchEvent(new CustomEvent(name, { detail }));

/** Tells the page that something failed: a documented code, and why. */
export const fail = (errorCode, why) => {
  if (deviates(`loader_keeps_error_${errorCode}`)) return;
  const reason = why?.message ?? why;
  const errorDescription = DESCRIPTIONS[errorCode] + (reason ? `: ${reason}` : ".");
  raise("lcw:error", { errorCode, errorDescription });
};
