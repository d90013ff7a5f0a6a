/** Query of reports on the last days: `days`, and no other parameter. */
import { t } from "elysia";
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
