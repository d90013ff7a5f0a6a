/** Times of rows: RFC 3339 text or Unix milliseconds; in files also other units, dates and times without a zone. */
import { expected, refused, type Refusal } from "./refusal.ts";
import { isBigNumber } from "./json.ts";
import { numberIn, type Value } from "./value.ts";

/** Numbers below are taken for seconds: as milliseconds they lie before March 1973. */
const SECONDS_BELOW = 1e11;
/** Smaller ones are taken for nothing: as seconds they lie before May 1970. */
const SECONDS_FROM = 1e7;
/** Numbers from here on are taken for micro- or nanoseconds: as milliseconds they lie after the year 5138. */
const MICROSECONDS_FROM = 1e14;
/** Numbers from here on are taken for nanoseconds: as microseconds they lie after the year 5138. */
const NANOSECONDS_FROM = 1e17;
/** Tolerance for a sender's clock that is ahead of ours. */
const AHEAD_MAX_MS = 86_400_000;
/** RFC 3339 has no other years. */
const [YEAR_0_MS, YEAR_10000_MS] = [Date.parse("0000-01-01T00:00:00Z"), Date.UTC(10_000)];
const FORMS = "an RFC 3339 time such as 2024-05-01T12:00:00Z, or Unix milliseconds";

/** A time in Unix milliseconds; one of things that happened is not later than the present. */
export function time(when: "past" | "any"): Value<number> {
  return {
    read: (value, nowMs) => {
      const ms = typeof value === "number" ? ofNumber(value) : ofText(value);
      if (typeof ms !== "number") return ms;
      if (ms < YEAR_0_MS || ms >= YEAR_10000_MS)
        return expected("a time of the years 0 to 9999", value);
      if (when === "any" || ms <= nowMs + AHEAD_MAX_MS) return ms;
      return refused(
        `expected a time of the past, got ${new Date(ms).toISOString()}, more than a day ahead of this machine's clock`,
      );
    },
    fromFile: (value) => {
      const given = isBigNumber(value) ? Number(value.rawJSON) : value;
      const found = dated(given) ?? numberIn(given);
      if (typeof found === "number") return found * millisecondsIn(Math.abs(found));
      return typeof found === "string" ? withZone(found.trim()) : found;
    },
    toJson: (ms) => new Date(ms).toISOString(),
    schema: { anyOf: [{ type: "string", format: "date-time" }, { type: "number" }] },
  };
}

/** Length of the unit that a Unix time of such a size is in. */
function millisecondsIn(size: number): number {
  if (size < SECONDS_BELOW) return 1e3;
  if (size < MICROSECONDS_FROM) return 1;
  return size < NANOSECONDS_FROM ? 1e-3 : 1e-6;
}

function ofNumber(value: number): number | Refusal {
  const size = Math.abs(value);
  if (value !== 0 && size < SECONDS_FROM) return expected(FORMS, value);
  if (value !== 0 && size < SECONDS_BELOW)
    return refused(
      `expected Unix milliseconds, got ${value}, which looks like seconds: multiply by 1000`,
    );
  if (size < MICROSECONDS_FROM) return Math.trunc(value);
  return refused(
    `expected Unix milliseconds, got ${value}, which looks like micro- or nanoseconds: divide`,
  );
}

const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)?$/;

const BARE_DATE = /^\d{4}-\d\d-\d\d$/;

/** @see RFC 3339, section 5.6. */
function ofText(value: unknown): number | Refusal {
  const parts = typeof value === "string" ? RFC_3339.exec(value) : null;
  if (parts === null) {
    const [date] = typeof value === "string" ? (BARE_DATE.exec(value) ?? []) : [];
    const { detail } = expected(FORMS, value);
    return refused(
      date === undefined
        ? detail
        : `${detail}: write ${date}T00:00:00Z for its first moment in UTC`,
    );
  }
  const [written, year, month, day, , zone] = parts;
  if (written.startsWith("0001-01-01"))
    return refused(`expected a time, got ${written}, which Go sends for none: leave it out`);
  if (zone === undefined) return refused(`expected a time with a zone: ${written}Z if it is UTC`);
  // Date.parse takes 30 February for 1 March.
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const isDay = Number(month) <= 12 && Number(day) >= 1 && Number(day) <= lastDay;
  const ms = isDay ? Date.parse(written) : Number.NaN;
  return Number.isNaN(ms) ? expected("a day that exists", value) : ms;
}

/** Dates without separators, such as 20240501: as seconds they would be of August 1970. */
const COMPACT_DATE = /^(?:19|20)\d{6}$/;

function dated(value: unknown): string | undefined {
  const digits = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return COMPACT_DATE.test(digits)
    ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
    : undefined;
}

/** A date, with or without a time, seconds and a zone, as databases and spreadsheets write them. */
const DATE =
  /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T ](\d\d?)(:\d\d)(:\d\d(?:\.\d+)?)?)? ?(?:(Z|UTC|GMT)|([+-]\d\d)(?::?(\d\d))?)?$/i;

/** A date as its midnight, and a time without a zone in UTC; anything else as it is. */
function withZone(text: string): string {
  const parts = DATE.exec(text);
  if (parts === null) return text;
  const [, year, month = "", day = "", hour = "0", minute = ":00", second = ":00", , sign, rest = "00"] = parts; // prettier-ignore
  const [mm, dd, hh] = [month, day, hour].map((it) => it.padStart(2, "0"));
  return `${year}-${mm}-${dd}T${hh}${minute}${second}${sign === undefined ? "Z" : `${sign}:${rest}`}`;
}
