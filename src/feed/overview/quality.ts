/** Quality of a snapshot: nDCG@20 on the held-out cases that its blend was fitted on. */
import type { Manifest } from "../../snapshot/manifest.ts";
import { noSums, wilson } from "../../evaluation/wilson.ts";

/** nDCG@20 of a ranking, and the ends of its 95 % interval. */
export type Scored = { readonly nDcg: number; readonly low: number; readonly high: number };

/** Quality of a snapshot whose blend was fitted. */
export type Quality = {
  /** Held-out cases. */
  readonly cases: number;
  readonly blend: Scored;
  /** By name: of each score term alone, and of the `shipped` weights; the best first. */
  readonly others: readonly (Scored & { readonly name: string })[];
  /** The blend of the snapshot before; `undefined` without a fitted one. */
  readonly before: Scored | undefined;
};

type Fitted = Pick<Manifest, "info">;

/** The quality of a snapshot; `undefined` where the blend is the shipped one, which nothing was held out for. */
export function qualityOf(manifest: Fitted, before: Fitted | undefined): Quality | undefined {
  const { blend } = manifest.info;
  if (!blend.fitted) return undefined;
  const { blend: ours, ...others } = blend.nDcg;
  return {
    cases: blend.cases,
    blend: scored(ours!, blend.cases),
    others: Object.entries(others)
      .map(([name, it]) => ({ name, ...scored(it, blend.cases) }))
      .sort((a, b) => b.nDcg - a.nDcg),
    before: before?.info.blend.fitted
      ? scored(before.info.blend.nDcg["blend"]!, before.info.blend.cases)
      : undefined,
  };
}

/**
 * Wilson's interval of a mean of values between 0 and 1: their variance is r (1 − r) at most, that of zeros and ones.
 * The manifest keeps means alone, so the interval is wider than one of the cases' own variance would be.
 */
function scored(nDcg: number, cases: number): Scored {
  const { low, high } = wilson({ ...noSums(), y: nDcg * cases, m: cases, mm: cases })!;
  return { nDcg, low, high };
}
