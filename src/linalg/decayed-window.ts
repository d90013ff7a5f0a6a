/** Decayed windows: weights of the newest posts of a history by their age. */

/** The newest `window` posts count, each with `decay` times the weight of the next newer one. */
export type DecayedWindow = {
  readonly decay: number;
  readonly window: number;
  /** Weight of the newest. */
  readonly scale: number;
};
