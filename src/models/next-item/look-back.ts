/** One way to look back on a history: the newest `window` posts, each counting `decay` of the next newer one. */
export type LookBack = {
  readonly decay: number;
  readonly window: number;
  /** Weight of the block as a whole. */
  readonly scale: number;
};
