/** Files of every format become the same rows, told by their content alone. */
import { describe, expect, test } from "bun:test";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { CSV, NDJSON, reading, ROWS, values } from "./reading.ts";

const { all, failure, read } = reading();

describe("a file is told by its content:", () => {
  test.each([
    ["CSV", CSV],
    ["CSV", `\ufeff${CSV.replaceAll("\n", "\r\n")}`],
    ["CSV", CSV.replace(",", ";").replace("1,", "1;").replace("2,", "2;")],
    ["CSV", CSV.replace(",", "|").replace("1,", "1|").replace("2,", "2|")],
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
    const pieces = (content: string | Uint8Array) =>
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

  test("may have spaces before a quotation mark", async () => {
    expect(values(await read('a, b, c\n1, "x, y", \n , "z","w"\n'))).toEqual([
      { a: "1", b: "x, y", c: "" },
      { a: "", b: "z", c: "w" },
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

test("a line that is not UTF-8 has a fault, and the others are read", async () => {
  const lines = (good: string, bad: string) =>
    Buffer.concat([Buffer.from(good), Buffer.from(bad, "latin1"), Buffer.from(good)]);
  const [csv, ndjson] = ["1,\ufffd\n", '{"a":"1","b":"\ufffd"}\n'];
  const fault = "expected UTF-8 text: save the file as UTF-8";
  const good = { a: "1", b: "\ufffd" };
  for (const content of [
    Buffer.concat([Buffer.from("a,b\n"), lines(csv, "2,caf\xe9\n")]),
    lines(ndjson, '{"a":"2","b":"caf\xe9"}\n'),
  ]) {
    const pieces = Readable.from(Array.from(content, (byte) => Buffer.of(byte)));
    for (const file of [await read(content), await all("-", {}, pieces)])
      expect(values(file)).toEqual([good, fault, good]);
  }
  expect(values(await read(Buffer.from("a,b\n1,caf\xe9", "latin1")))).toEqual([fault]);
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
