/** Exports of whatever apps may send: there and back byte for byte. */
import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { readdirSync } from "node:fs";
import { type StoreFile } from "../../src/data/sqlite/open.ts";
import { idFault, type PostKey, type UserKey } from "../../src/domain/ids.ts";
import { SIGNALS } from "../../src/domain/signals.ts";
import { exporting, NOW_MS } from "./exports.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const { folder, own, thereAndBack, filled } = exporting();

const id = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((it) => idFault(it) === undefined); // prettier-ignore
const fewIds = fc.constantFrom("1", "a", " a", "A", "ä", "👩‍👩‍👧", "true", "null", "0x1", "x,y", '"');
const words = fc.string({ unit: "grapheme", maxLength: 30 }).filter((it) => !it.includes("\0"));
const time = fc.oneof(
  fc.date({ min: new Date("0001-01-02"), max: new Date(NOW_MS), noInvalidDate: true }),
  fc.constantFrom(new Date(0), new Date(NOW_MS + 80_000_000), new Date("0000-01-01T00:00:00Z")),
).map((it) => it.toISOString()); // prettier-ignore
const duration = fc.double({ min: 1, max: 604_800_000, noNaN: true });
const optional = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [] as (keyof T)[] });

const post = fc.tuple(
  fc.record({ id: fc.oneof(id, fewIds), title: words }),
  optional({
    text: words,
    category: fc.oneof(words, fc.array(words, { maxLength: 10 })),
    tags: fc.oneof(words, fc.array(words, { maxLength: 50 })),
    creator: id,
    created_at: time,
    expires_at: time,
    duration_ms: duration,
    language: fc.constantFrom("en", "pt-BR", "zh_Hans"),
    hidden: fc.boolean(),
    card: fc.jsonValue({ depthSize: "small" }).filter((it) => it !== null),
  }),
).map(([needed, more]) => ({ ...needed, ...more })); // prettier-ignore
const user = fc.tuple(fc.record({ id }), optional({ name: words, text: words }))
  .map(([needed, more]) => ({ ...needed, ...more })); // prettier-ignore
const valueOf = (kind: keyof typeof SIGNALS) => {
  const { value, repeats } = SIGNALS[kind];
  if (value.unit !== "none") return fc.double({ min: value.min, max: value.max, noNaN: true });
  return fc.constantFrom(undefined, 1, ...(repeats === "lasts" ? [0, 0] : []));
};
const event = fc.constantFrom(...(Object.keys(SIGNALS) as (keyof typeof SIGNALS)[])).chain((kind) =>
  fc.tuple(
    fc.record({ user: fewIds, post: fewIds, kind: fc.constant(kind), value: valueOf(kind) }),
    optional({
      id: fewIds,
      watched_ms: fc.double({ min: 0, max: 604_800_000, noNaN: true }),
      duration_ms: duration,
      at: time,
      recommendation_id: id,
      session: id,
    }),
  ),
).map(([needed, more]) => ({ ...needed, ...more })); // prettier-ignore

/** Users' histories by their ids, with posts by theirs. A time ahead of the clock is that of its receipt. */
async function historiesOf(store: StoreFile) {
  const { userKeys, rowStart, postKeys, kinds, values, withdrawn, atMs } =
    await store.events.histories();
  const users = await store.ids.userIds([...userKeys] as UserKey[]);
  const posts = await store.ids.postIds([...postKeys] as PostKey[]);
  const eventAt = (n: number) =>
    [posts.get(postKeys[n] as PostKey), kinds[n], values[n], withdrawn[n], Math.min(atMs[n]!, NOW_MS)].join(" "); // prettier-ignore
  const all = Array.from(postKeys, (_, n) => eventAt(n));
  return new Map(
    Array.from(userKeys, (key, n) => [
      users.get(key as UserKey)!,
      all.slice(rowStart[n], rowStart[n + 1]).sort(),
    ]),
  );
}

test("whatever apps send: export, import into an empty store and export are byte for byte the same, and so are histories", async () => {
  let run = 0;
  const many = <T>(of: fc.Arbitrary<T>, maxLength: number) => fc.array(of, { maxLength });
  await fc.assert(
    fc.asyncProperty(many(post, 8), many(user, 5), many(event, 60), async (...rows) => {
      const [posts, users, events] = rows;
      const name = `run${run++}`;
      await filled(name, { posts, users, events });
      await thereAndBack(name);
      if (events.length === 0) return;
      using before = own(name);
      using after = own(`${name}-again`);
      expect(await historiesOf(after)).toEqual(await historiesOf(before));
    }),
    { seed: 20260501, numRuns: 25 },
  );
  expect(readdirSync(folder.path).filter((it) => it.includes("refused"))).toEqual([]);
});
