// The bot's own chat: Web Chat as it is published, with nothing that takes a transfer.
//
// A bot's own page has no renderer for the transfer and says so, where Web Chat alone would draw
// nothing at all; the end of a conversation is drawn as nothing, for Web Chat would break over it.
(() => {
  const { token, hides } = document.currentScript.dataset;
  const NOTICE = "No renderer for this activity";

  const drawn = (activity) => {
    if (activity.type === "endOfConversation") return { ...activity, type: "event", name: activity.type };
    if (activity.name !== "handoff.initiate" || hides === "true") return activity;
    return { ...activity, type: "message", text: NOTICE, attachments: [] };
  };

  const store = window.WebChat.createStore({}, () => (next) => (action) => {
    if (action.type !== "DIRECT_LINE/INCOMING_ACTIVITY") return next(action);
    const activity = drawn(action.payload.activity);
    return next({ ...action, payload: { ...action.payload, activity } });
  });

  const start = async () => {
    const given = await (await fetch(token)).json();
    const domain = `${location.origin}/v3/directline`;
    const directLine = window.WebChat.createDirectLine({ token: given.token, domain });
    window.WebChat.renderWebChat({ directLine, store, locale: "en-US" }, document.getElementById("webchat"));
  };

  start();
})();
