import { expect, test } from "bun:test";
import { takeTurns } from "../../src/text/turns.ts";

/** Takes turns on an encoder that notes its texts and does not like "bad". */
function desk() {
  const begun: string[] = [];
  let inside = 0;
  const turns = takeTurns(async (text) => {
    begun.push(text);
    expect(++inside).toBe(1);
    await Bun.sleep(1);
    inside--;
    if (text === "bad") throw new Error("cannot read this");
    return Float32Array.of(begun.length);
  });
  return { ...turns, begun };
}

test("queries go before all of the backlog that has not begun, each in the order it came", async () => {
  const { query, backlog, begun } = desk();
  const all = [backlog("a"), backlog("b"), query("p"), backlog("c"), query("q")];
  await Promise.all(all);
  expect(begun).toEqual(["a", "p", "q", "b", "c"]);
});

test("a text that fails hurts nobody else", async () => {
  const { query, backlog } = desk();
  const [bad, good] = await Promise.allSettled([backlog("bad"), query("good")]);
  expect(bad.status).toBe("rejected");
  expect(good).toEqual({ status: "fulfilled", value: Float32Array.of(2) });
  expect(await query("later")).toEqual(Float32Array.of(3));
});
