/** Exports of stores: made, stored again, and filled, in a folder of each test. */
import { expect } from "bun:test";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { APP } from "../../src/data/history.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { Refusal } from "../../src/ingest/rows/refusal.ts";
import { readRow, type Row, type RowName } from "../../src/ingest/rows/row.ts";
import { toEvent, toPost, toUser } from "../../src/ingest/rows/to-domain.ts";
import { folderOfEachTest } from "../support/test-folder.ts";
import { run } from "../support/run.ts";
import { append, pushPosts, pushUsers } from "../support/changes.ts";

const KINDS = ["posts", "users", "events"] as const;
/** Time at which rows are sent. */
export const NOW_MS = Date.now();

/** Opens the exports of a test file. */
export function exporting() {
  const folder = folderOfEachTest();
  const own = (name: string) => openStore(join(folder.path, name, "own/store.db"));
  const exported = async (name: string, kind: RowName, env: Record<string, string> = {}) => {
    const path = join(folder.path, `${name}-${kind}.ndjson`);
    const found = await run(["export", kind, path], { DATA_DIR: join(folder.path, name), ...env });
    expect(found).toMatchObject({ code: 0, logged: "" });
    return path;
  };
  const textOf = (path: string) => readFileSync(path, "utf8");
  const linesOf = (path: string): unknown[] =>
    textOf(path)
      .split("\n")
      .filter(Boolean)
      .map((it) => JSON.parse(it));

  /** Exports a catalogue, imports that into an empty one and exports it again. */
  async function thereAndBack(name: string, env: Record<string, string> = {}) {
    const other = `${name}-again`;
    rmSync(join(folder.path, other), { recursive: true, force: true });
    for (const kind of KINDS) {
      const path = await exported(name, kind, env);
      if (textOf(path) === "") continue;
      const found = await run(["import", kind, path], { DATA_DIR: join(folder.path, other) });
      expect(found).toMatchObject({ code: 0, logged: "" });
      expect(found.printed).toContain(", 0 rows refused");
      expect(textOf(await exported(other, kind))).toBe(textOf(path));
    }
  }

  /** Stores rows as an app sends them. */
  async function filled(name: string, rows: { [N in RowName]?: readonly unknown[] }) {
    const checked = <N extends RowName>(kind: N) =>
      (rows[kind] ?? []).map((it) => {
        const row = readRow(kind, it, NOW_MS);
        if (row instanceof Refusal) throw new Error(`${row.field} ${row.detail}`);
        return row;
      }) as Row<N>[];
    using store = own(name);
    await pushPosts(
      store,
      checked("posts").map((it) => toPost(it, NOW_MS)),
      NOW_MS,
    );
    await pushUsers(store, checked("users").map(toUser));
    for (const [n, it] of checked("events").entries())
      await append(store, [toEvent(it, NOW_MS + n)], {
        receivedAtMs: NOW_MS + n,
        origin: APP,
      });
  }
  return { folder, own, exported, textOf, linesOf, thereAndBack, filled };
}
