/** Facts about the store itself. */
import type { Database } from "bun:sqlite";
import type { Meta } from "../contract.ts";
import { withoutCredentials } from "../../config/url.ts";

const REPLACE =
  "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value";

/** The meta table of `db`. */
export function meta(db: Database): Meta {
  const select = db.query<{ value: string }, [string]>("SELECT value FROM meta WHERE name = ?");
  const replace = db.query<void, [string, string]>(REPLACE);

  const filledFrom = () => {
    const value = select.get("upstream")?.value;
    return value === undefined ? undefined : withoutCredentials(value);
  };

  return {
    tuning: async () => select.get("tuning")?.value,
    keepTuning: async (json) => void replace.run("tuning", json),
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

/** @throws Error */
function refuseOther(before: string, baseUrl: string): void {
  const given = withoutCredentials(baseUrl);
  if (before === given) return;
  throw new Error(
    `this store was filled from ${before}, not from ${given}: set CATALOGUE or API_BASE_URL back, or DATA_DIR to another folder; ` +
      `if the API has moved, \`vidrec store --move-to ${given}\` keeps what is stored`,
  );
}
