import { expect, test } from "bun:test";
import { idFault } from "../../src/domain/ids.ts";

test.each([
  ["1"],
  ["9007199254740993"],
  ["at://did:plc:z72i7/app.video/3k"],
  ["100 % a/b?c#d"],
  ["e\u0301"],
  ["👩‍🚀"],
  ["x".repeat(128)],
  ["é".repeat(64)],
])("%s is an id", (text) => {
  expect(idFault(text)).toBeUndefined();
});

test.each([
  ["nothing", "", "is empty"],
  ["a line break", "a\nb", "contains a control character"],
  ["DEL", "a\x7f", "contains a control character"],
  ["a C1 control", "a\x85", "contains a control character"],
  ["half of a surrogate pair", "a\ud83d", "is not well-formed Unicode"],
  ["129 bytes", "x".repeat(129), "has 129 bytes; at most 128 are allowed"],
  ["129 bytes in 65 letters", "é".repeat(64) + "x", "has 129 bytes; at most 128 are allowed"],
])("%s is no id", (_, text, fault) => {
  expect(idFault(text)).toBe(fault);
});
