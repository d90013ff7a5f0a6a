/** Steering and sliders in SQLite: one row a target, and one a person. */
import type { Database } from "bun:sqlite";
import type { UserId, UserKey } from "../../domain/ids.ts";
import { signalNamed, signalOf } from "../../domain/known-signals.ts";
import { SIGNALS, type BuiltIn } from "../../domain/signals.ts";
import type { Sliders } from "../../domain/sliders.ts";
import { folded, isHiding, WAYS, type Steer, type Steered, type TargetName } from "../../domain/steering.ts"; // prettier-ignore
import type { Changes } from "../changes.ts";
import { ACTIONS } from "../history.ts";
import type { Steerings } from "../steering.ts";
import { appender, BLANK_ROW } from "./event-rows.ts";
import { keyGiver } from "./ids.ts";

/** Most requests of a person that fade and are kept: each is read with every change of theirs. */
const FADING_MAX = 200;
/** Code of the signal that does not fade. */
const HIDING = SIGNALS[WAYS.find((way) => isHiding({ way }))!].code;
const END = Number.MAX_SAFE_INTEGER;

type Row = { kind: number; target: TargetName; id: string; atMs: number };

/** The steering of `db`. */
export function steerings(db: Database): Steerings {
  const read = db.query<Row, [UserKey, number]>(`
    SELECT kind, target, id, at_ms AS atMs FROM steer WHERE user = ? AND seq <= ? ORDER BY seq`);
  const sliders = db.query<{ sliders: string }, [UserKey, number]>(
    "SELECT sliders FROM user_sliders WHERE user = ? AND seq <= ?",
  );
  const hiddenBy = db.query<{ people: number }, [string]>(`
    SELECT count(*) AS people FROM steer WHERE id = ? AND target = 'creator' AND kind = ${HIDING}`);
  return {
    hiddenBy: async (creator) => hiddenBy.get(creator)!.people,
    of: async (user, untilSeq = END) => {
      const json = sliders.get(user, untilSeq)?.sliders;
      return {
        steers: read.all(user, untilSeq).map(toSteered),
        sliders: json === undefined ? undefined : (JSON.parse(json) as Sliders),
      };
    },
  };
}

function toSteered({ kind, ...it }: Row): Steered {
  return { ...it, way: signalNamed(kind) as BuiltIn };
}

/** Changes of the steering that clients ask for; called inside a transaction. */
export function steeringChanges(db: Database): Pick<Changes, "steer" | "unsteer" | "slide"> {
  const { add } = appender(db);
  const keyOf = keyGiver<UserId, UserKey>(db, "user_id");
  const replace = db.query(`
    INSERT INTO steer (user, target, id, kind, at_ms, seq) VALUES ($user, $target, $id, $kind, $nowMs, $seq)
    ON CONFLICT DO UPDATE SET kind = $kind, at_ms = $nowMs, seq = $seq`);
  const fade = db.query(`
    DELETE FROM steer WHERE user = $user AND kind <> ${HIDING} AND seq <=
      (SELECT seq FROM steer WHERE user = $user AND kind <> ${HIDING} ORDER BY seq DESC LIMIT 1 OFFSET ${FADING_MAX})`);
  const remove = db.query<void, [Record<string, string | number>]>(
    "DELETE FROM steer WHERE (user, target, id, kind) = ($user, $target, $id, $kind)",
  );
  const slide = db.query(`
    INSERT INTO user_sliders (user, sliders, seq) VALUES ($user, $sliders, $seq)
    ON CONFLICT DO UPDATE SET sliders = $sliders, seq = $seq`);
  /** Makes the user's position tell of a change. */
  const told = (user: UserKey, nowMs: number): number =>
    add({ ...BLANK_ROW, user, action: ACTIONS.steered, atMs: nowMs, receivedAtMs: nowMs })!;
  const placeOf = (userId: UserId, steer: Steer) => {
    const { target, id, way } = folded(steer);
    return { user: keyOf(userId), target, id, kind: signalOf(way).code };
  };

  return {
    steer: (userId, steer, nowMs) => {
      const place = placeOf(userId, steer);
      replace.run({ ...place, nowMs, seq: told(place.user, nowMs) });
      if (!isHiding(steer)) fade.run({ user: place.user });
    },
    unsteer: (userId, steer, nowMs) => {
      const place = placeOf(userId, steer);
      if (remove.run(place).changes > 0) told(place.user, nowMs);
    },
    slide: (userId, sliders, nowMs) => {
      const user = keyOf(userId);
      slide.run({ user, sliders: JSON.stringify(sliders), seq: told(user, nowMs) });
    },
  };
}
