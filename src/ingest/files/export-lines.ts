/** The store as NDJSON: rows that an import stores as they were. */
import type { Store } from "../../data/contract.ts";
import { FROM_STORE } from "../rows/from-store.ts";
import type { Row, RowName } from "../rows/row.ts";
import { jsonRow } from "../rows/stored.ts";

/** Rows of one read, of one write where there are so many. */
const SLICE = 500;

/** The lines of all rows of `kind`, some at a time: by ascending id, events by that of their user. */
export async function* exportLines<N extends RowName>(
  kind: N,
  store: Exported,
): AsyncGenerator<{ readonly text: string; readonly rows: number }> {
  const rowOf = FROM_STORE[kind] as (found: unknown) => Row<N>;
  for await (const some of READ[kind](store)) {
    const text = some.map((it) => `${JSON.stringify(jsonRow(kind, rowOf(it)))}\n`).join("");
    yield { text, rows: some.length };
  }
}

type Exported = Pick<Store, "posts" | "users" | "events">;

const READ: Readonly<Record<RowName, (store: Exported) => AsyncIterable<readonly unknown[]>>> = {
  posts: ({ posts }) => pages(posts.after),
  users: async function* ({ users }) {
    // Those that only events name come back with these.
    for await (const some of pages(users.after))
      yield some.filter((it) => it.username !== undefined);
  },
  events: async function* ({ users, events }) {
    let some: unknown[] = [];
    for await (const page of pages(users.after))
      for (const { key } of page) {
        some = some.concat(await events.exported(key));
        if (some.length < SLICE) continue;
        yield some;
        some = [];
      }
    yield some;
  },
};

/** All rows by ascending id. */
async function* pages<T extends { readonly id: string }>(
  after: (id: T["id"] | "", count: number) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for (let rows = await after("", SLICE); rows.length > 0;) {
    yield rows;
    rows = await after(rows.at(-1)!.id, SLICE);
  }
}
