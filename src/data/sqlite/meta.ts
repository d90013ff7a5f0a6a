/** Facts about the store itself. */
import type { Database } from "bun:sqlite";
import { steppedBack, withFactors, type AdjustmentsVersion } from "../../domain/adjustments.ts";
import type { Changes } from "../changes.ts";
import type { Meta } from "../contract.ts";
import { withoutCredentials } from "../../config/url.ts";

const ADJUSTMENTS = "adjustments";

const SELECT = "SELECT value FROM meta WHERE name = ?";

const REPLACE =
  "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value";

/** Changes of the meta table that clients ask for. */
export function metaChanges(db: Database): Pick<Changes, "adjust" | "stepBack"> {
  const select = db.query<{ value: string }, [string]>(SELECT);
  const replace = db.query<void, [string, string]>(REPLACE);
  const keep = (history: readonly AdjustmentsVersion[]) =>
    void replace.run(ADJUSTMENTS, JSON.stringify(history));
  const history = () => historyIn(select.get(ADJUSTMENTS)?.value);
  return {
    adjust: (factors, nowMs) => keep(withFactors(history(), factors, nowMs)),
    stepBack: (nowMs) => {
      const back = steppedBack(history(), nowMs);
      if (back !== undefined) keep(back);
      return back !== undefined;
    },
  };
}

/** The meta table of `db`. */
export function meta(db: Database): Meta {
  const select = db.query<{ value: string }, [string]>(SELECT);
  const replace = db.query<void, [string, string]>(REPLACE);

  const filledFrom = () => {
    const value = select.get("upstream")?.value;
    return value === undefined ? undefined : withoutCredentials(value);
  };

  return {
    tuning: async () => select.get("tuning")?.value,
    keepTuning: async (json) => void replace.run("tuning", json),
    adjustments: async () => historyIn(select.get(ADJUSTMENTS)?.value),
    postChanges: async () => Number(select.get("post_changes")?.value ?? 0),
    filledFrom: async () => filledFrom(),
    claimFor: async (baseUrl) => {
      const before = filledFrom() ?? withoutCredentials(baseUrl);
      refuseOther(before, baseUrl);
      if (select.get("upstream")?.value !== before) replace.run("upstream", before);
    },
    checkIsFor: async (baseUrl) => {
      const before = filledFrom();
      if (before !== undefined) refuseOther(before, baseUrl);
    },
    moveTo: async (baseUrl) => void replace.run("upstream", withoutCredentials(baseUrl)),
  };
}

const historyIn = (json = "[]") => JSON.parse(json) as readonly AdjustmentsVersion[];

/** @throws Error */
function refuseOther(before: string, baseUrl: string): void {
  const given = withoutCredentials(baseUrl);
  if (before === given) return;
  throw new Error(
    `this store was filled from ${before}, not from ${given}: set CATALOGUE or API_BASE_URL back, or DATA_DIR to another folder; ` +
      `if the API has moved, \`vidrec store --move-to ${given}\` keeps what is stored`,
  );
}
