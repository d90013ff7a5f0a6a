/** Vectors of texts by hash: a model never encodes a text twice. */
import type { Database } from "bun:sqlite";
import type { Embedded, Embeddings } from "../contract.ts";
import { dotRows } from "../../linalg/vector.ts";
import { catalogueBump } from "./catalogue-version.ts";

/** Largest difference of a squared length from 1: rounding to float32 makes 1e-6. */
const LENGTH_TOLERANCE = 1e-3;

type Row = { readonly hash: string; readonly vector: Uint8Array };

/** The embedding table of `db`. */
export function embeddings(db: Database): Embeddings {
  const insert = db.query<void, { model: string; hash: string; bytes: Uint8Array; any: 0 | 1 }>(`
    INSERT INTO embedding (model, text_hash, vector) SELECT $model, $hash, $bytes
    WHERE $any OR EXISTS (SELECT 1 FROM post WHERE text_hash = $hash)
      OR EXISTS (SELECT 1 FROM user WHERE text_hash = $hash)
    ON CONFLICT DO NOTHING`);
  const bump = catalogueBump(db);
  const select = db.query<Row, [string, string]>(`
    SELECT text_hash AS hash, vector FROM embedding
    WHERE model = ? AND text_hash IN (SELECT value FROM json_each(?))`);
  const selectAfter = db.query<Row, [string, string, number]>(`
    SELECT text_hash AS hash, vector FROM embedding
    WHERE model = ? AND text_hash > ? ORDER BY text_hash LIMIT ?`);
  const remove = db.query("DELETE FROM embedding WHERE model = ? AND text_hash = ?");
  const get = (model: string, hashes: readonly string[]) =>
    new Map(embedded(select.all(model, JSON.stringify(hashes))).map((it) => [it.hash, it.vector]));
  const put = db.transaction((model: string, rows: readonly Embedded[], isOfStored: boolean) => {
    const any = isOfStored ? 0 : 1;
    const known = get(model, rows.map((it) => it.hash)); // prettier-ignore
    for (const { hash, vector } of rows) {
      if (!known.has(hash)) remove.run(model, hash); // a damaged one may be there
      insert.run({ model, hash, bytes: bytesOf(vector), any });
    }
    bump();
  });

  /** Passes over a batch in which every vector is damaged: an empty one would mean the end. */
  const after = (model: string, hash: string, count: number): Embedded[] => {
    const rows = selectAfter.all(model, hash, count);
    const found = embedded(rows);
    const isOver = found.length > 0 || rows.length === 0;
    return isOver ? found : after(model, rows.at(-1)!.hash, count);
  };

  return {
    put: async (model, rows, isOfStored = false) => put.immediate(model, rows, isOfStored),
    get: async (model, hashes) => get(model, hashes),
    after: async (model, hash, count) => after(model, hash, count),
  };
}

function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** Rows without those that a damaged page holds, which SQLite does not notice: one NaN would end each training. */
function embedded(rows: readonly Row[]): Embedded[] {
  return rows
    .map(({ hash, vector }) => ({ hash, vector: floatsOf(vector) }))
    .filter(
      ({ vector }) => Math.abs(dotRows(vector, 0, vector, 0, vector.length) - 1) < LENGTH_TOLERANCE,
    );
}

/** A copy, since a blob's bytes need not lie at a multiple of four. */
function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice(0, bytes.length & ~3).buffer);
}
