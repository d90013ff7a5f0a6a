/** Traces on disk of somebody who was erased: none. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../../src/data/sqlite/open.ts";
import type { UserId } from "../../../src/domain/ids.ts";
import { readRow, type Row } from "../../../src/ingest/rows/row.ts";
import { toUser } from "../../../src/ingest/rows/to-domain.ts";
import { temporaryFolder } from "../../support/folder.ts";

const SECRET = "climbs at night";

test("an erased text is in no file of the store, once nobody reads what was before", async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "store.db");
  using store = openStore(path);
  const isLeft = () => [path, `${path}-wal`].some((it) => readFileSync(it).includes(SECRET));
  const ada = toUser(readRow("users", { id: "ada", text: SECRET }, 0) as Row<"users">);
  await store.changeAll([{ change: "pushUsers", args: [[ada]] }]);
  using reader = new Database(path, { readonly: true });
  reader.run("BEGIN");
  reader.query("SELECT * FROM user").all();
  await store.changeAll([{ change: "eraseUser", args: ["ada" as UserId, 1] }]);
  expect(isLeft()).toBe(true);
  reader.run("COMMIT");
  while (isLeft()) await Bun.sleep(10);
});
