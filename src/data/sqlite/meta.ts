/** Facts about the store itself. */
import type { Database } from "bun:sqlite";
import { withoutCredentials } from "../../config/url.ts";

export type Meta = ReturnType<typeof meta>;

/** The meta table of `db`. */
export function meta(db: Database) {
  const select = db.query<{ value: string }, [string]>("SELECT value FROM meta WHERE name = ?");
  const replace = db.query<void, [string, string]>(
    "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );

  const filledFrom = () => {
    const value = select.get("upstream")?.value;
    return value === undefined ? undefined : withoutCredentials(value);
  };

  return {
    /** How training was tuned to this store, as JSON; `undefined` before it was. */
    tuning: async (): Promise<string | undefined> => select.get("tuning")?.value,
    keepTuning: async (json: string): Promise<void> => void replace.run("tuning", json),
    /** The upstream that fills this store; `undefined` before the first one has. */
    filledFrom: async (): Promise<string | undefined> => filledFrom(),
    /**
     * Remember which upstream fills this store, without its URL's user and password, which may change:
     * to be called when it has sent its first rows.
     *
     * @throws Error if another one did before: two catalogues must not mix.
     */
    claimFor: async (baseUrl: string): Promise<void> => {
      const before = filledFrom() ?? withoutCredentials(baseUrl);
      refuseOther(before, baseUrl);
      if (select.get("upstream")?.value !== before) replace.run("upstream", before);
    },
    /** @throws Error if another upstream fills this store. */
    checkIsFor: async (baseUrl: string): Promise<void> => {
      const before = filledFrom();
      if (before !== undefined) refuseOther(before, baseUrl);
    },
    /** From now on another upstream fills this store. */
    moveTo: async (baseUrl: string): Promise<void> =>
      void replace.run("upstream", withoutCredentials(baseUrl)),
  };
}

/** @throws Error */
function refuseOther(before: string, baseUrl: string): void {
  const asked = withoutCredentials(baseUrl);
  if (before === asked) return;
  throw new Error(
    `this store was filled from ${before}, not from ${asked}: set API_BASE_URL back, or DATA_DIR to another folder; ` +
      `if the API has moved, \`vidrec store --move-to ${asked}\` keeps what is stored`,
  );
}
