// Tells the page what the widget does: the documented window events, from the widget's own broadcasts.
import { BroadcastService, ConversationState } from "@microsoft/omnichannel-chat-widget";
import { raise } from "./errors.js";
import { deviates } from "./faults.js";

// Events of the page that a fault keeps back.
const KEPT = {
  "lcw:startChat": "loader_raises_no_start_chat",
  "lcw:chatQueued": "loader_raises_no_chat_queued",
  "lcw:chatRetrieved": "loader_raises_no_chat_retrieved",
  "lcw:threadUpdate": "loader_raises_no_thread_update",
};

const say = (name, detail) => (name in KEPT && deviates(KEPT[name])) || raise(name, detail);

const NOT_BEGUN = [ConversationState.Closed, ConversationState.ProactiveChat];
const STARTING = [ConversationState.Prechat, ConversationState.Loading];

const tagsOf = (payload) =>
  [payload?.channelData?.tags ?? payload?.tags ?? []].flat().join().split(",").filter(Boolean);

const message = (payload, ...more) => {
  const tags = [...tagsOf(payload), ...more];
  const messageType = tags.includes("system") ? "system" : "user";
  return { ...payload, messageType, channelData: { ...payload?.channelData, tags } };
};

// Broadcasts that stand for one event of the page each.
const DIRECT = {
  NewMessageReceived: (payload) => raise("lcw:onMessageReceived", message(payload)),
  HistoryMessageReceived: (payload) => raise("lcw:onMessageReceived", message(payload, "history")),
  ChatRetrievedFromCache: (payload) => say("lcw:chatRetrieved", payload),
  NewMessageSent: (payload) => raise("lcw:onMessageSent", message(payload)),
  OnWidgetError: ({ errorMessage } = {}) =>
    raise("lcw:error", {
      errorCode: null,
      // An error loses its words on its way through the broadcast.
      errorDescription: typeof errorMessage === "string" ? errorMessage : "The chat reported an error.",
    }),
};

/** Hears each broadcast once, by its `key`: the widget repeats those that it takes for lost. */
const hear = (name, tell, key = ({ eventId }) => eventId, heard = new Set()) => {
  BroadcastService.getMessageByEventName(name).subscribe((broadcast) => {
    const about = key(broadcast);
    if (heard.has(about)) return;
    heard.add(about);
    tell(broadcast.payload);
  });
};

/** Which message a broadcast tells of: each tab with the chat tells all tabs of it. */
const messageOf = ({ eventId, payload }) =>
  payload?.Id ? [payload.chatId, payload.conversationId, payload.Id, payload.text].join() : eventId;

/** Where the widget stood when its page was left, from what it keeps for its return. */
const kept = (stateEvent) => {
  try {
    return JSON.parse(JSON.parse(localStorage.getItem(stateEvent)).data).appStates;
  } catch {
    return { conversationState: ConversationState.Closed };
  }
};

/** A closed chat becomes active only through loading: anything else is an old broadcast, repeated. */
const skipsLoading = (from, to) =>
  from === ConversationState.Closed &&
  [ConversationState.Active, ConversationState.InActive].includes(to);

/** Raises events for the widget's messages and errors, in this window or in one of its own. */
export const hearMessages = () => {
  const heard = new Set();
  for (const [name, tell] of Object.entries(DIRECT)) hear(name, tell, messageOf, heard);
};

/**
 * Follows a chat by the name under which the widget keeps and tells its state: raises events for what
 * changes, and answers a function that tells the latest state.
 */
export const follow = (stateEvent) => {
  let before = kept(stateEvent);
  let hasSize = false;
  let queued = false;
  let ended = false;

  const conversationChanged = (from, to) => {
    if (from === to) return;
    if (NOT_BEGUN.includes(from) && STARTING.includes(to)) {
      ended = false;
      if (!queued) say("lcw:startChat");
    }
    if (to === ConversationState.Active && !queued) {
      queued = true;
      say("lcw:chatQueued");
    }
    if (to === ConversationState.Closed && !NOT_BEGUN.includes(from)) {
      queued = false;
      say("lcw:closeChat");
      say("lcw:onClose");
    }
  };
  const sizeChanged = (from, to) => {
    if (to === true && from === false) say("lcw:onMinimize");
    if (to === false && from !== false) say("lcw:onMaximize");
  };
  const endedByDesk = ({ conversationEndedBy, chatDisconnectEventReceived }) =>
    ["Agent", "Bot"].includes(conversationEndedBy) || chatDisconnectEventReceived;

  // Only a widget that has just been drawn has no size: later, that is an old broadcast, or another tab's.
  const isStale = ({ conversationState, isMinimized }) => {
    if (hasSize && isMinimized === undefined) return true;
    hasSize ||= isMinimized !== undefined;
    return skipsLoading(before.conversationState, conversationState);
  };

  // A chat that was found again has been started and queued before.
  hear("ChatRetrievedFromCache", () => {
    queued = true;
  });
  hear(stateEvent, ({ appStates }) => {
    if (isStale(appStates)) return;
    conversationChanged(before.conversationState, appStates.conversationState);
    sizeChanged(before.isMinimized, appStates.isMinimized);
    before = appStates;
    if (ended || !endedByDesk(appStates)) return;
    ended = true;
    say("lcw:threadUpdate");
  });
  return () => before;
};
