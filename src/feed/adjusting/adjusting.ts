/** Adjusting: what the operator has adjusted, read by every process, saved and taken back. */
import type { Meta } from "../../data/contract.ts";
import type { Writer } from "../../data/writer/client.ts";
import type { Adjustments, AdjustmentsVersion } from "../../domain/adjustments.ts";
import { FACTOR_NAMES } from "./factors.ts";

/** The state of what is adjusted. */
export type Adjusted = {
  /** The factors in force, without neutral ones. */
  readonly factors: Adjustments;
  /** Oldest version first; empty where nothing was ever adjusted. */
  readonly history: readonly AdjustmentsVersion[];
};

/** Default of `readMs`: as often as a process looks for a newer snapshot. */
const READ_MS = 500;

/** Dependencies of {@link openAdjusting}. */
type AdjustingDeps = {
  readonly meta: Pick<Meta, "adjustments">;
  readonly writer: () => Pick<Writer, "write">;
  readonly clockMs: () => number;
  /** Longest time until another process's version is noticed, milliseconds. */
  readonly readMs?: number;
};

/** The version without factors of models that another build had. */
const withKnownNames = ({ factors, ...it }: AdjustmentsVersion): AdjustmentsVersion => {
  const known = Object.entries(factors).filter(([name]) => FACTOR_NAMES.includes(name));
  return { ...it, factors: Object.fromEntries(known) };
};

/** Opens what is adjusted in one store. */
export function openAdjusting({ meta, writer, clockMs, readMs = READ_MS }: AdjustingDeps) {
  let history: readonly AdjustmentsVersion[] = [];
  let readAtMs = -Infinity;
  let reading: Promise<unknown> = Promise.resolve();

  async function read(): Promise<readonly AdjustmentsVersion[]> {
    readAtMs = performance.now();
    return (history = (await meta.adjustments()).map(withKnownNames));
  }
  const state = async (): Promise<Adjusted> => {
    const all = await read();
    return { factors: all.at(-1)?.factors ?? {}, history: all };
  };

  return {
    /** The version in force; `undefined` if it changes nothing. While the store can't be read, the last one that was. */
    inForce: async (): Promise<AdjustmentsVersion | undefined> => {
      if (performance.now() - readAtMs >= readMs) reading = read().catch(() => {});
      await reading;
      const version = history.at(-1);
      return version && Object.keys(version.factors).length > 0 ? version : undefined;
    },
    state,
    /** @throws WriterError */
    save: async (factors: Adjustments): Promise<Adjusted> => {
      await writer().write("adjust", factors, clockMs());
      return state();
    },
    /** Puts the version before in force again; `undefined` if there is none. @throws WriterError */
    stepBack: async (): Promise<Adjusted | undefined> =>
      (await writer().write("stepBack", clockMs())) ? state() : undefined,
  };
}
