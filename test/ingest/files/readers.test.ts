/** Files of every format become the same rows, told by their content alone. */
import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { FileError, type RawRow } from "../../../src/ingest/files/contract.ts";
import { openRows, type FileFormat } from "../../../src/ingest/files/open.ts";
import { folderOfTests } from "../../support/test-folder.ts";
import { until } from "../../support/program.ts";

const folder = folderOfTests();

type Bytes = string | Uint8Array;
const fileOf = (content: Bytes, name = "file") => {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
};
const all = async (path: string, known?: FileFormat, stdin?: Readable) => {
  const file = await openRows(path, known, stdin);
  const rows: RawRow[] = [];
  for await (const some of file.rows) rows.push(...some);
  return { format: file.format, rows, sizeBytes: file.sizeBytes, readBytes: file.readBytes() };
};
const read = (content: Bytes, known?: FileFormat) => all(fileOf(content), known);
const failure = async (content: Bytes, known?: FileFormat) => {
  const cause = await read(content, known).catch((it: unknown) => it);
  expect(cause).toBeInstanceOf(FileError);
  return (cause as Error).message;
};
const values = ({ rows }: { rows: RawRow[] }) =>
  rows.map((it) => ("fields" in it ? it.fields : it.fault));

const ROWS = [
  { id: "1", title: "Knots, bends" },
  { id: "2", title: 'Say "hi"' },
];
const CSV = 'id,title\n1,"Knots, bends"\n2,"Say ""hi"""\n';
const NDJSON = ROWS.map((it) => `${JSON.stringify(it)}\n`).join("");

describe("a file is told by its content:", () => {
  test.each([
    ["CSV", CSV],
    ["CSV", `\ufeff${CSV.replaceAll("\n", "\r\n")}`],
    ["CSV", CSV.replace(",", ";").replace("1,", "1;").replace("2,", "2;")],
    ["CSV", gzipSync(CSV)],
    ["CSV", Buffer.concat([gzipSync(CSV.slice(0, 20)), gzipSync(CSV.slice(20))])],
    ["CSV", Buffer.from(`\ufeff${CSV}`, "utf16le")],
    ["CSV", Buffer.from(`\ufeff${CSV}`, "utf16le").swap16()],
    ["TSV", 'id\ttitle\n1\tKnots, bends\n2\tSay "hi"'],
    ["NDJSON", NDJSON],
    ["NDJSON", `\n${NDJSON.replace("\n", "\r\n\n")}`],
    ["NDJSON", gzipSync(NDJSON.trimEnd())],
    ["JSON", JSON.stringify(ROWS)],
    ["JSON", JSON.stringify(ROWS, null, 2)],
    ["JSON", JSON.stringify({ total: 2, tags: [{ id: "9" }], posts: ROWS })],
    ["JSON", JSON.stringify({ items: ROWS }, null, 2)],
    ["JSON", `{"posts":[\n${NDJSON.trim().replace("\n", ",\n")}\n]}`],
  ] as const)("%s %#", async (format, content) => {
    const file = await read(content, { kind: "posts" });
    expect(file.format).toBe(format);
    expect(values(file)).toEqual(ROWS);
    expect(file.readBytes).toBe(file.sizeBytes);
  });

  test("standard input, in pieces that cut everything", async () => {
    const pieces = (content: Bytes) =>
      Readable.from(Array.from(Buffer.from(content), (byte) => Buffer.of(byte)));
    for (const content of [`\ufeff${CSV}`, NDJSON, JSON.stringify(ROWS), gzipSync(CSV)])
      expect(values(await all("-", {}, pieces(content)))).toEqual(ROWS);
  });
});

describe("rows of CSV", () => {
  test("may have line breaks within quotes, and are numbered by the line they end on", async () => {
    const { rows } = await read('a,b\n1,"x\ny"\n\n2,z\n');
    expect(rows).toEqual([
      { row: 3, fields: { a: "1", b: "x\ny" } },
      { row: 5, fields: { a: "2", b: "z" } },
    ]);
  });

  test("may be short, and have a quotation mark in the middle; too long ones have a fault", async () => {
    expect(values(await read('a,b\n1\n2,6" nails\n3,4,5\n'))).toEqual([
      { a: "1" },
      { a: "2", b: '6" nails' },
      "expected 2 values, got 3",
    ]);
  });

  test("have no values of columns without a name", async () => {
    expect(values(await read(",a,\n0,1,2\n"))).toEqual([{ a: "1" }]);
  });

  test("can't have two columns of one name", async () => {
    expect(await failure("a,b,a\n1,2,3\n")).toContain("two columns are called a");
  });

  describe("have a fault if a quote is not closed, and the others are read", () => {
    const fault = expect.stringContaining("closing quotation mark");
    const x = { a: "1", b: "x" };
    test.each([
      ["in the last line", 'a,b\n1,x\n1,"x\n', [[2, x], [3, fault]]],
      ["in the last line without an end", 'a,b\n1,x\n\n1,"x', [[2, x], [4, fault]]],
      ["in the middle", 'a,b\n1,x\n\n\n1,"x\n1,é\n\n1,x\n', [[2, x], [5, fault], [6, { a: "1", b: "é" }], [8, x]]],
    ] as const)("%s", async (_, content, expected) => {
      const pieces = Readable.from(Array.from(Buffer.from(content), (byte) => Buffer.of(byte)));
      for (const { rows } of [await read(content), await all("-", {}, pieces)])
        expect(rows.map((it) => [it.row, "fields" in it ? it.fields : it.fault])).toEqual(expected as never);
    }); // prettier-ignore

    test("however long the file is; in its first line it is given up", async () => {
      expect(await failure('a,"b\n1,2\n')).toContain("can't be read after line 0");
      const good = "2,y\n".repeat(400_000);
      const { rows } = await read(`a,b\n1,"x\n${good}`);
      expect([rows.length, rows[0]]).toEqual([400_001, { row: 2, fault }]);
    });
  });

  test("may be latin1 with a separator of several characters", async () => {
    const known = { delimiter: "::", encoding: "latin1", columns: ["id", "title"] } as const;
    expect(values(await read(Buffer.from("1::Misérables\n", "latin1"), known))).toEqual([
      { id: "1", title: "Misérables" },
    ]);
  });
});

test("a broken line of NDJSON has a fault, and the others are read", async () => {
  const { rows } = await read('{"id":1}\n{"id":\n[2]\n5\n{"id":3}\n');
  expect(rows).toEqual([
    { row: 1, fields: { id: 1 } },
    { row: 2, fault: expect.stringContaining("expected JSON") },
    { row: 3, fault: "expected a JSON object" },
    { row: 4, fault: "expected a JSON object" },
    { row: 5, fields: { id: 3 } },
  ]);
});

test("a line of megabytes has a fault, and the others are read", async () => {
  const long = "x".repeat(3_000_000);
  for (const [content, count] of [
    [`a,b\n1,x\n2,${long}\n3,y\n4,${long}`, 4],
    [`{"a":"1","b":"x"}\n{"a":"${long}"}\n{"a":"3","b":"y"}\n${long}`, 4],
  ] as const) {
    const file = await read(content);
    const fault = expect.stringMatching(/^expected a (row|line) of at most 1048576 /);
    expect(values(file)).toEqual([{ a: "1", b: "x" }, fault, { a: "3", b: "y" }, fault]);
    expect(file.rows.at(-1)!.row - file.rows[0]!.row).toBe(count - 1);
  }
});

test("JSON keeps all digits, and a row that is no object has a fault", async () => {
  const { rows } = await read('[{"id":12345678901234567890},5]');
  expect(JSON.stringify(rows)).toBe(
    '[{"row":1,"fields":{"id":12345678901234567890}},{"row":2,"fault":"expected a JSON object"}]',
  );
});

test.each(["", "id,title\n", "[]", "\n"])("%p has no rows", async (content) => {
  expect((await read(content)).rows).toEqual([]);
});

describe("a file that can't be read says why:", () => {
  test.each([
    ["a workbook or an archive", "PK\x03\x04\x00", "is no text: save it as CSV"],
    ["not text", Buffer.from("id,title\n1,\xff\xfe\n", "latin1"), "is not utf-8 text"],
    ["broken gzip", gzipSync(NDJSON).subarray(0, 30), "can't be unzipped"],
    ["broken Parquet", "PAR1nothing", "can't be read"],
    ["JSON that ends early", '[{"id":1},{"id"', "is no JSON after row 1"],
    ["JSON without rows", '{"posts":\n{"id":1}}', "holds no rows"],
  ] as const)("%s", async (_, content, words) => {
    expect(await failure(content)).toContain(words);
  });

  test("one that is missing, and a folder", async () => {
    for (const [path, words] of [
      ["nowhere.csv", "nowhere.csv can't be read"],
      [folder.path, "is a folder"],
    ] as const) {
      const cause = await openRows(path).catch((it: unknown) => it);
      expect(cause).toBeInstanceOf(FileError);
      expect((cause as Error).message).toContain(words);
    }
    const parquet = openRows("-", {}, Readable.from([Buffer.from("PAR1")]));
    expect(await parquet.catch((it: Error) => it.message)).toContain("name the file");
  });
});

test("a file is closed where reading stops", async () => {
  const path = fileOf(NDJSON.repeat(50_000), "long");
  const open = () =>
    [...new Bun.Glob("*").scanSync({ cwd: "/proc/self/fd", onlyFiles: false })].length;
  if (process.platform !== "linux") return;
  const before = open();
  const parquet = fileOf(`PAR1${"x".repeat(500_000)}`, "parquet");
  for (let n = 0; n < 20; n++) {
    for await (const _ of (await openRows(path)).rows) break;
    await openRows(parquet);
  }
  await until(async () => open() - before < 10 || undefined);
});
