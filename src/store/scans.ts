/** Which scans of which endpoint were made, and what they prove. */
import type { Database } from "bun:sqlite";

export type Scans = ReturnType<typeof scans>;

/** The scan tables of `db`. */
export function scans(db: Database) {
  const insert = db.query<{ id: number }, [string, string, number]>(
    "INSERT INTO scan (endpoint, day, status, started_at_ms) VALUES (?, ?, 'running', ?) RETURNING id",
  );
  return {
    /** Begin a scan; its id marks every row that it sees. */
    begin: async (endpoint: string, day: string, nowMs: number): Promise<number> =>
      insert.get(endpoint, day, nowMs)!.id,
  };
}
