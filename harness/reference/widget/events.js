// Tells the page what the widget does: the documented window events, from the widget's own broadcasts.
import { BroadcastService, ConversationState } from "@microsoft/omnichannel-chat-widget";

/** Raises a documented event on window. */
export const raise = (name, detail) => window.dispatchEvent(new CustomEvent(name, { detail }));

const STARTING = [ConversationState.Prechat, ConversationState.Loading];
const AGENT = "Agent";

const tagsOf = (payload) => payload?.tags ?? payload?.channelData?.tags ?? [];

const message = (payload) => ({
  ...payload,
  messageType: tagsOf(payload).includes("system") ? "system" : "user",
  channelData: { ...payload?.channelData, tags: tagsOf(payload) },
});

const toldDirectly = {
  NewMessageReceived: (payload) => raise("lcw:onMessageReceived", message(payload)),
  NewMessageSent: (payload) => raise("lcw:onMessageSent", message(payload)),
  ChatRetrievedFromCache: (payload) => raise("lcw:chatRetrieved", payload),
  OnWidgetError: (payload) =>
    raise("lcw:error", { errorCode: null, errorDescription: String(payload?.errorMessage ?? "") }),
};

/**
 * Follows the widget: raises events for its broadcasts and for the changes of its state, and answers
 * a function that tells the latest state. `quiet` names events that are not raised.
 */
export const follow = (stateEvent, quiet = []) => {
  const say = (name, detail) => quiet.includes(name) || raise(name, detail);
  let before = { conversationState: ConversationState.Closed };
  let retrieved = false;
  let ended = false;

  for (const [name, tell] of Object.entries(toldDirectly))
    BroadcastService.getMessageByEventName(name).subscribe(({ payload }) => {
      retrieved = retrieved || name === "ChatRetrievedFromCache";
      tell(payload);
    });

  const stateChanged = (from, to) => {
    if (from === ConversationState.Closed && STARTING.includes(to)) {
      ended = false;
      if (!retrieved) say("lcw:startChat");
    }
    if (to === ConversationState.Active && from !== to && !retrieved) say("lcw:chatQueued");
    if (to === ConversationState.Closed && from !== to) {
      retrieved = false;
      say("lcw:closeChat");
      say("lcw:onClose");
    }
  };
  const sizeChanged = (from, to) => {
    if (to === true && from === false) say("lcw:onMinimize");
    if (to === false && from !== false) say("lcw:onMaximize");
  };
  BroadcastService.getMessageByEventName(stateEvent).subscribe(({ payload }) => {
    const now = payload.appStates;
    stateChanged(before.conversationState, now.conversationState);
    sizeChanged(before.isMinimized, now.isMinimized);
    if (!ended && (now.conversationEndedBy === AGENT || now.chatDisconnectEventReceived)) {
      ended = true;
      say("lcw:threadUpdate");
    }
    before = now;
  });
  return () => before;
};
