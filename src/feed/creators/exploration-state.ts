/** State of exploration: how far new posts have come. */
import type { Exposure } from "../../data/exposures.ts";
import type { ServedLog } from "../../data/served-log.ts";
import { DAY_MS } from "../../domain/day.ts";
import type { PostKey } from "../../domain/ids.ts";
import { pause } from "../../runtime/time-slicing.ts";
import { completionRateOf } from "../new-posts.ts";
import { stageOf, youngRows, type TrialSettings } from "../trials.ts";
import { STAGES, type ExplorationState, type Stage } from "./health.ts";
import type { Shown } from "./shown.ts";

/** Counts that are read at once. */
const READ = 1_000;

/** The stage of each new post, by its row; empty while exploration is off. */
export async function stagesOf(
  { exposures }: ServedLog,
  { model, untilMs }: Pick<Shown, "model" | "untilMs">,
  { share, impressions: promised, days }: TrialSettings,
): Promise<ReadonlyMap<number, Stage>> {
  const stages = new Map<number, Stage>();
  if (share === 0) return stages;
  const counts = new Map<PostKey, Exposure>();
  for (let [from, size] = [0, READ]; size === READ; await pause()) {
    const { n, posts } = await exposures.changedAfter(from, READ);
    for (const it of posts) counts.set(it.post, it);
    [from, size] = [n, posts.length];
  }
  const completionRate = completionRateOf(await exposures.all());
  for (const row of youngRows(model, untilMs - days * DAY_MS)) {
    const known = counts.get(model.postKeys[row] as PostKey);
    stages.set(row, known === undefined ? "waiting" : stageOf(known, completionRate, promised));
  }
  return stages;
}

/** The state of exploration; `undefined` while it is off. */
export function explorationState(
  settings: TrialSettings,
  { explored }: Pick<Shown, "explored">,
  stages: ReadonlyMap<number, Stage>,
): ExplorationState | undefined {
  if (settings.share === 0) return undefined;
  const posts = Object.fromEntries(STAGES.map((it) => [it, 0])) as Record<Stage, number>;
  for (const stage of stages.values()) posts[stage]++;
  return { ...settings, won: explored, posts };
}
