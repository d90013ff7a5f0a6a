/** Learner threads on a folder of their own, fed by a stand-in upstream. */
import { join } from "node:path";
import { openLearner, type Learner, type LearnerOptions } from "../../src/training/jobs/learner.ts";
import { plainDataset } from "./dataset.ts";
import { temporaryFolder } from "./folder.ts";
import { serveSocialverse, TOKEN } from "./socialverse.ts";

/** 15 users and 25 posts upstream, nothing in the folder yet; `await using` ends all of it. */
export function openDesk() {
  const folder = temporaryFolder();
  const upstream = serveSocialverse({ data: plainDataset({ users: 15, posts: 25 }) });
  const learners: Learner[] = [];
  const workers: Worker[] = [];
  const storePath = join(folder.path, "store.db");
  const snapshots = join(folder.path, "snapshots");
  const open = (over: Partial<LearnerOptions> = {}): Learner => {
    const learner = openLearner({
      spawn: () => {
        const worker = new Worker(new URL("../../src/training/jobs/worker.ts", import.meta.url));
        workers.push(worker);
        return worker;
      },
      storePath,
      snapshotsFolder: snapshots,
      upstream: { kind: "api", baseUrl: upstream.url, token: TOKEN, resonanceAlgorithm: "any" },
      seed: 1,
      threads: 1,
      version: "1.2.3",
      onEnd: () => {},
      pauseMs: 5,
      ...over,
    });
    learners.push(learner);
    return learner;
  };
  return {
    upstream,
    storePath,
    snapshots,
    /** Every thread that was started. */
    workers,
    open,
    /** A learner that has read upstream. */
    synced: async () => {
      const learner = open();
      await learner.sync(false);
      return learner;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(learners.map((it) => it.close()));
      upstream[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}
