/** Vectors of texts, kept by the text's hash: a text is never encoded twice by one model. */
import type { Database } from "bun:sqlite";

import { catalogueBump } from "./catalogue-version.ts";

/** A text's hash and its unit vector. */
export type Embedded = { readonly hash: string; readonly vector: Float32Array };

export type Embeddings = ReturnType<typeof embeddings>;

/** The embedding table of `db`. */
export function embeddings(db: Database) {
  const insert = db.query<void, [string, string, Uint8Array]>(
    "INSERT INTO embedding (model, text_hash, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const bump = catalogueBump(db);
  const select = db.query<{ hash: string; vector: Uint8Array }, [string, string]>(`
    SELECT text_hash AS hash, vector FROM embedding
    WHERE model = ? AND text_hash IN (SELECT value FROM json_each(?))`);
  const selectAfter = db.query<{ hash: string; vector: Uint8Array }, [string, string, number]>(`
    SELECT text_hash AS hash, vector FROM embedding
    WHERE model = ? AND text_hash > ? ORDER BY text_hash LIMIT ?`);
  const put = db.transaction((model: string, rows: readonly Embedded[]) => {
    for (const { hash, vector } of rows) insert.run(model, hash, bytesOf(vector));
    bump();
  });

  return {
    /** Keep vectors of `model` in one transaction. */
    put: async (model: string, rows: readonly Embedded[]): Promise<void> =>
      put.immediate(model, rows),
    /** The stored vectors of `model` among `hashes`. */
    get: async (model: string, hashes: readonly string[]): Promise<Map<string, Float32Array>> =>
      new Map(
        select.all(model, JSON.stringify(hashes)).map((it) => [it.hash, floatsOf(it.vector)]),
      ),
    /**
     * The next stored vectors of `model` by ascending hash, after one. All of them in turn take a
     * seventh of the time that asking for each takes.
     */
    after: async (model: string, hash: string, count: number): Promise<Embedded[]> =>
      selectAfter
        .all(model, hash, count)
        .map((it) => ({ hash: it.hash, vector: floatsOf(it.vector) })),
  };
}

function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** A copy, since a blob's bytes need not lie at a multiple of four. */
function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}
