// The page's own functions: what it knows of its customer, who is signed in, and to which bot.
import { BroadcastService } from "@microsoft/omnichannel-chat-widget";
import {
  CONTEXT_PROVIDER_FAILED,
  INVALID_TOKEN,
  NO_TOKEN,
  NO_TOKEN_FUNCTION,
  TOKEN_PROVIDER_FAILED,
  fail,
} from "./errors.js";
import { deviates } from "./faults.js";
import { named } from "./page.js";

const TOKEN_WITHIN = 10_000;

/** A function that the page sets, asks for and takes away; only a function will do. */
const slot = (thing, fault) => {
  let held;
  return {
    get: () => held,
    set: (wanted) => {
      if (typeof wanted !== "function" && !deviates(fault))
        throw new TypeError(`${thing} is a function, not ${typeof wanted}.`);
      held = wanted;
    },
    remove: () => {
      held = undefined;
    },
  };
};

export const contextProvider = slot("A context provider", "loader_takes_any_provider");
export const tokenProvider = slot("An auth token provider");
export const botTokenProvider = slot("A bot auth token provider");

/** What the page knows of its customer; nothing when it has no provider, or one that fails. */
export const context = () => {
  const provide = contextProvider.get();
  if (!provide) return undefined;
  try {
    const known = provide() ?? undefined;
    const kind = Object.prototype.toString.call(known).slice(8, -1);
    if (known !== undefined && kind !== "Object") throw new TypeError(`it gave a ${kind}, not an object of details`);
    return known;
  } catch (error) {
    fail(CONTEXT_PROVIDER_FAILED, error);
    return undefined;
  }
};

/** The context of a chat that begins: what is given there and then, ahead of what the page provides. */
export const contextOf = (given) => {
  if (given && contextProvider.get() && deviates("loader_prefers_provider")) return context();
  return given ?? context();
};

/** What the function calls back with; undefined when that takes longer than documented. */
const calledBack = (provide) =>
  new Promise((answer, refuse) => {
    setTimeout(answer, TOKEN_WITHIN);
    Promise.resolve(provide(answer)).catch(refuse);
  });

/** When a token ends, in ms; NaN for a text that is no token. */
const endOf = (token) => {
  try {
    const [, claims] = token.split(".");
    const { exp = Infinity } = JSON.parse(atob(claims.replace(/-/g, "+").replace(/_/g, "/")));
    return exp * 1000;
  } catch {
    return NaN;
  }
};

const told = { ofToken: false };

const failToken = (code, why) => {
  told.ofToken = true;
  fail(code, why);
};

/**
 * The token of whoever is signed in to the page, from the provider that it has set or from the
 * function whose name the widget's settings hold; null, and an error told, when there is none.
 */
export const authToken = async (functionName) => {
  told.ofToken = false;
  const provide = tokenProvider.get() ?? named(functionName);
  if (typeof provide !== "function") {
    failToken(NO_TOKEN_FUNCTION, functionName);
    return null;
  }
  let token;
  try {
    token = await calledBack(provide);
  } catch (error) {
    failToken(TOKEN_PROVIDER_FAILED, error);
    return null;
  }
  if (!token) {
    failToken(NO_TOKEN);
    return null;
  }
  // The widget refuses such a token by itself, and shows so.
  if (!(endOf(token) > Date.now())) failToken(INVALID_TOKEN);
  return token;
};

/** Tells that the service has refused the token, unless the page knows of a failure already. */
export const refuseToken = () => told.ofToken || failToken(INVALID_TOKEN, "it was refused");

/** Lets the page answer a bot's request to sign in: it may hide the card that asks (4.6). */
export const answerBots = () => {
  let shown;
  BroadcastService.getMessageByEventName("SignInCardReceived").subscribe(({ payload }) => {
    const provide = botTokenProvider.get();
    shown = undefined;
    if (!provide) return;
    const decide = ({ show = true } = {}) => {
      // The first word holds: the documented example calls back with show once more at its end.
      shown ??= show;
    };
    Promise.resolve()
      .then(() => provide(payload?.sasUrl, decide))
      .catch(() => decide());
  });
  BroadcastService.getMessageByEventName("BotAuthConfigRequest").subscribe(() => {
    if (shown === undefined) return;
    BroadcastService.postMessage({ eventName: "BotAuthConfigResponse", payload: { response: shown } });
  });
};
