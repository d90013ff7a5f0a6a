/** Query of reports on the last days, and the span of time in their replies. */
import { t } from "elysia";
import type { Span } from "../feed/stats/stats.ts";
import { strict } from "./parameters.ts";

/** Most days of a report: a year. */
const DAYS_MAX = 366;

/** The parameter `days`. */
export const Days = (fallback: number, description: string) =>
  t.Optional(t.Integer({ minimum: 1, maximum: DAYS_MAX, default: fallback, example: fallback, description })); // prettier-ignore

/** The query of a report on the last days, `fallback` of them if the caller names none: its documentation, and its reader. */
export function daysQuery(fallback: number, description: string) {
  const query = t.Object({ days: Days(fallback, description) });
  const { read, parameters } = strict({ query }, { closed: true });
  return { parameters, daysOf: (url: string): number => read(url).query.days ?? fallback };
}

/** Fields of a span. */
export const SpanFields = {
  days: t.Integer(),
  since: t.String({ format: "date-time" }),
  until: t.String({ format: "date-time" }),
};
/** Example of {@link SpanFields}. */
export const SPAN_EXAMPLE = {
  days: 7,
  since: "2025-06-01T00:12:00.000Z",
  until: "2025-06-08T00:12:00.000Z",
};

/** A span as JSON. */
export const spanReply = ({ days, sinceMs, untilMs }: Span) => ({
  days,
  since: new Date(sinceMs).toISOString(),
  until: new Date(untilMs).toISOString(),
});
