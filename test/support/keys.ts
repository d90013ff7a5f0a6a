/** Keys that tests can write down. */
import { Database } from "bun:sqlite";

/** Gives the ids "1" … "1000" of a store the keys 1 … 1000: there both read the same. */
export function keysLikeIds(db: Database): void {
  db.transaction(() => {
    for (const table of ["user_id", "post_id"])
      for (let key = 1; key <= 1_000; key++)
        db.run(`INSERT OR IGNORE INTO ${table} (key, id) VALUES (?, ?)`, [key, String(key)]);
  }).immediate();
}
