/** Records of runs in SQLite. */
import type { Database } from "bun:sqlite";
import { ASKABLE } from "../../domain/run.ts";
import type { LogLine, Named, Run, RunKind, RunQuality, RunSummary } from "../../domain/run.ts";
import { RUNS_KEPT, type RunChanges, type Runs } from "../runs.ts";

type SummaryRow = {
  readonly [K in keyof RunSummary]: Exclude<RunSummary[K], undefined> | Null<RunSummary[K]>;
};
type Null<T> = undefined extends T ? null : never;
type Details = {
  readonly figures?: Named;
  readonly quality?: RunQuality;
  readonly settings?: Named;
};
type Row = SummaryRow & { readonly details: string; readonly log: string };

const SUMMARY = `id, kind, state, asked_at_ms AS askedAtMs, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs,
  stage, done, total, words`;

/** The port on `db`. */
export function runs(db: Database): Runs {
  const list = db.query<SummaryRow, [string | null, number]>(
    `SELECT ${SUMMARY} FROM run WHERE kind = ifnull(?, kind) ORDER BY id DESC LIMIT ?`,
  );
  const open = db.query<SummaryRow, []>(
    `SELECT ${SUMMARY} FROM run WHERE ended_at_ms IS NULL ORDER BY id`,
  );
  const find = db.query<Row, [number]>(`SELECT ${SUMMARY}, details, log FROM run WHERE id = ?`);
  const before = db.query<Row, [RunKind, number]>(`
    SELECT ${SUMMARY}, details, log FROM run WHERE kind = ? AND id < ? AND state = 'done' ORDER BY id DESC LIMIT 1`);
  return {
    list: async (count, kind) => list.all(kind ?? null, count).map(summaryOf),
    open: async () => open.all().map(summaryOf),
    find: async (id) => runOf(find.get(id)),
    before: async ({ id, kind }) => runOf(before.get(kind, id)),
  };
}

function summaryOf(row: SummaryRow): RunSummary {
  const { askedAtMs, startedAtMs, endedAtMs, ...it } = row;
  return {
    ...it,
    askedAtMs: askedAtMs ?? undefined,
    startedAtMs: startedAtMs ?? undefined,
    endedAtMs: endedAtMs ?? undefined,
  };
}

function runOf(row: Row | null): Run | undefined {
  if (row === null) return undefined;
  const { details, log, ...summary } = row;
  const { figures = {}, quality, settings = {} } = JSON.parse(details) as Details;
  return { ...summaryOf(summary), figures, quality, settings, log: JSON.parse(log) as LogLine[] };
}

/** Changes of the records; called inside a transaction. */
export function runChanges(db: Database): RunChanges {
  const waiting = db.query<{ id: number }, [RunKind]>(
    "SELECT min(id) AS id FROM run WHERE kind = ? AND state = 'waiting' HAVING id NOT NULL",
  );
  const busy = db.query(
    `SELECT id FROM run WHERE ended_at_ms IS NULL AND kind IN (${ASKABLE.map((it) => `'${it}'`).join()})`,
  );
  const add = db.query<
    { id: number },
    [{ kind: RunKind; state: string; askedAtMs: number | null }]
  >("INSERT INTO run (kind, state, asked_at_ms) VALUES ($kind, $state, $askedAtMs) RETURNING id");
  const forget = db.query<void, [RunKind, RunKind]>(`
    DELETE FROM run WHERE kind = ? AND id <=
      (SELECT id FROM run WHERE kind = ? ORDER BY id DESC LIMIT 1 OFFSET ${RUNS_KEPT})`);
  const begin = db.query<void, [number, string, number]>(
    "UPDATE run SET state = 'running', started_at_ms = ?, details = ? WHERE id = ?",
  );
  const note = db.query<void, [string, number, number, string, number, number]>(`
    UPDATE run SET stage = ?, done = ?, total = ?, log = ?, details = json_set(details, '$.notedAtMs', ?) WHERE id = ?`);
  const end = db.query(`
    UPDATE run SET state = $state, ended_at_ms = $endedAtMs, words = $words, log = $log, stage = $stage, done = $done, total = $total,
      details = json_patch(details, $details) WHERE id = $id`);
  const interrupt = db.query<void, []>(`
    UPDATE run SET state = 'interrupted', ended_at_ms = ifnull(details ->> '$.notedAtMs', started_at_ms),
      words = 'its process ended before it did' WHERE state = 'running'`);
  const added = (row: Parameters<typeof add.get>[0]): number => {
    const { id } = add.get(row)!;
    forget.run(row.kind, row.kind);
    return id;
  };
  return {
    askForRun: (kind, askedAtMs) =>
      waiting.get(kind)?.id ?? added({ kind, state: "waiting", askedAtMs }),
    startRun: (kind, askedAtMs) =>
      busy.get() === null ? added({ kind, state: "waiting", askedAtMs }) : undefined,
    beginRun: (kind, nowMs, settings, isAnswer) => {
      const asked = isAnswer ? waiting.get(kind)?.id : undefined;
      const id = asked ?? added({ kind, state: "running", askedAtMs: null });
      begin.run(nowMs, JSON.stringify({ settings }), id);
      return id;
    },
    noteRun: (id, nowMs, { stage, done, total }, log) =>
      void note.run(stage, done, total, JSON.stringify(log), nowMs, id),
    endRun: (id, { log, figures, quality, settings, ...columns }) => {
      const details = JSON.stringify({ figures, quality, settings });
      end.run({ id, ...columns, log: JSON.stringify(log), details });
    },
    interruptRuns: () => void interrupt.run(),
  };
}
