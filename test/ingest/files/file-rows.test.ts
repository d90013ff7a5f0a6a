/** From a file to checked rows, refused ones and the file of those. */
import { expect, test } from "bun:test";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openFileRows, type Batch, type FileOptions } from "../../../src/ingest/files/file-rows.ts";
import { openRefused, refusedPath } from "../../../src/ingest/files/refused.ts";
import { folderOfTests } from "../../support/test-folder.ts";

const folder = folderOfTests();

const NOW_MS = Date.UTC(2026, 0);
const fileOf = (content: string) => {
  const path = join(folder.path, "events.csv");
  writeFileSync(path, content);
  return path;
};
async function read(content: string, options: Partial<FileOptions> = {}) {
  const file = await openFileRows(fileOf(content), "events", { nowMs: NOW_MS, ...options });
  const batches: Batch<"events">[] = [];
  for await (const it of file.batches) batches.push(it);
  return { ...file, batches };
}

test("good rows come with how they were read, bad ones with their line, reason and values", async () => {
  const { about, batches, format } = await read(
    "user_id,post_id,kind,ts\n1,a,view,1714564800\n2,b,look,1714564800\n3,c,view,4000000000\n4,d,view,5,6\n",
  );
  expect(format).toBe("CSV");
  expect(about).toEqual([
    "user = user_id (guessed)",
    "post = post_id (guessed)",
    "kind = kind (guessed)",
    "at = ts (guessed)",
  ]);
  expect(batches.at(-1)!.last).toBe(5);
  expect({
    rows: batches.flatMap((it) => it.rows),
    refused: batches.flatMap((it) => it.refused),
  }).toEqual({
    rows: [{ user: "1", post: "a", kind: "view", at: 1_714_564_800_000 }],
    refused: [
      {
        row: 3,
        field: "kind",
        detail: expect.stringContaining('got "look"'),
        values: { user_id: "2", post_id: "b", kind: "look", ts: "1714564800" },
      },
      expect.objectContaining({
        row: 4,
        field: "at",
        detail: expect.stringContaining("more than a day ahead"),
      }),
      { row: 5, field: "", detail: "expected 4 values, got 5" },
    ],
  });
});

test("a later run goes on after the row where one ended", async () => {
  const content = `user,post,kind\n${Array.from({ length: 5_000 }, (_, n) => `u${n},p,view\n`).join("")}`;
  const whole = (await read(content)).batches;
  expect(whole.length).toBeGreaterThan(1);
  const rest = (await read(content, { after: whole[0]!.last })).batches;
  expect(rest.flatMap((it) => it.rows)).toEqual(whole.slice(1).flatMap((it) => it.rows));
  const within = (await read(content, { after: 3 })).batches.flatMap((it) => it.rows);
  expect(within[0]!.user).toBe("u2");
  expect(within).toHaveLength(4_998);
});

test("a file without a row has none, whatever its columns", async () => {
  const { about, batches } = await read("a,b\n");
  expect([about, batches.flatMap((it) => it.rows)]).toEqual([["no rows"], []]);
});

test("a file without a row that can be read says so", async () => {
  const why = (content: string) => read(content).catch((it: Error) => it.message);
  // It is given up long before its end.
  const good = `1,2,view\n`.repeat(400_000);
  expect(await why(`user,post,kind\n${"1,2,3,4\n".repeat(60_000)}${good}`)).toContain("row 2: ");
  expect(await why("user,post,kind\n1,2,3,4\n")).toContain("row 2: expected 3 values, got 4");
});

test("refused rows lie beside the file, readable by its owner only; what an interrupted run wrote stays", async () => {
  const path = fileOf("");
  const place = refusedPath(path);
  const row = { row: 3, field: "kind", detail: "expected …", values: { kind: "look" } };
  const first = await openRefused(path);
  const keptBytes = await first.write([row, { ...row, row: 4 }]);
  await first.write([{ ...row, row: 5 }]);
  await first.close();
  const rows = () =>
    readFileSync(place, "utf8")
      .trim()
      .split("\n")
      .map((it) => JSON.parse(it) as unknown);
  expect(rows()).toEqual([row, { ...row, row: 4 }, { ...row, row: 5 }]);
  expect(statSync(place).mode & 0o777).toBe(0o600);

  const next = await openRefused(path, keptBytes);
  await next.write([{ ...row, row: 6 }]);
  await next.close();
  expect(rows()).toEqual([row, { ...row, row: 4 }, { ...row, row: 6 }]);

  rmSync(refusedPath(path));
  const anew = await openRefused(path, keptBytes);
  expect(await anew.write([])).toBe(0);
  await anew.close();
  const last = await openRefused(path);
  await last.write([]);
  await last.close();
  expect(existsSync(place)).toBe(false);
  expect(refusedPath("-")).toBe("stdin.refused.ndjson");
});

test("a place where refused rows can't be written is named", async () => {
  const file = await openRefused(join(folder.path, "no/such/events.csv"));
  const cause = await file.write([{ row: 1, field: "", detail: "x" }]).catch((it: Error) => it);
  expect(cause).toMatchObject({
    name: "FileError",
    message: expect.stringContaining("can't be written"),
  });
});
