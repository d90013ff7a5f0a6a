/** Eligibility: one mask per request, with a bit for each reason that keeps a post out of the feed. */
import type { Arrays } from "../linalg/arena.ts";
import { HIDDEN, LOCKED, PRIVATE, WITHDRAWN, type Model } from "../snapshot/model.ts";
import type { RankInputs } from "../models/contract.ts";
import { expiredRows } from "./expiry.ts";

/** A reason that keeps posts out of a feed. */
type Entry = {
  /** Words about the post, for its user. */
  readonly words: string;
  /** Bit of `Model.flags`, for a reason that holds for every user. */
  readonly flag?: number;
  /** Rows that it keeps out of this feed. */
  readonly rows?: (inputs: RankInputs) => Uint32Array | undefined;
  /** 1 for rows that it does not keep out `[posts]`; `undefined` keeps nothing out. */
  readonly mask?: (inputs: RankInputs) => Uint8Array | undefined;
};

const TABLE = {
  withdrawn: { words: "it was withdrawn", flag: WITHDRAWN },
  private: { words: "it is not public", flag: PRIVATE },
  locked: { words: "it is locked", flag: LOCKED },
  hidden: { words: "it is hidden by its app", flag: HIDDEN },
  expired: {
    words: "it has expired",
    rows: ({ model, nowMs }) => (nowMs === undefined ? undefined : expiredRows(model, nowMs)),
  },
  seen: { words: "you have seen it", rows: ({ person }) => person.seen },
  disliked: { words: "you did not like it", rows: ({ person }) => person.disliked },
  creator: { words: "you hide its creator", rows: ({ steering }) => steering?.hidden },
  category: {
    words: "it is not in the category asked for",
    mask: ({ categoryMask }) => categoryMask,
  },
  excluded: { words: "it is excluded by the request", rows: ({ excluded }) => excluded },
  served: { words: "it was served in this session before", rows: ({ served }) => served },
} as const satisfies Record<string, Entry>;

/** The name of a reason. */
export type Reason = keyof typeof TABLE;

/** THE table of reasons, in the order of their bits. Nothing else keeps a post out of a feed. */
export const REASONS: Readonly<Record<Reason, Entry>> = TABLE;

const NAMES = Object.keys(TABLE) as Reason[];

/** The bit of a reason in {@link Eligibility.reasons}. */
export function bitOf(reason: Reason): number {
  return 1 << NAMES.indexOf(reason);
}

/** Names of the reasons whose bits are set. */
export function reasonsIn(bits: number): Reason[] {
  return NAMES.filter((it) => bits & bitOf(it));
}

/** The eligibility of all posts of a catalogue. */
export type Eligibility = {
  /** 1 for rows without any reason against them `[posts]`. */
  readonly eligible: Uint8Array;
  /** A bit for each reason against a row `[posts]`. */
  readonly reasons: Uint32Array;
};

/** The bits of each byte of flags. */
const BITS_OF_FLAGS = Uint32Array.from({ length: 256 }, (_, flags) =>
  NAMES.reduce((bits, name) => (flags & (REASONS[name].flag ?? 0) ? bits | bitOf(name) : bits), 0),
);

/** The eligibility that all feeds share: made once per model, and copied by {@link eligibilityOf}. */
export function catalogueEligibility({ flags }: Model): Eligibility {
  const reasons = new Uint32Array(flags.length);
  const eligible = new Uint8Array(flags.length);
  for (let row = 0; row < flags.length; row++) {
    reasons[row] = BITS_OF_FLAGS[flags[row]!]!;
    eligible[row] = Number(flags[row] === 0); // a spare row has no reason, since it has no post
  }
  return { reasons, eligible };
}

/** True if a post may be in any feed at all. */
export function isServable({ flags }: Model, row: number): boolean {
  return flags[row] === 0;
}

/** The eligibility of every post in one feed. */
export function eligibilityOf(
  inputs: RankInputs,
  catalogue: Eligibility,
  arrays: Pick<Arrays, "bytes" | "words">,
): Eligibility {
  const eligible = arrays.bytes(catalogue.eligible.length);
  const reasons = arrays.words(catalogue.reasons.length);
  eligible.set(catalogue.eligible);
  reasons.set(catalogue.reasons);
  for (const name of NAMES) {
    const bit = bitOf(name);
    const rows = REASONS[name].rows?.(inputs) ?? NONE;
    for (let n = 0; n < rows.length; n++) {
      reasons[rows[n]!]! |= bit;
      eligible[rows[n]!] = 0;
    }
    const mask = REASONS[name].mask?.(inputs) ?? NONE;
    for (let row = 0; row < mask.length; row++) {
      reasons[row]! |= bit & (mask[row]! - 1); // all bits of −1 are set, none of 0
      eligible[row]! &= mask[row]!;
    }
  }
  return { eligible, reasons };
}

const NONE = new Uint32Array(0);
