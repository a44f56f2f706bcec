// The published SDK, and one thing heard of it that the widget keeps to itself: that the service has
// refused the token of whoever is signed in to the page.
import { OmnichannelChatSDK } from "@microsoft/omnichannel-chat-sdk";
import { refuseToken } from "./providers.js";

const UNKNOWN = 401;

const hear = async (answer) => {
  try {
    return await answer;
  } catch (error) {
    if (error?.httpResponseStatusCode === UNKNOWN) refuseToken();
    throw error;
  }
};

export class ChatSDK extends OmnichannelChatSDK {
  startChat(options) {
    return hear(super.startChat(options));
  }

  getChatReconnectContext(options) {
    return hear(super.getChatReconnectContext(options));
  }
}
