/** Adjusting as routes see it: what an operator can read, try, save and take back. */
import type { Adjustments } from "../../domain/adjustments.ts";
import type { PostId, UserId } from "../../domain/ids.ts";
import type { Audience } from "../../ranking/audience.ts";
import type { openAdjusting } from "./adjusting.ts";
import type { Adjustable } from "./factors.ts";
import type { FigureName, Moves } from "./list-figures.ts";
import type { Effect } from "./paired-effects.ts";

/** Everything that an operator can do. Results are `undefined` before the first snapshot. */
export type Adjusting = Pick<ReturnType<typeof openAdjusting>, "state" | "save" | "stepBack"> & {
  readonly adjustables: () => readonly Adjustable[] | undefined;
  /** The effect of factors on the lists of so many people; `undefined`, too, once nobody waits for it. */
  readonly preview: (
    factors: Adjustments,
    requests: number,
    signal: AbortSignal,
  ) => Promise<Preview | undefined>;
  /** Somebody's list; the name of what is missing; `undefined` before the first snapshot. */
  readonly list: (
    request: TriedRequest & Tried,
  ) => Promise<TriedList | "version" | "snapshot" | undefined>;
};

/** Factors and snapshot that a list is ranked with. */
export type Tried = {
  /** A version of the factors; 0: what was fitted; `undefined`: those in force. */
  readonly version: number | undefined;
  /** True for the snapshot before the present one. */
  readonly isOlder: boolean;
};

/** A list before and after, as ids. */
export type ShownList = {
  readonly user: string;
  readonly before: readonly PostId[];
  readonly after: readonly PostId[];
};

/** The effect on nDCG@20 of lists for people whose next likes are known. */
export type HeldOutEffect = {
  readonly cases: number;
  readonly people: number;
  /** `undefined` where nothing was held out. */
  readonly nDcg: Effect | undefined;
};

/** The effect of factors in place of those in force. */
export type Preview = {
  readonly snapshot: string;
  /** People whose lists were ranked; `logged` of them asked for a page, the others did something last. */
  readonly people: number;
  readonly logged: number;
  readonly moves: Moves;
  readonly effects: Readonly<Record<FigureName, Effect>>;
  readonly lists: readonly ShownList[];
  readonly heldOut: HeldOutEffect;
};

/** Person, category and mood of a tried list. */
export type TriedRequest = {
  readonly user: UserId;
  readonly category: string | undefined;
  readonly mood: string | undefined;
};

/** The beginning of a list. */
export type TriedList = {
  readonly snapshot: string;
  readonly audience: Audience;
  readonly ids: readonly PostId[];
};
