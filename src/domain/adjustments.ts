/** Adjustments: the operator's factors of what training has fitted. They hold for everybody's feeds. */

/** Factors by name: a model's name for its weight, or a name of {@link FURTHER}. One that is absent is {@link NEUTRAL}. */
export type Adjustments = Readonly<Record<string, number>>;

/** THE table of what can be adjusted beside the weights of models, with what each factor multiplies. */
export const FURTHER = {
  variety: "How much the posts of a page differ: the weight of similarity against relevance.",
  half_life: "Days after which a post counts half as new.",
  exploration: "Share of places that are reserved for new posts.",
} as const;

/** The factor that changes nothing. */
export const NEUTRAL = 1;
/** Largest factor: enough to let one term lead the list. */
export const FACTOR_MAX = 4;

/** The factors that change something. */
export const moved = (factors: Adjustments): Adjustments =>
  Object.fromEntries(Object.entries(factors).filter(([, it]) => it !== NEUTRAL));

/** True if two sets of factors are the same. */
export function sameFactors(a: Adjustments, b: Adjustments): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return names.values().every((it) => factorOf(a, it) === factorOf(b, it));
}

/** The factor of a name. */
export function factorOf(adjustments: Adjustments | undefined, name: string): number {
  return adjustments?.[name] ?? NEUTRAL;
}

/** A saved version. The newest is in force. */
export type AdjustmentsVersion = {
  /** From 1; never given twice. */
  readonly version: number;
  /** Without neutral ones. */
  readonly factors: Adjustments;
  readonly savedAtMs: number;
  /** The version that one can go back to; 0: what was fitted; `undefined` where that is this one. */
  readonly before: number | undefined;
};

/** Versions that are kept. */
const KEPT = 50;

/** The history with factors in force, oldest version first: with a new version, unless these are in force already. */
export function withFactors(
  history: readonly AdjustmentsVersion[],
  factors: Adjustments,
  savedAtMs: number,
): readonly AdjustmentsVersion[] {
  const present = history.at(-1);
  if (sameFactors(present?.factors ?? {}, factors)) return history;
  const before = present?.version ?? 0;
  return [...history, { version: before + 1, factors: moved(factors), savedAtMs, before }].slice(
    -KEPT,
  );
}

/**
 * The history with the version before the present one in force again, as a version of its own: a second step
 * back goes on behind that. `undefined` if there is none, or it is not kept any more.
 */
export function steppedBack(
  history: readonly AdjustmentsVersion[],
  savedAtMs: number,
): readonly AdjustmentsVersion[] | undefined {
  const present = history.at(-1);
  if (present?.before === undefined) return undefined;
  const { version } = present;
  const target = history.find((it) => it.version === present.before);
  if (target === undefined && present.before > 0) return undefined;
  const { factors, before } = target ?? { factors: {}, before: undefined };
  return [...history, { version: version + 1, factors, savedAtMs, before }].slice(-KEPT);
}
