/** The table of signals that settings have added: their names keep their codes, whatever settings say later. */
import { SQLiteError, type Database } from "bun:sqlite";
import {
  ADDED_FROM,
  ADDED_UNTIL,
  knowSignals,
  type AddedSignal,
} from "../../domain/known-signals.ts";
import { SIGNALS, type BuiltIn } from "../../domain/signals.ts";

/** Weights of signals by name, as the setting says. */
export type WantedSignals = Readonly<Record<string, number>>;

/**
 * Makes this thread know the added signals of a store.
 *
 * @param wanted  What the setting says, to be kept; without it, all signals of the store are offered.
 * @throws RangeError if there are too many.
 */
export function knowSignalsOf(db: Database, isReadOnly: boolean, wanted?: WantedSignals): void {
  knowSignals([]);
  try {
    if (wanted && !isReadOnly) keepSignals(db, wanted);
    knowSignals(addedSignals(db), wanted && Object.keys(wanted));
  } catch (cause) {
    if (!(cause instanceof SQLiteError)) throw cause; // a full disk, damage or a lock: added kinds are refused until the next start
  }
}

/** The added signals of a store, and the weights it has of built-in ones, by code. */
function addedSignals(db: Database): AddedSignal[] {
  return db.query<AddedSignal, []>("SELECT code, name, weight FROM signal ORDER BY code").all();
}

/**
 * Makes the table say what the setting says. A signal that is not in it keeps its code and weight: the
 * log may hold events of it, and another command may run without the setting.
 *
 * @throws RangeError if there are too many.
 */
function keepSignals(db: Database, wanted: WantedSignals): void {
  const keep = db.transaction(() => {
    for (const [name, weight] of Object.entries(wanted)) {
      const { code } = Object.hasOwn(SIGNALS, name)
        ? SIGNALS[name as BuiltIn]
        : codeOf.get(name, name)!;
      if (code > ADDED_UNTIL)
        throw new RangeError(
          `there is no room for ${name}: a store knows at most ${ADDED_UNTIL - ADDED_FROM + 1} added kinds, those of earlier settings included`,
        );
      put.run(code, name, weight);
    }
  });
  const codeOf = db.query<{ code: number }, [string, string]>(`
    SELECT coalesce((SELECT code FROM signal WHERE name = ?),
      (SELECT max(code, ${ADDED_FROM - 1}) + 1 FROM (SELECT max(code) AS code FROM signal)),
      ${ADDED_FROM}) AS code WHERE ? IS NOT NULL`);
  const put = db.query<void, [number, string, number]>(`
    INSERT INTO signal (code, name, weight) VALUES (?, ?, ?)
    ON CONFLICT (code) DO UPDATE SET weight = excluded.weight`);
  if (!isKept(db, wanted)) keep.immediate();
}

/** True if the table says already what the setting says: then opening a store writes nothing. */
function isKept(db: Database, wanted: WantedSignals): boolean {
  const kept = new Map(addedSignals(db).map((it) => [it.name, it]));
  return Object.entries(wanted).every(([name, weight]) => kept.get(name)?.weight === weight);
}
