/** Reader of the overview. */
import { DAY_MS } from "../../domain/day.ts";
import { signalNamed, type SignalName } from "../../domain/known-signals.ts";
import type { Manifest } from "../../snapshot/manifest.ts";
import { SPARE, type Model } from "../../snapshot/model.ts";
import type { StoreCounts } from "../about.ts";
import type { Service } from "../contract.ts";
import type { Readiness } from "../readiness.ts";
import type { ServedSnapshot, SnapshotRegistry } from "../snapshot-registry.ts";
import { alarmsOf, type Effects } from "./alarms.ts";
import { effectsOfSignals } from "./canary.ts";
import type { DailyTally, KindTally } from "./daily.ts";
import type { Overview, SignalState } from "./overview.ts";
import { qualityOf, type Quality } from "./quality.ts";

/** Dependencies of {@link overviewReader}. */
type OverviewDeps = {
  readonly registry: Pick<SnapshotRegistry, "current">;
  readonly tally: () => Promise<DailyTally>;
  readonly counts: () => Promise<StoreCounts>;
  readonly readiness: () => Promise<Readiness>;
  readonly recommend: Service["recommend"];
  /** The manifest of the snapshot before one. */
  readonly before: (id: string) => Manifest | undefined;
  readonly nowMs: () => number;
};

/** Opens the overview. It answers whatever fails: the readiness names the fault, and what can't be read is left out. */
export function overviewReader(deps: OverviewDeps): (days: number) => Promise<Overview> {
  const { registry, tally, counts, readiness, nowMs } = deps;
  const findings = findingsOfSnapshots(deps);
  return async (days) => {
    const current = registry.current();
    const [{ kinds, people, sinceDay }, { effects, quality }] = await Promise.all([
      soon(tally(), NOTHING_COUNTED),
      soon(findings(current), NOTHING_FOUND),
    ]);
    const state = { readiness: await readiness(), quality };
    const byName = namedKinds(kinds);
    const posts = postsByDay(current?.ranker.model);
    const today = Math.floor(nowMs() / DAY_MS);
    // The demo ends on a fixed day, unless something was sent to it since.
    const known = [...posts.keys(), ...byName.values().flatMap(({ byDay }) => byDay.keys())];
    const last = state.readiness.demo && known.length > 0 ? Math.max(...known) : today;
    const span = Array.from({ length: days }, (_, n) => last - days + 1 + n);
    return {
      days: span.map((day) => ({
        day: new Date(day * DAY_MS).toISOString().slice(0, 10),
        posts: posts.get(day) ?? 0,
        people: day < sinceDay ? undefined : people(day),
        events: day < sinceDay ? undefined : sumOf(byName, day),
      })),
      counts: await counts().catch(() => undefined),
      signals: signalsOf(byName, span, effects),
      ...state,
      alarms: alarmsOf({
        ...state,
        today,
        effects,
        kinds: new Map(byName.entries().map(([kind, { byDay }]) => [kind, byDay])),
        newestMs: Math.max(0, ...byName.values().flatMap((it) => [it.syncedMs, it.pushedMs])),
      }),
    };
  };
}

/** Longest wait for counts and canary, milliseconds: a later call has them. */
const WAIT_MS = 800;
const NOTHING_COUNTED: DailyTally = {
  kinds: new Map(),
  people: () => 0,
  lastDayOf: () => undefined,
  sinceDay: Infinity,
};
const NOTHING_FOUND: Findings = { effects: undefined, quality: undefined };

/** The result of `work`, or `otherwise` if that fails or takes long. */
async function soon<T>(work: Promise<T>, otherwise: T): Promise<T> {
  return Promise.race([work.catch(() => otherwise), Bun.sleep(WAIT_MS).then(() => otherwise)]);
}

const sumOf = (byName: ReadonlyMap<SignalName, KindTally>, day: number): number =>
  byName.values().reduce((sum, { byDay }) => sum + (byDay.get(day) ?? 0), 0);

/** Findings about a snapshot. */
type Findings = {
  readonly effects: Effects | undefined;
  readonly quality: Quality | undefined;
};

/** Finds effects and quality out once a snapshot; effects that could not be tried are tried again. */
function findingsOfSnapshots({ recommend, before, nowMs }: OverviewDeps) {
  let [id, found]: [string?, Promise<Findings>?] = [];
  const find = async ({ id, manifest }: ServedSnapshot): Promise<Findings> => {
    const quality = qualityOf(manifest, before(id));
    const effects = await effectsOfSignals(recommend, nowMs()).catch(() => (found = undefined));
    return { effects, quality };
  };
  return async (current: ServedSnapshot | undefined): Promise<Findings> => {
    if (current === undefined) return NOTHING_FOUND;
    if (id !== current.id) [id, found] = [current.id, undefined];
    return (found ??= find(current));
  };
}

function namedKinds(kinds: ReadonlyMap<number, KindTally>): Map<SignalName, KindTally> {
  const named = [...kinds].flatMap(([code, it]) => {
    const name = signalNamed(code); // a newer version's code has none
    return name === undefined ? [] : [[name, it] as const];
  });
  return new Map(named);
}

/** Kinds that came or were tried, the most frequent first. */
function signalsOf(
  byName: ReadonlyMap<SignalName, KindTally>,
  span: readonly number[],
  effects: Effects | undefined,
): SignalState[] {
  const names = new Set([...byName.keys(), ...(effects?.keys() ?? [])]);
  return [...names]
    .map((kind) => {
      const { byDay, syncedMs = 0, pushedMs = 0 } = byName.get(kind) ?? {};
      const events = span.reduce((sum, day) => sum + (byDay?.get(day) ?? 0), 0);
      return { kind, events, syncedMs, pushedMs, hasEffect: effects?.get(kind) };
    })
    .sort((a, b) => b.events - a.events);
}

/** Posts of a snapshot by the day they were created on, in days since the epoch. */
function postsByDay(model: Model | undefined): Map<number, number> {
  const byDay = new Map<number, number>();
  for (const [row, ms] of model?.createdAtMs.entries() ?? []) {
    if ((model!.flags[row]! & SPARE) !== 0) continue;
    const day = Math.floor(ms / DAY_MS);
    byDay.set(day, (byDay.get(day) ?? 0) + 1);
  }
  return byDay;
}
