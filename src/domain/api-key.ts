/** Keys that apps call with, what each of them may do, and the hash of it that is stored. */
import { randomBytes } from "node:crypto";

/** The scope of a key. Each includes those before it. */
export const SCOPES = ["read", "write", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** A key as others may know it: never the key itself. */
export type ApiKey = {
  readonly name: string;
  readonly scope: Scope;
  readonly createdAtMs: number;
};

/** True if a key of scope `has` may do what needs `needed`. */
export function grants(has: Scope, needed: Scope): boolean {
  return SCOPES.indexOf(has) >= SCOPES.indexOf(needed);
}

/** Length of a key's random part, bytes. */
const KEY_BYTES = 32;

/** A new key: `vr_`, by which scanners for leaked secrets know it, and 256 random bits. */
export function newKey(): string {
  return `vr_${randomBytes(KEY_BYTES).toString("base64url")}`;
}

/**
 * SHA-256 of a key, hexadecimal. Slow hashes protect passwords, which can be guessed; nobody guesses
 * 256 random bits, and this one is computed for every request.
 */
export function hashOf(key: string): string {
  return new Bun.CryptoHasher("sha256").update(key).digest("hex");
}
