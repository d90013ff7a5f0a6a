/** Keys that apps call with, and what each of them may do. */

/** What a key is for. Each scope includes those before it. */
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
