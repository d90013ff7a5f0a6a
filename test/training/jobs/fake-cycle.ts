/** A cycle whose work is faked. */
import { runCycle, type CycleDeps } from "../../../src/training/jobs/cycle.ts";
import type { EncoderName } from "../../../src/training/dataset.ts";
import type { LearnOptions } from "../../../src/training/jobs/protocol.ts";
import type { EndpointReport } from "../../../src/ingest/socialverse/scan.ts";
import type { SyncReport } from "../../../src/ingest/socialverse/sync.ts";

const MINI: EncoderName = { model: "mini@1", dimension: 3 };
const OLD: EncoderName = { model: "old@1", dimension: 2 };
/** Report of a complete sync. */
export const REPORT: SyncReport = {
  day: "2025-06-01",
  isComplete: true,
  fetchedRows: 10,
  changedRows: 4,
  withdrawn: 1,
  endpoints: [],
  disbelieved: "",
};
/** Report of a sync that read one endpoint, whole but for what is given. */
export const syncOf = (over: Partial<EndpointReport>): SyncReport => ({
  ...REPORT,
  endpoints: [
    {
      ...{ endpoint: "posts", status: "complete", fetchedRows: 12, changedRows: 4 },
      ...{ badRows: 0, unreadable: [], withdrawn: 0, problem: "" },
      ...over,
    },
  ],
});
const LEARNT = { snapshot: "s1", posts: 3, events: 9, embedded: 2, seconds: 1 };

const RENEWED = { snapshot: "s0", posts: 3, embedded: 2 };

/** Calls of a learning with the vectors of all texts. */
export const LEARNT_WELL = ["encoder", "backfill", "renew with mini@1", "learn well with mini@1"];

/** A cycle over fakes; `calls` lists what it did, in order. */
export function work(over: Partial<CycleDeps> = {}, { hasSynced = false } = {}) {
  const calls: string[] = [];
  const lines: string[] = [];
  let snapshot: { encoder: EncoderName | undefined; embedded: number } | undefined;
  const done = <T>(call: string, value: T) => (calls.push(call), value);
  const deps: CycleDeps = {
    sync: async (force) => done(`sync ${force}`, REPORT),
    learn: async (options: LearnOptions) => {
      if (options.ifSynced && !hasSynced) return undefined;
      snapshot = { encoder: options.encoder, embedded: options.encoder ? 2 : 0 };
      const how = options.isQuick ? "quickly" : "well";
      return done(`learn ${how} with ${options.encoder?.model}`, LEARNT);
    },
    renew: async (encoder) => {
      snapshot = { encoder, embedded: 2 };
      return done(`renew with ${encoder.model}`, RENEWED);
    },
    backfill: async () => done("backfill", undefined),
    encoder: async () => done("encoder", MINI),
    snapshot: () => snapshot,
    log: (line) => void lines.push(line),
    ...over,
  };
  const fail = (call: string) => async () => {
    calls.push(call);
    throw new Error(`no ${call}`);
  };
  const run = () => runCycle(deps).catch((cause: unknown) => cause);
  return { deps, calls, lines, run, fail };
}

/** A day on which a snapshot of another encoder is served. */
export const served = { snapshot: () => ({ encoder: OLD, embedded: 3 }) };
