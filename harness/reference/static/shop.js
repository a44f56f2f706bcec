// What the page of a site does for a customer who has signed in there: it says so to the service, by
// the function that the widget's settings name, and to a bot that asks.
const token = async () => (await fetch(`${location.pathname}/token`)).text();

window.shopToken = async (callback) => callback(await token());

const signInToBot = async (url, callback) => {
  const body = JSON.stringify({ token: await token() });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body });
  callback({ show: answer.status !== 200 });
};

addEventListener("lcw:ready", () =>
  Microsoft.Omnichannel.LiveChatWidget.SDK.setBotAuthTokenProvider(signInToBot),
);
