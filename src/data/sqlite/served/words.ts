/** Texts that many pages share, as numbers: what a page is about, and the sources of a post. */
import type { Database } from "bun:sqlite";

/** Most texts that are remembered; a full map is cleared. */
const ENTRIES = 10_000;

/** The words of a served log's file. Values are kept as JSON. */
export type Words = ReturnType<typeof wordsOf>;

/** Opens the words of `db`. */
export function wordsOf(db: Database) {
  const known = new Map<string, number>();
  const values = new Map<number, unknown>();
  /** A value that is handed in again and again, as the sources of a post are. */
  let same = new WeakMap<object, number>();
  const find = db.query<{ id: number }, [string]>("SELECT id FROM word WHERE text = ?");
  const add = db.query<{ id: number }, [string]>("INSERT INTO word (text) VALUES (?) RETURNING id");
  const read = db.query<{ text: string }, [number]>("SELECT text FROM word WHERE id = ?");

  function clear(): void {
    known.clear();
    values.clear();
    same = new WeakMap();
  }

  return {
    /** The number of a value; called inside a transaction. */
    numberOf: (value: object): number => {
      const before = same.get(value);
      if (before !== undefined) return before;
      const text = JSON.stringify(value);
      const id = known.get(text) ?? (find.get(text) ?? add.get(text)!).id;
      if (known.size >= ENTRIES) clear();
      known.set(text, id);
      same.set(value, id);
      return id;
    },
    /** The value of a number. */
    valueOf: <T>(id: number): T => {
      if (!values.has(id)) values.set(id, JSON.parse(read.get(id)!.text));
      return values.get(id) as T;
    },
    /** Forgets what a transaction added that was rolled back. */
    clear,
  };
}
