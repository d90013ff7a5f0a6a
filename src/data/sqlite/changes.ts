/** The changes that clients ask for, in SQLite: several in one durable transaction. */
import type { Database } from "bun:sqlite";
import type { Changed, Changes, Write } from "../changes.ts";
import type { Store } from "../contract.ts";
import { eventChanges } from "./event-log.ts";
import { metaChanges } from "./meta.ts";
import { postChanges } from "./posts.ts";
import { userChanges } from "./users.ts";

/** Makes changes of `db` in one transaction, each in a savepoint of its own. */
export function changeAll(db: Database): Store["changeAll"] {
  const changes: Changes = {
    ...eventChanges(db),
    ...postChanges(db),
    ...userChanges(db),
    ...metaChanges(db),
  };
  const change = db.transaction(({ change, args }: Write) =>
    (changes[change] as (...args: Write["args"]) => Changed)(...args),
  );
  const all = db.transaction((writes: readonly Write[]) =>
    writes.map((write): PromiseSettledResult<Changed> => {
      try {
        return { status: "fulfilled", value: change(write) };
      } catch (reason) {
        // A full disk rolls everything back, the changes before too.
        if (!db.inTransaction) throw reason;
        return { status: "rejected", reason };
      }
    }),
  );
  return async (writes) => all.immediate(writes);
}
