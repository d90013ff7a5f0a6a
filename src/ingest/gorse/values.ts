/** Values of Gorse's fields: labels, times. */
import { LIMITS, ROWS } from "../rows/fields.ts";
import { refusedDepth } from "../rows/depth.ts";
import { isBigNumber, jsonIn, parseJson } from "../rows/json.ts";

/**
 * Every text in labels, which are any JSON, or names parted by "|". Numbers are vectors or facts without
 * words; labels too deep to be stored have none.
 */
export function wordsIn(labels: unknown): string[] {
  const isJson = typeof labels === "string" && /^(?:[[{"]|null$)/.test(labels);
  const value = isJson ? jsonIn(labels) : labels;
  if (typeof value === "string") return value.split("|").filter(Boolean);
  return refusedDepth(value) ? [] : textsIn(value);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return isBigNumber(value) ? [] : Object.values(value ?? {}).flatMap(textsIn);
}

/** RFC 3339, a date, or Go's "2024-05-01 12:00:00 +0000 UTC" as a row has it; the year 1 stands for no time. */
export function timeIn(value: unknown): unknown {
  if (value === null || value === "") return undefined;
  if (typeof value !== "string") return value;
  if (value.startsWith("0001-01-01")) return undefined;
  const go = /^(\S+) (\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d)(?: \w+)?$/.exec(value);
  return TIME.fromFile(go ? `${go[1]}T${go[2]}${go[3]}:${go[4]}` : value);
}

const TIME = ROWS.events.fields.at.value;

/** The time that stands for none. */
export const NO_TIME = "0001-01-01T00:00:00Z";

/** A time as Gorse writes it: without a fraction if there is none. */
export function goTime(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

/** JSON of a value that fits a card: lists of numbers, which are vectors, are left out of one that is too long. */
export function cardOf(value: object): object {
  if (Buffer.byteLength(JSON.stringify(value)) <= LIMITS.cardBytes) return value;
  const isVector = (it: unknown) =>
    Array.isArray(it) && it.length > 0 && it.every((x) => typeof x === "number");
  const text = JSON.stringify(value, (_, it: unknown) => (isVector(it) ? undefined : it));
  return parseJson(text) as object;
}

/** The card of a stored row, if it has the key `name`: then a client of Gorse's sent it. */
export function cardIn<T extends object>(
  sent: string | undefined,
  name: keyof T & string,
): Partial<T> | undefined {
  const { card } = JSON.parse(sent ?? "{}") as { readonly card?: unknown };
  const value = typeof card === "string" ? jsonIn(card) : card;
  return typeof value === "object" && value !== null && name in value ? value : undefined;
}

/** The cursor of a page: opaque to clients. */
export function cursorOf(position: string): string {
  return Buffer.from(position).toString("base64url");
}

/** The position in a cursor; "" for no cursor. */
export function cursorIn(cursor: string): string {
  return Buffer.from(cursor, "base64url").toString();
}
