/** Renders runs. */
import { t } from "elysia";
import {
  RUN_KINDS,
  RUN_STATES,
  type Askable,
  type LogLine,
  type RunSummary,
} from "../domain/run.ts";
import type { RunDetails } from "../feed/runs.ts";
import type { RunNews } from "../feed/live-runs.ts";

const words = <T extends string>(all: readonly T[]) => t.Union(all.map((it) => t.Literal(it)));
const Time = t.Union([t.String({ format: "date-time" }), t.Null()]);
const Value = t.Union([t.Number(), t.String()]);
const Values = (description: string) => t.Record(t.String(), Value, { description });

const SUMMARY = {
  id: t.Integer(),
  kind: words(RUN_KINDS),
  state: words(RUN_STATES),
  asked_at: Time,
  started_at: Time,
  ended_at: Time,
  stage: t.String({ description: "Of the work, as far as it has come" }),
  done: t.Number({ description: "Steps of the stage that are done, of `total`" }),
  total: t.Number(),
  words: t.String({ description: "What it did, or why it failed" }),
};
/** A run in few words. */
export const RunRow = t.Object(SUMMARY);

/** A line of a log. */
export const RunLine = t.Object({ at: t.String({ format: "date-time" }), text: t.String() });
const Log = t.Array(RunLine, { description: "What was logged while it ran, the newest lines" });

const Refusal = t.Union([t.String(), t.Null()]);
/** The newest runs. */
export const RunsReply = t.Object({
  runs: t.Array(RunRow, { description: "The newest first" }),
  refusals: t.Object(
    { sync: Refusal, learn: Refusal, evaluate: Refusal } satisfies Record<Askable, unknown>,
    { description: "Why none of a kind can be started now; null if one can" },
  ),
});

/** A run and what is new in its log. */
export const RunNewsReply = t.Object({ ...SUMMARY, lines: t.Array(RunLine) });

/** All that is kept of a run. */
export const RunReply = t.Object({
  ...SUMMARY,
  figures: Values("Its result in numbers and names"),
  quality: t.Union([
    t.Object({
      cases: t.Integer({ description: "Held-out cases" }),
      rankings: t.Array(
        t.Object({
          name: t.String(),
          ndcg: t.Number({ description: "nDCG@20" }),
          low: t.Number({ description: "Ends of the 95 % interval" }),
          high: t.Number(),
        }),
      ),
    }),
    t.Null(),
  ]),
  settings: Values("What it ran with, without secrets, and what training fitted"),
  before: t.Union([t.Integer(), t.Null()], {
    description: "The run before of the same kind that was done",
  }),
  differences: t.Array(
    t.Object({
      name: t.String(),
      before: t.Union([Value, t.Null()], { description: "null if that run had no such setting" }),
      now: t.Union([Value, t.Null()]),
    }),
    { description: "Settings that differ from those of the run before" },
  ),
  log: Log,
});

const isoTime = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
const lineOf = ({ atMs, text }: LogLine) => ({ at: isoTime(atMs)!, text });

/** A run in few words, as JSON. */
export const runRow = (run: RunSummary): typeof RunRow.static => ({
  id: run.id,
  kind: run.kind,
  state: run.state,
  asked_at: isoTime(run.askedAtMs),
  started_at: isoTime(run.startedAtMs),
  ended_at: isoTime(run.endedAtMs),
  stage: run.stage,
  done: run.done,
  total: run.total,
  words: run.words,
});

/** News of a run, as JSON. */
export const runNews = ({ run, lines }: RunNews): typeof RunNewsReply.static => ({
  ...runRow(run),
  lines: lines.map(lineOf),
});

/** A run beside the one before, as JSON. */
export const runReply = ({ run, before, differences }: RunDetails): typeof RunReply.static => ({
  ...runRow(run),
  figures: { ...run.figures },
  quality: run.quality
    ? {
        cases: run.quality.cases,
        rankings: run.quality.rankings.map(({ nDcg: ndcg, ...it }) => ({ ...it, ndcg })),
      }
    : null,
  settings: { ...run.settings },
  before: before?.id ?? null,
  differences: differences.map(({ name, before = null, now = null }) => ({ name, before, now })),
  log: run.log.map(lineOf),
});

/** A run of learning, for the documentation: in few words, and all that is kept of it. */
export const ROW_EXAMPLE: typeof RunRow.static = {
  id: 12,
  kind: "learn",
  state: "done",
  asked_at: "2025-06-01T00:11:58.000Z",
  started_at: "2025-06-01T00:12:00.000Z",
  ended_at: "2025-06-01T00:12:09.000Z",
  stage: "writing the snapshot",
  done: 1,
  total: 1,
  words: "learnt snapshot 20250601T001209000Z from 21000 events and 2227 posts, 2227 of them understood by their text, in 9.0 s", // prettier-ignore
};
export const RUN_EXAMPLE: typeof RunReply.static = {
  ...ROW_EXAMPLE,
  figures: { posts: 2227, events: 21_000 },
  quality: { cases: 900, rankings: [{ name: "blend", ndcg: 0.14, low: 0.12, high: 0.16 }] },
  settings: { SEED: 1, "weight of popular": "0.2, 0.3, 0.3, 0.3" },
  before: 9,
  differences: [{ name: "SEED", before: 2, now: 1 }],
  log: [{ at: "2025-06-01T00:12:00.400Z", text: "training on the past" }],
};
