/**
 * Session cookie of the dashboard: the name of an admin key, an expiry, and a MAC of both and the key's stored hash.
 *
 * No process has to remember sessions, and revoking the key ends them. The MAC's secret is not in the store:
 * who reads a backup can't make a session.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { ApiKeys } from "../../data/contract.ts";
import type { ApiKey } from "../../domain/api-key.ts";

const NAME = "vidrec_dashboard";
/** Lifetime of a session, milliseconds. */
const SESSION_MS = 12 * 3_600_000;
/** HttpOnly: no script reads it. SameSite=Strict: no other site's page sends it. Without an age it ends with the browser. */
const ATTRIBUTES = "Path=/; HttpOnly; SameSite=Strict";

/** Owner of a session: an admin key's name and stored hash. */
type Owner = { readonly name: string; readonly hash: string };

/** `Set-Cookie` of a new session. */
export function sessionCookie(
  secret: Buffer,
  owner: Owner,
  nowMs: number,
  isSecure: boolean,
): string {
  const untilMs = nowMs + SESSION_MS;
  const name = Buffer.from(owner.name).toString("base64url");
  const text = `${name}.${untilMs}.${macOf(secret, owner, untilMs)}`;
  return `${NAME}=${text}; ${ATTRIBUTES}${isSecure ? "; Secure" : ""}`;
}

/** `Set-Cookie` that ends a session. */
export const clearedCookie = () => `${NAME}=; ${ATTRIBUTES}; Max-Age=0`;

/** The key of a request's session; `undefined` without one, after its end, and if the key was revoked. */
export async function sessionKey(
  headers: Headers,
  keys: Pick<ApiKeys, "named">,
  secret: () => Buffer,
  nowMs: number,
): Promise<ApiKey | undefined> {
  const [, encoded, until, mac] = COOKIE.exec(headers.get("cookie") ?? "") ?? [];
  if (!encoded || !until || !mac || Number(until) <= nowMs) return undefined;
  const name = Buffer.from(encoded, "base64url").toString();
  const found = await keys.named(name);
  if (found === undefined) return undefined;
  const expected = Buffer.from(macOf(secret(), { name, hash: found.hash }, Number(until)));
  const given = Buffer.from(mac);
  const isSame = expected.length === given.length && timingSafeEqual(expected, given);
  return isSame ? found.key : undefined;
}

const COOKIE = RegExp(`(?:^|;\\s*)${NAME}=([\\w-]+)\\.(\\d{1,16})\\.([\\w-]+)`);

function macOf(secret: Buffer, { name, hash }: Owner, untilMs: number): string {
  return createHmac("sha256", secret).update(`${hash} ${untilMs} ${name}`).digest("base64url");
}
