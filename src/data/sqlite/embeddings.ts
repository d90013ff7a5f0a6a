/** Vectors of texts by hash: a model never encodes a text twice. */
import type { Database } from "bun:sqlite";
import type { Embedded, Embeddings } from "../contract.ts";
import { catalogueBump } from "./catalogue-version.ts";

/** The embedding table of `db`. */
export function embeddings(db: Database): Embeddings {
  const insert = db.query<void, { model: string; hash: string; bytes: Uint8Array; any: 0 | 1 }>(`
    INSERT INTO embedding (model, text_hash, vector) SELECT $model, $hash, $bytes
    WHERE $any OR EXISTS (SELECT 1 FROM post WHERE text_hash = $hash)
      OR EXISTS (SELECT 1 FROM user WHERE text_hash = $hash)
    ON CONFLICT DO NOTHING`);
  const bump = catalogueBump(db);
  const select = db.query<{ hash: string; vector: Uint8Array }, [string, string]>(`
    SELECT text_hash AS hash, vector FROM embedding
    WHERE model = ? AND text_hash IN (SELECT value FROM json_each(?))`);
  const selectAfter = db.query<{ hash: string; vector: Uint8Array }, [string, string, number]>(`
    SELECT text_hash AS hash, vector FROM embedding
    WHERE model = ? AND text_hash > ? ORDER BY text_hash LIMIT ?`);
  const put = db.transaction((model: string, rows: readonly Embedded[], isOfStored: boolean) => {
    const any = isOfStored ? 0 : 1;
    for (const { hash, vector } of rows) insert.run({ model, hash, bytes: bytesOf(vector), any });
    bump();
  });

  return {
    put: async (model, rows, isOfStored = false) => put.immediate(model, rows, isOfStored),
    get: async (model, hashes) =>
      new Map(
        select.all(model, JSON.stringify(hashes)).map((it) => [it.hash, floatsOf(it.vector)]),
      ),
    after: async (model, hash, count) =>
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
