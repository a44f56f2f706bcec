// botframework-directlinejs in Node: directlinejs.mjs DOMAIN SECRET stream|polling
//
// Says {activity}, {posted}, {failed}, {dropped}. Orders: {posts: activity}, {drops: true}.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(`${process.cwd()}/`);
const WebSocket = require("ws");
const sockets = [];

// What the client expects of a browser.
globalThis.XMLHttpRequest = require("xhr2");
globalThis.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    sockets.push(this);
  }
};
// Its pause before it connects anew is random, from 3 to 15 seconds.
Math.random = () => 0;

const { DirectLine } = require("botframework-directlinejs");
const [domain, secret, kind] = process.argv.slice(2);
const say = (line) => console.log(JSON.stringify(line));

const line = new DirectLine({ domain, secret, webSocket: kind === "stream", pollingInterval: 200 });
line.activity$.subscribe((activity) => say({ activity }));

const orders = {
  posts: (activity) =>
    line.postActivity({ type: "message", from: { id: "ada", name: "Ada" }, ...activity }).subscribe(
      (posted) => say({ posted }),
      (error) => say({ failed: error.status ?? String(error) }),
    ),
  drops: () => {
    const socket = sockets.at(-1);
    socket.on("close", () => say({ dropped: true }));
    socket.terminate();
  },
};

for await (const order of createInterface({ input: process.stdin })) {
  for (const [name, value] of Object.entries(JSON.parse(order))) orders[name](value);
}
line.end();
process.exit(0);
