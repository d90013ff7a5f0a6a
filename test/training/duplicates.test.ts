import { expect, test } from "bun:test";
import { duplicatesOf } from "../../src/training/duplicates.ts";
import { sparseDataset } from "../../src/benchmarks/sparse/dataset.ts";
import { unit } from "../support/sketch.ts";

const D = 64;
const set = sparseDataset(3);
const rows = [...set.posts.titles.keys()];
/** The vector of a row, turned by so much of another one's. */
const turned = (row: number, by: number) =>
  unit([...set.embeddings.subarray(row * D, row * D + D)].map((it, i) => it + by * set.embeddings[(row + 1) * D + i]!)); // prettier-ignore

/** The set with other titles and vectors at some rows. */
function dataset(titles: Record<number, string>, vectors: Record<number, number[]> = {}) {
  const embeddings = set.embeddings.slice();
  for (const [row, vector] of Object.entries(vectors)) embeddings.set(vector, Number(row) * D);
  return {
    ...set,
    embeddings,
    posts: { ...set.posts, titles: rows.map((row) => titles[row] ?? set.posts.titles[row]!) },
  };
}
const groups = (...asked: Parameters<typeof dataset>) =>
  Object.fromEntries([...duplicatesOf(dataset(...asked), 1).entries()].filter(([, it]) => it >= 0));

test("no post of a plain set is a near-duplicate", () => {
  expect(groups({})).toEqual({});
});

test("posts of one text are, whatever the case and the marks", () => {
  expect(groups({ 7: "Calm evenings", 900: "calm evenings!", 40: "Calm mornings" })).toEqual({
    7: 7,
    900: 7,
  });
  for (const [one, other] of [
    ["", ""],
    ["🔥", "😂😂"],
    ["…", "🔥"],
    ["🔥", "🔥"],
  ] as const)
    expect(groups({ 7: one, 900: other }, { 900: turned(7, 0) })).toEqual({}); // no text is no text
});

test("posts of one text are not, if their videos have other lengths", () => {
  const titles = {
    7: "Good morning",
    40: "Good morning",
    900: "good morning!",
    901: "Good morning",
    1_200: "Good morning",
  };
  const vectors = { 40: turned(7, 0), 900: turned(7, 0), 901: turned(7, 0), 1_200: turned(7, 0) };
  const data = dataset(titles, vectors);
  const durationsMs = Float64Array.from(rows, (row) => ({ 7: 9_000, 40: 30_000, 900: 9_400, 1_200: 12_000 })[row] ?? 0); // prettier-ignore
  const found = duplicatesOf({ ...data, posts: { ...data.posts, durationsMs } }, 1);
  expect([7, 40, 900, 901, 1_200].map((row) => found[row])).toEqual([7, -1, 7, 7, -1]); // 901's is not known
});

test("posts of one video are, whatever their words", () => {
  const links = rows.map((row) => (row === 9 || row === 90 ? "https://media.test/9.mp4" : ""));
  const posts = { ...set.posts, links, titles: rows.map((row) => (row === 95 ? "Post 90" : set.posts.titles[row]!)) }; // prettier-ignore
  const found = duplicatesOf({ ...set, posts }, 1);
  expect([9, 90, 95].map((row) => found[row])).toEqual([9, 9, 9]);
  expect(found.filter((it) => it >= 0)).toHaveLength(3);
});

test("posts whose texts are near are; further away none is", () => {
  const titles = { 5: "Calm evening", 1_500: "Calm evenings", 30: "Runs", 1_600: "More runs" };
  expect(groups(titles, { 1_500: turned(5, 0.2), 1_600: turned(30, 0.5) })).toEqual({
    5: 5,
    1_500: 5,
  });
});

test("a post that is near a near-duplicate of the first alone is none", () => {
  const titles = { 5: "Calm", 1_500: "Calm evening", 1_600: "Calm evening walk" };
  expect(groups(titles, { 1_500: turned(5, 0.25), 1_600: turned(5, 0.5) })).toEqual({
    5: 5,
    1_500: 5,
  });
});

test("parts of a series are not: their numbers differ, in digits or in words", () => {
  const near = { 1_500: turned(5, 0.1), 1_600: turned(30, 0.1), 1_700: turned(60, 0.1) };
  const series = { 5: "Lesson 1", 1_500: "Lesson 2", 30: "Week three", 1_600: "Week four" };
  expect(groups({ ...series, 60: "Five minutes", 1_700: "5 minutes" }, near)).toEqual({
    60: 60,
    1_700: 60,
  });
});

const TITLE = "How to repair a bicycle tyre by the road";
/** The rows joined of two with these titles, whose texts are as near as `by` leaves them. */
const joined = (other: string, by: number) =>
  Object.keys(groups({ 5: TITLE, 1_500: other }, { 1_500: turned(5, by) })).map(Number);

test.each([
  ...[`[HD] ${TITLE}`, `Repost: ${TITLE}`, `${TITLE} #fyp`, `${TITLE} (copy)`, TITLE.slice(0, -6)],
  ...[TITLE.replace("bicycle", "bicyle"), TITLE.replace("tyre", "týrè")],
])("what is written alike need not be as near: %s", (other) => {
  expect(joined(other, 0.6)).toEqual([5, 1_500]);
  expect(joined("Why rivers meander in the plains", 0.6)).toEqual([]);
});

test.each([
  ...[TITLE.replace("tyre", "chain"), `${TITLE}, second part`, `${TITLE} II`, `${TITLE} 2`],
  TITLE.replace("a bicycle", "B bicycle"),
])("nor is what is near the same where a word stands for another: %s", (other) => {
  expect(joined(other, 0.1)).toEqual([]);
});

test("nearness makes no chains", () => {
  const far = groups(
    { 5: "Calm", 1_500: "Calmer", 1_600: "Calmest" },
    { 1_500: turned(5, 0.25), 1_600: turned(5, 0.6) },
  );
  expect(far).toEqual({ 5: 5, 1_500: 5 });
});
