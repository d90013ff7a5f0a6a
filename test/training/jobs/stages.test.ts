/** Reports of a thread's stages. */
import { expect, test } from "bun:test";
import { stageReporter } from "../../../src/training/jobs/stages.ts";

test("every stage's beginning and end is told, however fast they follow; of the steps between, some", () => {
  const told: string[] = [];
  const report = stageReporter((stage, done, total) => void told.push(`${stage} ${done}/${total}`));
  report("reading", 0, 1);
  report("reading", 1, 1);
  for (let done = 1; done <= 1_000; done++) report("training", done, 1_000);
  report("writing", 0, 1);
  expect(told.slice(0, 3)).toEqual(["reading 0/1", "reading 1/1", "training 1/1000"]);
  expect(told.slice(-2)).toEqual(["training 1000/1000", "writing 0/1"]);
  expect(told.length).toBeLessThan(100);
});
