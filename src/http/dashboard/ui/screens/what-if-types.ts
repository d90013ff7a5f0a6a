/** Replies of `/adjustments`, and factors in words. */

/** Factors by name; 1 for one that is absent. */
export type Factors = Readonly<Record<string, number>>;

/** Something that can be adjusted, with the values that its factor multiplies. */
export type Adjustable = {
  readonly name: string;
  readonly about: string;
  readonly fitted: readonly { readonly posts: number | null; readonly value: number }[];
};

/** Reply of `GET /adjustments`. */
export type Adjusted = {
  readonly factors: Factors;
  readonly can_go_back: boolean;
  readonly adjustable: readonly Adjustable[] | null;
  readonly history: readonly {
    readonly version: number;
    readonly saved_at: string;
    readonly factors: Factors;
  }[];
};

/** A figure before and after, and the interval of the difference. */
export type Effect = {
  readonly name: string;
  readonly about: string;
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
};

/** Reply of `POST /adjustments/preview`. */
export type Preview = {
  readonly people: number;
  readonly logged: number;
  readonly replaced: number;
  readonly places: number;
  readonly effects: readonly Effect[];
  readonly held_out: {
    readonly cases: number;
    readonly people: number;
    readonly ndcg: Effect | null;
    readonly words: string;
  };
  readonly lists: readonly {
    readonly user: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
};

/** Factors in a line. */
export function factorWords(factors: Factors): string {
  const words = Object.entries(factors).map(([name, factor]) => `${name} ×${factor}`);
  return words.length === 0 ? "as fitted" : words.join(", ");
}
