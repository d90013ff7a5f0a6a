/** Read and write interactions. */
import type { Database } from "bun:sqlite";
import type { Interaction } from "../../domain/event.ts";
import type { Histories, History } from "../../domain/history.ts";
import type { PostId, PostKey, UserId, UserKey } from "../../domain/ids.ts";
import { keyGiver } from "./ids.ts";
import { codesWhere, SIGNALS } from "../../domain/signals.ts";

/** Who saw a batch of interactions, and when. */
export type Fetch = { readonly scan: number; readonly atMs: number; readonly origin: string };

export type Interactions = ReturnType<typeof interactions>;

type Row = [postKey: number, kind: number, value: number, atMs: number, withdrawn: number];
type KeyedRow = [...Row, userKey: number];

/** The interaction table of `db`: one current row per user, post and kind. */
export function interactions(db: Database) {
  const userKeyOf = keyGiver<UserId, UserKey>(db, "user_id");
  const postKeyOf = keyGiver<PostId, PostKey>(db, "post_id");
  const touch = db.query(TOUCH);
  const upsert = db.query(UPSERT);
  const history = db.query(`
    SELECT post_id, kind, value, at_ms, coalesce(withdrawn_at_ms <= $fetchedUntilMs, FALSE)
    FROM interaction
    WHERE user_id = $userKey AND fetched_at_ms <= $fetchedUntilMs ORDER BY at_ms, post_id, kind`);
  const position = db.query<{ ms: number }, [UserKey]>(`
    SELECT coalesce(max(max(fetched_at_ms, coalesce(withdrawn_at_ms, 0))), 0) AS ms
    FROM interaction WHERE user_id = ?`);
  const everything = db.query(`
    SELECT post_id, kind, value, at_ms, withdrawn_at_ms IS NOT NULL, user_id FROM interaction
    ORDER BY user_id, at_ms, post_id, kind`);
  const asOf = db.query<{ ms: number | null }, [number]>(`
    SELECT max(at_ms) AS ms FROM interaction WHERE claimed_at_ms <= min(fetched_at_ms, ?)`);
  const count = db.query<{ n: number }, []>("SELECT count(*) AS n FROM interaction");
  const record = db.transaction((batch: readonly Interaction[], fetch: Fetch): number =>
    batch.reduce((changed, it) => {
      const values = {
        ...row(it, fetch),
        userKey: userKeyOf(it.userId),
        postKey: postKeyOf(it.postId),
      };
      return touch.run(values).changes > 0 ? changed : changed + upsert.run(values).changes;
    }, 0),
  );

  return {
    /**
     * Write a batch in one transaction; returns how many of it are new or changed. Of equal (user,
     * post, kind) the newest counts; only what replaces may be replaced by an older one, in a later scan.
     */
    record: async (batch: readonly Interaction[], fetch: Fetch): Promise<number> =>
      record.immediate(batch, fetch),
    /** The user's interactions as known at `fetchedUntilMs`; empty for a user never seen. */
    history: async (userKey: UserKey, fetchedUntilMs = Number.MAX_SAFE_INTEGER): Promise<History> =>
      toColumns(history.values({ userKey, fetchedUntilMs }) as Row[]),
    /** The history position of a user: when it was last added to or taken from; 0 if never. */
    position: async (userKey: UserKey): Promise<number> => position.get(userKey)!.ms,
    /** Everybody's interactions, by user, oldest first. */
    histories: async (): Promise<Histories> => toHistories(everything.values() as KeyedRow[]),
    /**
     * The newest interaction that is later neither than its own fetch nor than `nowMs`, should the
     * clock have been ahead when it was fetched. `undefined` if there is none.
     */
    asOfMs: async (nowMs = Number.MAX_SAFE_INTEGER): Promise<number | undefined> =>
      asOf.get(nowMs)!.ms ?? undefined,
    count: async (): Promise<number> => count.get()!.n,
  };
}

const REPLACING = codesWhere((it) => it.repeats === "replaces");
// What is known already is only marked as seen; upstream holds some interactions twice. A time that
// was clamped because it lay ahead, of upstream or of a clock that was behind, holds once it is past.
const TOUCH = `
  UPDATE interaction SET last_scan = $scan, fetched_at_ms = CASE
    WHEN claimed_at_ms > fetched_at_ms AND claimed_at_ms <= $fetchedAtMs THEN $fetchedAtMs
    ELSE fetched_at_ms END
  WHERE user_id = $userKey AND post_id = $postKey AND kind = $kind AND withdrawn_at_ms IS NULL
    AND ((value, claimed_at_ms) IS ($value, $claimedAtMs) OR claimed_at_ms > $claimedAtMs
      AND (last_scan = $scan OR kind NOT IN (${REPLACING.join()})))`;

// An interaction that comes back unchanged keeps its first fetch: the clamp of a future time must not wander.
const UPSERT = `
  INSERT INTO interaction (user_id, post_id, kind, value, claimed_at_ms, fetched_at_ms, origin,
    last_scan)
  VALUES ($userKey, $postKey, $kind, $value, $claimedAtMs, $fetchedAtMs, $origin, $scan)
  ON CONFLICT DO UPDATE SET
    fetched_at_ms = CASE WHEN (value, claimed_at_ms) IS ($value, $claimedAtMs) THEN fetched_at_ms
      ELSE $fetchedAtMs END,
    value = $value, claimed_at_ms = $claimedAtMs, last_scan = $scan, withdrawn_at_ms = NULL`;

function row(it: Interaction, fetch: Fetch) {
  return {
    kind: SIGNALS[it.kind].code,
    value: it.value,
    claimedAtMs: it.claimedAtMs,
    fetchedAtMs: fetch.atMs,
    origin: fetch.origin,
    scan: fetch.scan,
  };
}

function toColumns(rows: readonly Row[]): History {
  const n = rows.length;
  const [postKeys, atMs] = [new Float64Array(n), new Float64Array(n)];
  const [kinds, withdrawn] = [new Uint8Array(n), new Uint8Array(n)];
  const values = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const row = rows[i]!;
    postKeys[i] = row[0];
    kinds[i] = row[1];
    values[i] = row[2];
    atMs[i] = row[3];
    withdrawn[i] = row[4];
  }
  return { postKeys, kinds, values, atMs, withdrawn };
}

function toHistories(rows: readonly KeyedRow[]): Histories {
  const userKeys: number[] = [];
  const starts: number[] = [];
  for (const [n, [, , , , , userKey]] of rows.entries())
    if (userKey !== userKeys.at(-1)) {
      userKeys.push(userKey);
      starts.push(n);
    }
  return {
    ...toColumns(rows as readonly unknown[] as readonly Row[]),
    userKeys: Float64Array.from(userKeys),
    rowStart: Uint32Array.from([...starts, rows.length]),
  };
}
