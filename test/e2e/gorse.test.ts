/** Gorse's REST, spoken by the two published clients: every call of theirs is answered. */
import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { Gorse, type GorseException } from "gorsejs";
import { join } from "node:path";
import { pythonWith } from "../bench/peers/venv.ts";
import { leaveOut } from "../support/needs.ts";
import { openYard, until } from "../support/program.ts";
import { serveIn } from "../support/served.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const yard = openYard();
afterAll(() => yard[Symbol.dispose]());
const python = await pythonWith("requirements-gorse.txt").catch((cause: Error) => cause.message);
const hasPython = python.includes("/");

const AT = "2024-05-01T12:00:00Z";
const ITEMS = Array.from({ length: 30 }, (_, n) => ({
  ItemId: `v-${n}`,
  IsHidden: false,
  Categories: [n % 2 === 1 ? "odd" : "even"],
  Timestamp: AT,
  Labels: ["bread", "water", "knots"].slice(n % 3),
  Comment: `${["How to bake", "Where to find", "Who ties"][n % 3]} the ${n + 2} best`,
}));

/** A service with the items and somebody's feedback, that has learnt them. */
async function served(name: string) {
  const service = await serveIn(yard, name, { CATALOGUE: "own" });
  const url = /http\S+/.exec(await service.said(/listening on/))![0];
  const js = new Gorse({ endpoint: url, secret: "" });
  await js.upsertItems(ITEMS);
  const starred = (n: number) => ({ FeedbackType: "star", UserId: "bob", ItemId: `v-${n}`, Timestamp: AT }); // prettier-ignore
  await js.insertFeedbacks([1, 3, 5].map(starred));
  const ready = async () => (await service.get("/health/ready")).text();
  await until(async () => /"embedded":30\b/.test(await ready()) || undefined);
  return { url, js };
}

type Answer = readonly [call: string, status: number, reply: unknown];

/** Outcome of a call: 200 with its reply, or the status and message of the client's own error. */
const answerTo = (name: string, reply: Promise<unknown>): Promise<Answer> =>
  reply.then(
    (it) => [name, 200, it] as const,
    (error: GorseException) => [name, error.code, error.message] as const,
  );

/** A line a call, for the log of the tests. */
const print = (client: string, answers: readonly Answer[]) =>
  console.log(answers.map(([call, status]) => `${client} ${call}: ${status}`).join("\n"));

const affected = (rows: number) => ({ RowAffected: rows });
const scored = expect.objectContaining({ Id: expect.any(String), Score: expect.any(Number) });
const isAbsent = (what: string) => [404, `${what} not found`] as const;

describe("gorsejs", () => {
  const USER = { UserId: "100", Labels: ["a", "b", "c"], Comment: "comment" };
  const ITEM = { ...ITEMS[0]!, ItemId: "100", IsHidden: true, Categories: ["d", "e"] };
  const read = (item: string) => ({
    FeedbackType: "read",
    UserId: "100",
    ItemId: item,
    Timestamp: AT,
  });
  const stored = { ...read("v-2"), Value: 0, Comment: "" };
  const one = { type: "read", userId: "100", itemId: "v-2" };
  const cursorOptions = { n: 2 };

  /** Each call, and what it answers: the reply, or status and message. */
  const CALLS: readonly (readonly [keyof Gorse<string>, unknown[], unknown, number?])[] = [
    ["insertUser", [USER], 1],
    ["getUser", ["100"], USER],
    ["updateUser", ["100", { UserId: "100", Comment: "other" }], 1],
    ["getUser", ["100"], { ...USER, Comment: "other" }],
    ["insertUsers", [[{ UserId: "101" }, { UserId: "102" }]], 2],
    ["getUsers", [cursorOptions], { Cursor: expect.stringMatching(/./), Users: [{ ...USER, Comment: "other" }, expect.objectContaining({ UserId: "101" })] }], // prettier-ignore
    ["getUserNeighbors", [{ userId: "100" }], expect.stringContaining("does not offer"), 501],
    ["upsertItem", [ITEM], 1],
    ["getItem", ["100"], ITEM],
    ["insertItemCategory", ["100", "f"], 1],
    ["deleteItemCategory", ["100", "d"], 1],
    ["getItem", ["100"], { ...ITEM, Categories: ["e", "f"] }],
    ["updateItem", ["100", { ...ITEM, IsHidden: false }], 1],
    ["getItem", ["100"], { ...ITEM, IsHidden: false }],
    ["upsertItems", [[ITEM, { ...ITEM, ItemId: "101" }]], 2],
    ["getItems", [cursorOptions], { Cursor: expect.stringMatching(/./), Items: [ITEM, { ...ITEM, ItemId: "101" }] }], // prettier-ignore
    ["deleteItem", ["100"], 1],
    ["getItem", ["100"], ...isAbsent("item").toReversed() as [string, number]], // prettier-ignore
    ["insertFeedbacks", [[read("v-2"), read("v-4")]], 2],
    ["upsertFeedbacks", [[read("v-2")]], 1],
    ["getFeedback", [one], stored],
    ["getFeedbacks", ["read", cursorOptions], { Cursor: "", Feedback: [stored, { ...stored, ItemId: "v-4" }] }], // prettier-ignore
    ["getItemFeedback", ["v-4"], [{ ...stored, FeedbackType: "view", ItemId: "v-4" }]],
    ["getItemFeedbackByType", ["v-4", "read"], [{ ...stored, ItemId: "v-4" }]],
    ["getUserFeedback", ["bob"], [1, 3, 5].map((n) => expect.objectContaining({ FeedbackType: "like", ItemId: `v-${n}` }))], // prettier-ignore
    ["getUserFeedbackByType", ["100", "read"], [stored, { ...stored, ItemId: "v-4" }]],
    ["deleteFeedback", [one], affected(1)],
    ["getFeedback", [one], "feedback not found", 404],
    ["insertFeedbacks", [[{ ...read("v-2"), FeedbackType: "purchase" }]], expect.stringContaining('row 0: FeedbackType: "purchase" is no signal'), 400], // prettier-ignore
    ["getRecommend", [{ userId: "bob", cursorOptions }], [expect.any(String), expect.any(String)]],
    ["getRecommend", [{ userId: "bob", category: "odd", writeBackType: "read", writeBackDelay: "10m", cursorOptions }], [expect.any(String), expect.any(String)]], // prettier-ignore
    ["getSessionRecommend", [[read("v-2")], { cursorOptions }], [scored, scored]],
    ["getLatest", [{ cursorOptions }], [scored, scored]],
    ["getPopular", [{ category: "odd", cursorOptions }], [scored, scored]],
    ["getItemNeighbors", [{ itemId: "v-1", cursorOptions }], [scored, scored]],
    ["deleteUser", ["100"], 1],
    ["getUser", ["100"], ...isAbsent("user").toReversed() as [string, number]], // prettier-ignore
  ];

  test("has every one of its calls answered", async () => {
    const { js } = await served("gorsejs");
    const answers: Answer[] = [];
    for (const [name, args] of CALLS)
      answers.push(
        await answerTo(name, (js[name] as (...args: unknown[]) => Promise<unknown>)(...args)),
      );
    print("gorsejs", answers);
    expect(answers).toEqual(CALLS.map(([name, , reply, status = 200]) => [name, status, reply]));
    const functions = Object.getOwnPropertyNames(Gorse.prototype).filter(
      (it) => it !== "constructor",
    );
    expect(functions.filter((it) => !CALLS.some(([name]) => name === it))).toEqual([]);
  });

  test("is told what was recommended once it has been written back", async () => {
    const { js } = await served("written-back");
    const before = await js.getRecommend({ userId: "ann", writeBackType: "read", cursorOptions });
    expect(await js.getUserFeedbackByType("ann", "read")).toHaveLength(2);
    const after = await js.getRecommend({ userId: "ann", cursorOptions: { n: 100 } });
    expect(after.length).toBeGreaterThanOrEqual(ITEMS.length - 2);
    expect(after.filter((it) => before.includes(it))).toEqual([]);
  });
});

describe.skipIf(leaveOut("the tests of PyGorse", hasPython ? undefined : python))("PyGorse", () => {
  const USER = { UserId: "py", Labels: { likes: ["bread"], age: 7 }, Comment: "a baker" };
  const ITEM = {
    ItemId: "py-1",
    IsHidden: true,
    Labels: { embedding: [0.1, 0.2, 0.3], tags: ["loaf"] },
    Categories: ["baking", "slow"],
    Timestamp: AT,
    Comment: "Sourdough",
  };
  const watched = (...items: string[]) =>
    items.map((it) => expect.objectContaining({ FeedbackType: "watch", ItemId: it }));
  const ANSWERS: readonly Answer[] = [
    ["functions", 0, []],
    ["insert_user", 200, affected(1)],
    ["get_user", 200, USER],
    ["insert_users", 200, affected(2)],
    ["get_users", 200, [[expect.anything(), expect.anything()], expect.stringMatching(/./)]],
    ["insert_item", 200, affected(1)],
    ["get_item", 200, ITEM],
    ["update_item", 200, affected(1)],
    ["get_item", 200, { ...ITEM, Comment: "Rye" }],
    ["get_items", 200, [[expect.anything(), expect.anything()], expect.stringMatching(/./)]], // prettier-ignore
    ["search_items", 501, expect.stringContaining("does not offer")],
    ["delete_item", 200, affected(1)],
    ["get_item", 404, "item not found"],
    ["insert_feedback", 200, affected(1)],
    ["insert_feedbacks", 200, affected(2)],
    ["list_feedbacks", 200, watched("v-1", "v-3")],
    ["get_feedbacks", 200, [[expect.anything(), expect.anything()], expect.stringMatching(/./)]],
    ["delete_feedback", 200, affected(1)],
    ["list_feedbacks", 200, watched("v-1")],
    ["insert_feedback", 200, affected(1)],
    ["list_feedbacks", 200, watched("v-1", "v-3")],
    ["insert_feedback", 400, expect.stringContaining('"purchase" is no signal here')],
    ["get_recommend", 200, [scored, scored, scored]],
    ["get_recommend", 200, [scored, scored, scored]],
    ["session_recommend", 200, [scored, scored, scored]],
    ["get_neighbors", 200, [scored, scored, scored]],
    ["delete_user", 200, affected(1)],
    ["get_user", 404, "user not found"],
  ];

  test("has every one of its calls answered, the async client too", async () => {
    const { url } = await served("pygorse");
    const script = join(import.meta.dir, "gorse_client.py");
    const { stdout, stderr } = Bun.spawnSync([python, script, url, ""]);
    expect(stderr.toString()).toBe("");
    const answers = stdout.toString().trim().split("\n").map((it) => JSON.parse(it) as Answer); // prettier-ignore
    print("PyGorse", answers);
    expect(answers).toEqual([...ANSWERS, ...ANSWERS]);
  });
});
