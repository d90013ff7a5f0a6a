/** The diversity curve, on a catalogue of two subjects of which one is popular. */
import { expect, test } from "bun:test";
import { diversityText } from "../../src/cli/diversity-curve.ts";
import { diversityCurve } from "../../src/evaluation/diversity-curve.ts";
import { linePicture } from "../../src/evaluation/line-picture.ts";
import { histories, type Done } from "../support/histories.ts";
import { AS_OF_MS, modelOf, nearestIn, rankingWith } from "../support/model.ts";

const like = (post: number): Done => ({ post, kind: "like", atMs: AS_OF_MS - 1_000 });
/** The first fifty of a hundred posts are about one subject, the others about another one. */
const model = modelOf(
  Array.from({ length: 100 }, (_, row) => ({ vector: row < 50 ? [1, 0, 0] : [0, 1, 0], category: row < 50 ? "a" : "b", ageDays: 5 })), // prettier-ignore
);
const curve = diversityCurve(
  {
    ranker: rankingWith(model).ranker,
    nearest: nearestIn(model),
    baselines: [],
    split: {
      before: histories([], []),
      after: histories([like(101), like(102)], [like(103), like(104)]),
      asOfMs: AS_OF_MS,
    },
  },
  1,
);
const [relevant] = curve.rows;
const most = curve.rows.at(-1)!;

test("begins at lists of relevance alone, which are of one subject", () => {
  expect(relevant).toMatchObject({ variety: 0, lambda: 0, "diversity@20": { mean: 0 } });
  expect(relevant!["ndcg@20"].mean).toBeGreaterThan(0.75);
  expect(relevant!.change["ndcg@20"]).toEqual({ mean: 0, low: 0, high: 0 });
});

test("ends at lists of both subjects, at the cost of quality", () => {
  expect(most["diversity@20"].mean).toBeCloseTo(100 / 190, 1); // pairs of ten and ten posts
  expect(most["ndcg@20"].mean).toBeLessThan(relevant!["ndcg@20"].mean);
  expect(most.change["ndcg@20"].mean).toBeLessThan(0);
  expect(most["categories@20"].mean).toBeCloseTo(most["diversity@20"].mean, 3); // here the same
  const diversity = curve.rows.map((it) => it["diversity@20"].mean);
  expect(diversity).toEqual(diversity.toSorted((a, b) => a - b));
});

test("tells what posts drawn at random come to: half of the pairs differ", () => {
  expect(curve.random).toBeCloseTo(0.5, 1);
});

test("is told as a table that marks the default, and drawn", () => {
  const text = diversityText({ ...curve, protocol: "two subjects" });
  expect(text).toContain("2 people");
  expect(text).toMatch(/^0\.5 \(default\) /m);
  const lines = [{ name: "two <subjects>", points: [[0, 1], [1, 0]] as const, marked: 1 }]; // prettier-ignore
  const svg = linePicture({ title: "curve", x: "more", y: "less", lines });
  expect(svg).toStartWith("<svg");
  expect(svg).toContain("two &lt;subjects&gt;");
});
