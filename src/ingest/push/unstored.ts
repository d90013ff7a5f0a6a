/**
 * Ring of the newest events that one process did not store: duplicates, and refused ones. The log has the others.
 *
 * It holds ids, the kind, and what would have been right: no value that was sent.
 */
import type { Event } from "../../domain/event.ts";
import { isSignal } from "../../domain/known-signals.ts";
import { ROWS } from "../rows/fields.ts";
import { Refusal, wantedIn } from "../rows/refusal.ts";
import { ID } from "../rows/value.ts";
import type { RefusedRow } from "./checked-rows.ts";

/** An event that was not stored; what could not be read of it is `undefined`. */
type Row = {
  readonly id?: string | undefined;
  readonly user?: string | undefined;
  readonly post?: string | undefined;
  readonly kind?: string | undefined;
  /** Absent: it is stored already. */
  readonly refusal?: {
    /** The field at fault; "" if it is the row itself. */
    readonly field: string;
    /** The right value in words. */
    readonly wanted: string;
  };
};

/** An event that was not stored, with its number in this process, from 1. */
export type Unstored = Row & { readonly n: number; readonly atMs: number };

/** Fates of the rows of a request. */
type Outcome = {
  /** As sent. */
  readonly rows: readonly unknown[];
  readonly refused: readonly RefusedRow[];
  readonly batch: readonly Event[];
  /** Places in `batch`. */
  readonly duplicates: readonly number[];
};

type Receipt = {
  readonly atMs: number;
  /** Seq of the newest erasure before it. */
  readonly erasure: number;
};

/** Events that are kept: some 100 kB. */
const KEPT_MAX = 300;

/** Opens an empty ring. */
export function unstoredEvents() {
  let kept: (Unstored & Receipt)[] = [];
  let count = 0;
  return {
    /** Adds the events of one request that were not stored; of many the last ones. */
    add: ({ rows, refused, batch, duplicates }: Outcome, receipt: Receipt): void => {
      if (duplicates.length + refused.length === 0) return;
      const added = [
        ...duplicates.slice(-KEPT_MAX).map((n) => duplicateOf(batch[n]!)),
        ...refused.slice(-KEPT_MAX).map((it) => refusedRow(rows[it.index], it)),
      ];
      for (const it of added) kept.push({ ...it, ...receipt, n: ++count });
      kept = kept.slice(-KEPT_MAX);
    },
    /**
     * Those after number `n`. Whoever was erased since is gone: the ring forgets all that was added before.
     *
     * @param erasure  Seq of the newest erasure.
     */
    after: (n: number, erasure: number): readonly Unstored[] => {
      kept = kept.filter((it) => it.erasure === erasure);
      return kept.filter((it) => it.n > n);
    },
  };
}

const duplicateOf = ({ clientId, userId, postId, kind }: Event): Row => ({
  id: clientId,
  user: userId,
  post: postId,
  kind,
});

/** `sent` is any JSON value. */
function refusedRow(sent: unknown, { field, detail }: RefusedRow): Row {
  const { id, user, post, kind } = Object(sent) as Readonly<Record<string, unknown>>;
  const { fields } = ROWS.events;
  return {
    id: idIn(id),
    user: idIn(user),
    post: idIn(post),
    kind: typeof kind === "string" && isSignal(kind) ? kind : undefined,
    refusal: {
      field: Object.hasOwn(fields, field) ? field : "",
      wanted: wantedIn(detail),
    },
  };
}

function idIn(sent: unknown): string | undefined {
  const id = sent === undefined ? undefined : ID.read(sent, 0);
  return id instanceof Refusal ? undefined : id;
}
