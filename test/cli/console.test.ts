import { describe, expect, test } from "bun:test";
import { Writable } from "node:stream";
import { join } from "node:path";
import { openConsole } from "../../src/cli/console.ts";
import { table } from "../../src/cli/table.ts";

const MAIN = join(import.meta.dir, "../../src/main.ts");
const MUCH = join(import.meta.dir, "say-much.ts");

/** Run a line of shell; `$0` is Bun. */
async function shell(line: string, ...args: string[]) {
  const child = Bun.spawn(["sh", "-c", line, process.execPath, ...args], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { out: out.trim(), err: err.trim() };
}

describe("output to a pipe", () => {
  test("whose reader is gone is dropped silently, and the command ends as usual", async () => {
    const { err } = await shell('( "$0" "$1" openapi; echo "code $?" >&2 ) | :', MAIN);
    expect(err).toBe("code 0");
  });

  test("whose reader stops reading is no failure", async () => {
    const line = '( "$0" "$1" print 40 10; echo "code $?" >&2 ) | head -n 1';
    expect(await shell(line, MUCH)).toEqual({ out: "x".repeat(99), err: "code 0" });
  });

  test("reaches a slow reader to the last character before the program exits", async () => {
    const line = '"$0" "$1" print 30000 | ( sleep 0.2; wc -c )';
    expect((await shell(line, MUCH)).out).toBe("3000000");
  });

  test("is not missed by the log either", async () => {
    const line = '{ ( "$0" "$1" log 40 10; echo "code $?" >&3 ) 2>&1 | : ; } 3>&1';
    expect((await shell(line, MUCH)).out).toBe("code 0");
  });
});

describe("progress", () => {
  /** A console on something that is no terminal, and the lines it has written. */
  function plainConsole() {
    const lines: string[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _, done) => (lines.push(chunk.toString().trimEnd()), done()),
    });
    let nowMs = Date.UTC(2025, 5, 1, 12);
    const console_ = openConsole(stream, () => nowMs);
    return { ...console_, lines, pass: (ms: number) => (nowMs += ms) };
  }

  test("is printed as lines outside a terminal: the first, the last, and one in five seconds", () => {
    const it = plainConsole();
    for (let done = 1; done <= 10; done++) {
      it.progress("training", done, 10);
      it.pass(1_000);
    }
    expect(it.lines).toEqual([
      "2025-06-01T12:00:00Z training 1/10",
      "2025-06-01T12:00:05Z training 6/10",
      "2025-06-01T12:00:09Z training 10/10",
    ]);
  });

  test("of a stage without work is not printed", () => {
    const it = plainConsole();
    it.progress("encoding texts", 0, 0);
    it.log("done");
    expect(it.lines).toEqual(["2025-06-01T12:00:00Z done"]);
  });
});

describe("a table", () => {
  test("is as wide as its widest cells, numbers to the right", () => {
    expect(
      table(
        ["model", "ndcg@20"],
        [
          ["feed", "0.2220"],
          ["recent popularity", "-1"],
        ],
      ),
    ).toBe(
      [
        "model              ndcg@20",
        "feed                0.2220",
        "recent popularity       -1",
      ].join("\n"),
    );
  });

  test("counts terminal columns, not characters", () => {
    expect(
      table(
        ["t", "n"],
        [
          ["朝の習慣", "1"],
          ["abc", "2"],
        ],
      ).split("\n")[2],
    ).toBe("abc       2");
  });
});
