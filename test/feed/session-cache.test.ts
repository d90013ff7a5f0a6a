import { describe, expect, test } from "bun:test";
import { UNMOVED } from "../../src/domain/sliders.ts";
import { digestOf, originOf, tokenOf } from "../../src/feed/session-cache.ts";
import { STRANGER } from "../support/model.ts";

describe("a token", () => {
  const inputs = {
    snapshot: "20250601T001200000Z-1",
    position: 1_748_736_720_000,
    digest: "3w5e1",
    state: "17.4711",
    held: Buffer.alloc(0),
  };

  test("is decoded into its inputs, and needs no escaping in a URL", () => {
    const tried = { ...inputs, held: Buffer.of(10, 0, 5, 32, 10) };
    for (const it of [inputs, tried]) expect(originOf(tokenOf(it))).toEqual(it);
    expect(encodeURIComponent(tokenOf(inputs))).toBe(tokenOf(inputs));
  });

  test.each([
    "",
    "x",
    "../../etc 1 a",
    "a 1",
    "a -1 b",
    "a 1 b",
    "a 1 b c",
    "a 12345678901234567 b",
    "a 1 B",
  ])("is not decoded from %p", (text) => {
    expect(originOf(Buffer.from(text).toString("base64url"))).toBeUndefined();
  });
});

describe("a digest", () => {
  const asked = { person: STRANGER, categoryMask: undefined, mood: undefined };
  const one = Float32Array.of(1);

  test("is the same for the same inputs", () => {
    expect(digestOf({ ...asked, mood: Float32Array.of(1, 2).subarray(0, 1) })).toBe(
      digestOf({ ...asked, mood: one }),
    );
  });

  test("depends on every input of ranking", () => {
    const person = (over: object) => ({ ...asked, person: { ...STRANGER, ...over } });
    const all = [
      asked,
      { ...asked, mood: one },
      { ...asked, categoryMask: Uint8Array.of(1) },
      { ...asked, sliders: { ...UNMOVED, variety: 1 } },
      { ...asked, sliders: { ...UNMOVED, popularity: 1 } },
      person({ length: 3 }),
      person({ seen: Uint32Array.of(1) }),
      person({ rows: Uint32Array.of(1) }),
      person({ confidence: one }),
      person({ newer: Uint32Array.of(1) }),
      person({ profile: { counters: [], vector: one } }),
    ];
    expect(new Set(all.map(digestOf)).size).toBe(all.length);
  });
});
