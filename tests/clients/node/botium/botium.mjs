// botium-core with its Direct Line connector: botium.mjs DOMAIN SECRET stream|polling
//
// Says {bot}: what the bot said, {said: true}, {failed}. Orders: {says: text}, {hears: true}.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(`${process.cwd()}/`);
const { BotDriver } = require("botium-core");

const [domain, secret, kind] = process.argv.slice(2);
const say = (line) => console.log(JSON.stringify(line));

const driver = new BotDriver({
  CONTAINERMODE: "directline3",
  DIRECTLINE3_SECRET: secret,
  DIRECTLINE3_DOMAIN: domain,
  DIRECTLINE3_WEBSOCKET: kind === "stream",
  DIRECTLINE3_POLLINGINTERVAL: 200,
  DIRECTLINE3_HANDLE_ACTIVITY_TYPES: ["message", "endOfConversation"],
});

const container = await driver.Build();
await container.Start();

const orders = {
  says: async (messageText) => {
    await container.UserSays({ messageText });
    say({ said: true });
  },
  hears: async () => {
    const heard = await container.WaitBotSays(null, 10_000);
    say({ bot: { text: heard.messageText, name: heard.sourceData.from.name } });
  },
};

for await (const order of createInterface({ input: process.stdin })) {
  for (const [name, value] of Object.entries(JSON.parse(order))) {
    try {
      await orders[name](value);
    } catch (error) {
      say({ failed: String(error) });
    }
  }
}
await container.Stop();
await container.Clean();
process.exit(0);
