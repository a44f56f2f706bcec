// How Allure 3 makes the report of a run. `handoff report DIR` starts it with
//   HANDOFF_REPORT   the report directory (verdict.json is read for the name)
//   HANDOFF_HISTORY  the history file that gives trends; optional
// and then takes Allure's analytics call out of what it wrote.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const report = process.env.HANDOFF_REPORT ?? "latest";
const verdictFile = join(report, "verdict.json");
const run = existsSync(verdictFile) ? JSON.parse(readFileSync(verdictFile, "utf8")) : null;

const name = run ? `${run.target.name}: ${run.verdict}` : "handoff-conformance";
// Each result carries its verdict as a label, so a category need not guess from messages.
const verdict = (value) => ({ labels: { verdict: value } });

export default {
  name,
  output: join(report, "allure-report"),
  // Said already by the tree, by links and by tags; they stay in the results for other readers.
  hideLabels: ["parentSuite", "suite", "subSuite", "requirement", "host", "thread", "framework", "language"],
  ...(process.env.HANDOFF_HISTORY
    ? { historyPath: process.env.HANDOFF_HISTORY, appendHistory: true, historyLimit: 100 }
    : {}),
  categories: [
    { name: "The target is wrong", matchers: [verdict("fail")] },
    { name: "Could not be judged: a prerequisite was missing", matchers: [verdict("inconclusive")] },
    { name: "The harness or the machine broke", matchers: [verdict("error")] },
    { name: "Known: an expected failure", matchers: [verdict("expected_failure")] },
    { name: "Does not apply to this target", matchers: [verdict("not_applicable")] },
    { name: "A recommendation is not followed", matchers: [verdict("warning")] },
  ],
  plugins: {
    awesome: {
      options: {
        reportName: name,
        reportLanguage: "en",
        singleFile: true,
        groupBy: ["epic", "feature", "story"],
      },
    },
  },
};
