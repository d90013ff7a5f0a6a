import { expect, test } from "bun:test";
import { fitsTable } from "../../src/cli/table.ts";

test("learning tells each fitted setting with its observations and what the shipped one would have scored", () => {
  const fit = { setting: "decay of neighbours", value: 0.97, observations: 60 };
  expect(fitsTable([{ ...fit, nDcg: 0.3, shippedNDcg: 0.25 }]).split("\n")).toEqual([
    "fitted               value  observations  nDCG   shipped",
    "decay of neighbours   0.97            60  0.300    0.250",
  ]);
});
