/** Readers of foreign fields: whatever upstream sends, they return a value of the field's type and range. */
import { ID_MAX_BYTES } from "../../domain/ids.ts";
import { PERCENT } from "../../domain/signals.ts";
import { withoutUserInfo } from "../../config/url.ts";

/** An object as upstream sent it. */
export type Foreign = Readonly<Record<string, unknown>>;

/** Longest text kept of a field, characters: some ten times the longest title. */
const TEXT_LENGTH_MAX = 2_000;
/** Longest link kept, characters: a signed one has up to two thousand. A cut one leads nowhere. */
const LINK_LENGTH_MAX = 4_096;
/** The last moment a date can hold. */
const MS_MAX = 8.64e15;
/** Times below are seconds: as milliseconds they would lie before March 1973. */
const SECONDS_BELOW = 1e11;

/** `value` if it is an object; upstream sends `[]` or `null` for an empty one. */
export function record(value: unknown): Foreign | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Foreign)
    : undefined;
}

/** Text, cut where it is too long; a number counts as its digits, everything else as "". */
export function text(value: unknown): string {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  if (typeof value !== "string") return "";
  if (value.length <= TEXT_LENGTH_MAX) return value;
  return value.slice(0, TEXT_LENGTH_MAX).replace(/[\ud800-\udbff]$/, "");
}

/** Text, or `null` where there is none. */
export function textOrNull(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? text(value) : null;
}

/** A link without user and password; "" for a value that is no text or too long. */
export function link(value: unknown): string {
  return typeof value === "string" && value.length <= LINK_LENGTH_MAX ? withoutUserInfo(value) : "";
}

/** The parts' lengths are bounded, so that long text without spaces takes no longer than other text. */
const ADDRESS = /[^\s@<>"(]{1,64}@[^\s@<>")]{1,255}\.\p{L}{2,}/gu;

/** `written` without e-mail addresses, which say nothing about its topic. */
export function withoutAddresses(written: string): string {
  return written.replace(ADDRESS, " ");
}

const DECIMAL = /^[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i;

/** A finite number, also from its digits; `undefined` if `value` is none. */
export function finite(value: unknown): number | undefined {
  const found = typeof value === "string" && DECIMAL.test(value.trim()) ? Number(value) : value;
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

/** A count: a whole number from 0 that a double holds exactly; 0 for any other value. */
export function count(value: unknown): number {
  const whole = Math.trunc(finite(value) ?? 0);
  return Number.isSafeInteger(whole) ? Math.max(0, whole) : 0;
}

/** An average rating, clamped to the range of ratings; 0 for a value that is no number. */
export function percent(value: unknown): number {
  return Math.min(PERCENT.max, Math.max(PERCENT.min, finite(value) ?? 0));
}

/** A rating in whole percent; `undefined` if `value` is none. */
export function rating(value: unknown): number | undefined {
  const whole = Math.round(finite(value) ?? Number.NaN);
  return whole >= PERCENT.min && whole <= PERCENT.max ? whole + 0 : undefined;
}

const DIGITS = RegExp(`^0*(\\d{1,${ID_MAX_BYTES}})$`);

/** An identifier as its digits, however many; `undefined` if `value` can't be one. */
export function id(value: unknown): string | undefined {
  const isWhole = typeof value === "number" && Number.isSafeInteger(value);
  return DIGITS.exec(isWhole ? String(value) : typeof value === "string" ? value : "")?.[1];
}

/** The identifier of a category, topic or tag, which stays a number. */
export function numericId(value: unknown): number | undefined {
  const found = Number(id(value));
  return Number.isSafeInteger(found) ? found : undefined;
}

const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ...[true, 1, "1", "true", "yes"].map((it) => [it, true] as const),
  ...[false, 0, "0", "false", "no"].map((it) => [it, false] as const),
]);

/**
 * A flag; `absent` if upstream leaves it out. `undefined` if `value` can't be read as one (`null`
 * included): the caller then hides the post.
 */
export function flag(value: unknown, absent: boolean): boolean | undefined {
  if (value === undefined) return absent;
  return FLAGS.get(typeof value === "string" ? value.trim().toLowerCase() : value);
}

const UPSTREAM_TIME = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * A time in Unix epoch milliseconds, at least 0, from either of upstream's formats: milliseconds (or
 * seconds), or "YYYY-MM-DD HH:MM:SS", by default in UTC and at midnight. `undefined` if it is neither.
 */
export function timeMs(value: unknown): number | undefined {
  const number = finite(value);
  const ms = number === undefined ? parsedMs(value) : number * (number < SECONDS_BELOW ? 1_000 : 1);
  return Math.abs(ms) <= MS_MAX ? Math.max(0, Math.trunc(ms)) : undefined;
}

function parsedMs(value: unknown): number {
  const parts = typeof value === "string" ? UPSTREAM_TIME.exec(value.trim()) : null;
  return parts === null
    ? Number.NaN
    : Date.parse(`${parts[1]}T${parts[2] ?? "00:00:00"}${parts[3] ?? "Z"}`);
}

/**
 * The reason why a value can't be read, in words that follow its field's name: its kind or its range,
 * never the value itself. There are a dozen reasons, so that they can be counted.
 */
export function fault(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "boolean") return "true or false";
  if (typeof value === "string" && value.trim() === "") return "empty";
  const number = typeof value === "string" && DECIMAL.test(value.trim()) ? Number(value) : value;
  if (typeof number !== "number") return "text";
  if (number > Number.MAX_SAFE_INTEGER) return "above 2^53";
  if (number < 0) return "below 0";
  return Number.isInteger(number) ? "out of range" : "a fraction";
}
