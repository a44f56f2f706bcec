// Whether somebody could take a chat now: asked of the service at most once in two minutes, and again
// when what the page knows of its customer has changed.
import { TOO_MANY_CALLS, fail, raise } from "./errors.js";
import { context } from "./providers.js";

const KEPT_FOR = 2 * 60_000;

/** A function that promises the answer, and raises lcw:getAgentAvailability with it. */
export const availabilityOf = (chatSDK) => {
  let kept;
  const ask = async (customContext) => {
    try {
      return await chatSDK.getAgentAvailability(customContext && { customContext });
    } catch (error) {
      kept = undefined;
      if (/\b429\b/.test(error?.message)) fail(TOO_MANY_CALLS, error);
      throw error;
    }
  };
  return async () => {
    const customContext = context();
    const about = JSON.stringify(customContext);
    if (!kept || kept.about !== about || Date.now() - kept.at >= KEPT_FOR)
      kept = { about, at: Date.now(), answer: ask(customContext) };
    const found = await kept.answer;
    raise("lcw:getAgentAvailability", found);
    return found;
  };
};
