/** The table of signals: every entry is whole, and no two are stored alike. */
import { describe, expect, test } from "bun:test";
import { SIGNALS, SIGNAL_NAMES, signalNamed, type Signal } from "../../src/domain/signals.ts";

/** What the compiler says of an entry that lacks a field. */
type Incomplete = {
  [Field in keyof Signal]-?: Omit<Signal, Field> extends Signal ? "compiles" : "is refused";
};
type EveryField = Readonly<Record<keyof Signal, "is refused">>;
/** Doesn't compile if the compiler accepts an entry without one of its fields. */
export const proof: (incomplete: Incomplete) => EveryField = (it) => it;

describe("the table of signals", () => {
  test("keeps the codes that stores were written with", () => {
    const { view, like, inspire, rating } = SIGNALS;
    expect([view, like, inspire, rating].map((it) => it.code)).toEqual([0, 1, 2, 3]);
  });

  test("gives each signal a code of its own, of a byte", () => {
    expect(SIGNAL_NAMES.map((it) => signalNamed(SIGNALS[it].code))).toEqual(SIGNAL_NAMES);
    for (const it of SIGNAL_NAMES) expect(SIGNALS[it].code).toBeWithin(0, 256);
    expect(signalNamed(255)).toBeUndefined();
  });

  test("reads one signal by quantile: models hold one distribution", () => {
    const byQuantile = SIGNAL_NAMES.filter((it) => SIGNALS[it].strength.by === "quantile");
    expect(byQuantile).toHaveLength(1);
  });
});
