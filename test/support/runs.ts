/** A run of learning, and a service that knows it alone. */
import type { RunSummary } from "../../src/domain/run.ts";
import type { RunsService } from "../../src/feed/runs.ts";

/** The run in few words. */
export const SUMMARY: RunSummary = {
  id: 12,
  kind: "learn",
  state: "done",
  askedAtMs: undefined,
  startedAtMs: 0,
  endedAtMs: 9_000,
  stage: "training",
  done: 2,
  total: 2,
  words: "learnt /home/ada/data/snapshots/s1",
};

/** The run with all that is kept of it. */
export const RUN = {
  ...SUMMARY,
  figures: { posts: 45 },
  settings: { SEED: 1 },
  log: [{ atMs: 5, text: "training" }],
  quality: { cases: 5, rankings: [{ name: "blend", nDcg: 0.2, low: 0.1, high: 0.3 }] },
};
const differences = [
  { name: "SEED", before: 2, now: 1 },
  { name: "variety", before: undefined, now: 0.3 },
];

/** Runs of which nothing can hinder another. */
export const fakeRuns: RunsService = {
  list: async () => [SUMMARY],
  find: async (id) => (id === RUN.id ? { run: RUN, before: { ...RUN, id: 5 }, differences } : undefined), // prettier-ignore
  live: async function* () {
    yield { run: { ...SUMMARY, state: "running", done: 1 }, lines: RUN.log };
    yield { run: SUMMARY, lines: [] };
  },
  refusals: async () => ({ sync: undefined, learn: undefined, evaluate: undefined }),
  start: async () => ({ id: 1 }),
  ask: async () => 1,
};
