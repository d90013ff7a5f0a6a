/** Counts of the event log by day and kind. */
import type { Database } from "bun:sqlite";
import { DAY_MS } from "../../domain/day.ts";
import type { EventLog } from "../contract.ts";
import { ACTIONS, UPSTREAM } from "../history.ts";
import type { CountedEvents, DayCount } from "../log-entries.ts";

const DAY = `min(at_ms, received_at_ms) / ${DAY_MS}`;
const SPAN = `FROM event WHERE seq > ? AND seq <= ? AND action = ${ACTIONS.done}`;

/** The counting function of the event table of `db`. */
export function countedEvents(db: Database): Pick<EventLog, "counted"> {
  const counts = db.query<DayCount, [number, number]>(`
    SELECT ${DAY} AS day, kind, origin = '${UPSTREAM}' AS isUpstream, count(*) AS events,
      max(received_at_ms) AS newestMs ${SPAN} GROUP BY 1, 2, 3`);
  const people = db.query<CountedEvents["people"][number], [number, number]>(
    `SELECT DISTINCT ${DAY} AS day, user ${SPAN}`,
  );
  const posts = db.query<CountedEvents["posts"][number], [number, number]>(
    `SELECT max(${DAY}) AS day, post ${SPAN} AND post > 0 GROUP BY post`,
  );
  return {
    counted: async (...span) => ({
      counts: counts.all(...span),
      people: people.all(...span),
      posts: posts.all(...span),
    }),
  };
}
