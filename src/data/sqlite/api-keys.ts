/** API keys: their names, scopes and hashes. */
import type { Database } from "bun:sqlite";
import { timingSafeEqual } from "node:crypto";
import type { ApiKey, Scope } from "../../domain/api-key.ts";
import type { ApiKeys } from "../contract.ts";

type Row = { readonly name: string; readonly scope: Scope; readonly created_at_ms: number };

/** Hexadecimal digits of a hash by which a key is looked up. */
const PREFIX = 8;

/** The port on `db`. */
export function apiKeys(db: Database): ApiKeys {
  const insert = db.query<void, [string, Scope, string, number]>(
    "INSERT INTO api_key (name, scope, hash, created_at_ms) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
  );
  const remove = db.query<void, [string]>("DELETE FROM api_key WHERE name = ?");
  const all = db.query<Row, []>("SELECT name, scope, created_at_ms FROM api_key ORDER BY name");
  const first = db.query<unknown, []>("SELECT 1 FROM api_key LIMIT 1");
  const near = db.query<Row & { hash: string }, { prefix: string }>(
    "SELECT name, scope, created_at_ms, hash FROM api_key WHERE hash BETWEEN $prefix AND $prefix || 'g'",
  );
  const byName = db.query<Row & { hash: string }, [string]>(
    "SELECT name, scope, created_at_ms, hash FROM api_key WHERE name = ?",
  );
  return {
    add: async ({ name, scope, createdAtMs }, hash) =>
      insert.run(name, scope, hash, createdAtMs).changes > 0,
    list: async () => all.all().map(keyOf),
    revoke: async (name) => remove.run(name).changes > 0,
    any: async () => first.get() !== null,
    named: async (name) => {
      const row = byName.get(name);
      return row === null ? undefined : { key: keyOf(row), hash: row.hash };
    },
    find: async (hash) => {
      const wanted = Buffer.from(hash);
      // The index may tell by its timing how a hash begins, but not how it goes on.
      const found = near
        .all({ prefix: hash.slice(0, PREFIX) })
        .find((it) => timingSafeEqual(Buffer.from(it.hash), wanted));
      return found && keyOf(found);
    },
  };
}

const keyOf = ({ name, scope, created_at_ms }: Row): ApiKey => ({
  name,
  scope,
  createdAtMs: created_at_ms,
});
