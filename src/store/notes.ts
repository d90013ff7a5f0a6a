/** Facts about the store itself. */
import type { Database } from "bun:sqlite";
import { withoutCredentials } from "../url.ts";

export type Notes = ReturnType<typeof notes>;

/** The note table of `db`. */
export function notes(db: Database) {
  const select = db.query<{ value: string }, [string]>("SELECT value FROM note WHERE name = ?");
  const insert = db.query<void, [string, string]>(
    "INSERT INTO note (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
  );

  const replace = db.query<void, [string, string]>(
    "INSERT INTO note (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );

  return {
    /** How training was tuned to this store, as JSON; `undefined` before it was. */
    tuning: async (): Promise<string | undefined> => select.get("tuning")?.value,
    keepTuning: async (json: string): Promise<void> => void replace.run("tuning", json),
    /**
     * Remember which upstream fills this store, without its URL's user and password: they may change.
     *
     * @throws Error if another one did before: two catalogues must not mix.
     */
    claimFor: async (baseUrl: string): Promise<void> => {
      const now = withoutCredentials(baseUrl);
      insert.run("upstream", now);
      const before = select.get("upstream")!.value;
      if (before !== now)
        throw new Error(
          `this store was filled from ${before}, not from ${now}: set API_BASE_URL back, or DATA_DIR to another folder`,
        );
    },
  };
}
