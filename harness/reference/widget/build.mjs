// Builds the published widget and SDK, unmodified, behind loader.jsx: dist/LiveChatBootstrapper.js; and
// lays the published Web Chat beside it, as it is: dist/webchat.js, for the bot's own website.
//
// `node build.mjs` prints one line; when the lock file and our sources are those of the last build it
// does nothing else and needs no network. Three packages of theirs (the es5 shims) are published
// without the files they point to and make them when installed; p-defer is a dependency of ours only
// because one of those shims needs it and names it as a peer. No code of theirs is changed.
// With `--installed` the packages are there already: `.ci/install` gets them with a word on how far it is.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const at = (...path) => join(here, ...path);
const SOURCES = ["package-lock.json", ...readdirSync(here).filter((name) => /\.m?jsx?$/.test(name)).sort()];
const SHIMS = ["p-defer-es5", "abort-controller-es5", "markdown-it-attrs-es5"];
const BUNDLE = at("dist", "LiveChatBootstrapper.js");
const CANVAS = at("dist", "webchat.js");
const STAMP = at("dist", "built-from");

const digest = (names) => {
  const hash = createHash("sha256");
  for (const name of names) hash.update(name).update(readFileSync(at(name)));
  return hash.digest("hex");
};

const npm = (...words) =>
  execFileSync(process.platform === "win32" ? "npm.cmd" : "npm", words, {
    cwd: here,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });

const install = () => {
  const stamp = at("node_modules", ".installed-from");
  const lock = digest(["package-lock.json"]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  if (!process.argv.includes("--installed")) npm("ci", "--ignore-scripts");
  npm("rebuild", "--ignore-scripts=false", ...SHIMS);
  writeFileSync(stamp, lock);
};

const bundle = async () => {
  // Loaded only here: before `install` it does not exist, and a cached build needs no npm package.
  const { build } = await import("esbuild");
  await build({
    entryPoints: [at("loader.jsx")],
    outfile: `${BUNDLE}.new`,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    logLevel: "error",
    // "browser" first, or Node's crypto comes in.
    mainFields: ["browser", "module", "main"],
    define: { global: "window", "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
  });
  renameSync(`${BUNDLE}.new`, BUNDLE);
  copyFileSync(at("node_modules", "webchat", "dist", "webchat-es5.js"), CANVAS);
};

const main = async () => {
  const wanted = digest(SOURCES);
  const shown = relative(process.cwd(), BUNDLE) || BUNDLE;
  if (existsSync(BUNDLE) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) {
    console.log(`widget: ${shown} is up to date`);
    return;
  }
  mkdirSync(at("dist"), { recursive: true });
  install();
  await bundle();
  writeFileSync(STAMP, wanted);
  console.log(`widget: built ${shown}`);
};

/** The one line of a failure that names its cause. */
const cause = (error) => {
  const lines = `${error.stderr ?? ""}\n${error.message}`.split("\n").map((line) => line.trim());
  return lines.find((line) => /^npm (ERR!|error) (?!code|syscall|errno)/.test(line)) ?? lines.find(Boolean);
};

main().catch((error) => {
  console.error(
    `widget: could not be built (${cause(error)}). ` +
      "It needs Node 20 or later and, the first time, a network to get npm packages.",
  );
  process.exit(1);
});
