/** Cutting, with the real model's tokenizer. */
import { beforeAll, describe, expect, test } from "bun:test";
import { AutoTokenizer, env } from "@xenova/transformers";
import { resolve } from "node:path";
import { type CountPieces, cut } from "../../src/text/cut.ts";

const LIMIT = 254;
const LONG = "A retired coach explains, unhurriedly, how she rebuilt her confidence. ".repeat(300);

let count: CountPieces;
beforeAll(async () => {
  Object.assign(env, { useFS: true, allowLocalModels: true, useCustomCache: false });
  Object.assign(env, { allowRemoteModels: false, useFSCache: false, useBrowserCache: false });
  env.localModelPath = resolve(import.meta.dir, "../../src/text");
  const tokenizer = await AutoTokenizer.from_pretrained("model");
  count = (text) => tokenizer.tokenize(text).length;
});

const cutLines = (lines: string[], limit = LIMIT) =>
  cut(lines.join("\n"), limit, count).split("\n");

describe("a text of several lines", () => {
  test("is left alone when it fits", () => {
    const lines = ["Never give up 💪🔥", "Mindset", "Café, naïve, déjà vu: 50% off @home"];
    expect(cutLines(lines)).toEqual(lines);
  });

  test("loses only the end of its description, and fills the model to the brim", () => {
    const [title, category, summary] = cutLines(["Starting over at sixty", "Comebacks", LONG]);
    expect([title, category]).toEqual(["Starting over at sixty", "Comebacks"]);
    expect(LONG.startsWith(summary!)).toBe(true);
    expect(count(`${title} ${category} ${summary}`)).toBe(LIMIT);
  });

  test("keeps its short lines whole wherever the long ones stand", () => {
    const [tags, category, title, summary] = cutLines([LONG, "Comebacks", "Starting over", LONG]);
    expect([category, title]).toEqual(["Comebacks", "Starting over"]);
    expect(Math.abs(count(tags!) - count(summary!))).toBeLessThanOrEqual(1);
  });

  test("never has more pieces than the limit, nor a line below its even share", () => {
    const samples = [
      LONG,
      "今日から始める小さな習慣".repeat(99),
      "a-b.c/".repeat(999),
      "🙏".repeat(99),
    ];
    for (const limit of [2, 7, 40, LIMIT]) {
      const kept = cutLines(samples, limit).map(count);
      expect(kept.reduce((a, b) => a + b)).toBeLessThanOrEqual(limit);
      for (const [n, pieces] of kept.entries())
        expect(pieces).toBeGreaterThanOrEqual(
          Math.min(count(samples[n]!), Math.floor(limit / samples.length)),
        );
    }
  });
});
