/** Keys of every scope, and the check of requests by them. */
import { hashOf, newKey, SCOPES, type Scope } from "../../src/domain/api-key.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { accessControl, type Access, type Outcome } from "../../src/http/access.ts";
import { neededBy } from "../../src/http/security.ts";
import { WITHOUT_KEYS } from "../support/http.ts";

/** A key of each scope, in a store of their own. */
export async function keyring(scopes: readonly Scope[] = SCOPES) {
  const store = openStore(":memory:");
  const secrets = { read: newKey(), write: newKey(), admin: newKey() };
  for (const scope of scopes)
    await store.keys.add({ name: scope, scope, createdAtMs: 1 }, hashOf(secrets[scope]));
  return { ...secrets, keys: () => store.keys };
}

/** The check before a route that answers 200, whatever it needs. */
export function checking(
  { keys }: Pick<Access, "keys">,
  over: Partial<Access> = {},
  pages: string[] = [],
) {
  const lines: string[] = [];
  const outcomes: Outcome[] = [];
  const sinks = { log: (it: string) => lines.push(it), count: (it: Outcome) => outcomes.push(it) };
  const check = accessControl({ ...WITHOUT_KEYS, keys, perMinute: 9, ...over }, pages, sinks);
  const ask = (method: string, headers = {}, detail?: Parameters<typeof neededBy>[1]) =>
    check(
      new Request("http://localhost/x", { method, headers }),
      neededBy(method, detail),
      async () => new Response("in"),
    );
  return { ask, lines, outcomes };
}

/** The header with a key. */
export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
