/** Foreign values made safe: whatever upstream sends for a field, something of the right type. */

/** An object as upstream sent it. */
export type Foreign = Readonly<Record<string, unknown>>;

/** `value` if it is an object; upstream sends `[]` or `null` for an empty one. */
export function record(value: unknown): Foreign | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Foreign)
    : undefined;
}

/** Text; a number counts as its digits, everything else as "". */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : "";
}

/** A finite number, also from its digits; `undefined` if `value` is none. */
export function finite(value: unknown): number | undefined {
  const found = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

/** A number; what is none is 0. */
export function number(value: unknown): number {
  return finite(value) ?? 0;
}

/** A count: a whole number that SQLite can hold; everything else is 0. */
export function count(value: unknown): number {
  const whole = Math.trunc(number(value));
  return Number.isSafeInteger(whole) ? whole : 0;
}

/** An identifier; `undefined` if `value` can't be one. */
export function id(value: unknown): number | undefined {
  const found = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof found === "number" && Number.isSafeInteger(found) && found >= 0 ? found : undefined;
}

/** A flag; what is no boolean and no 0 or 1 takes the fallback. */
export function flag(value: unknown, fallback: boolean): boolean {
  if (typeof value === "boolean") return value;
  return value === 1 ? true : value === 0 ? false : fallback;
}

const UPSTREAM_TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)?$/;
/** The last moment a date can hold. */
const MS_MAX = 8.64e15;

/**
 * A time in Unix epoch milliseconds, from either of upstream's formats: milliseconds, or
 * "YYYY-MM-DD HH:MM:SS", in UTC where no zone is given. `undefined` if it is neither.
 */
export function timeMs(value: unknown): number | undefined {
  if (typeof value === "number") return Math.abs(value) <= MS_MAX ? Math.trunc(value) : undefined;
  const parts = typeof value === "string" ? UPSTREAM_TIME.exec(value.trim()) : null;
  if (parts === null) return undefined;
  const ms = Date.parse(`${parts[1]}T${parts[2]}${parts[3] ?? "Z"}`);
  return Number.isNaN(ms) ? undefined : ms;
}
