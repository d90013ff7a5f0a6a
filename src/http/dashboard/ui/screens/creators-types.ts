/** Replies of `GET /catalogue/health`, `/creators` and `/creators/{id}`. */

/** A post by its id and title. */
export type Titled = { readonly id: string; readonly title: string };

/** Health of the catalogue. */
export type Health = {
  readonly days: number;
  readonly until: string;
  readonly pages: number;
  readonly impressions: number;
  readonly unattributed: number;
  readonly creators: {
    readonly count: number;
    readonly shown: number;
    readonly gini: number;
    readonly half: number;
    readonly top_tenth: { readonly creators: number; readonly share: number };
    readonly lorenz: readonly { readonly creators: number; readonly impressions: number }[];
  };
  readonly first_impressions: {
    readonly impressions: number;
    readonly posts: number;
    readonly reached: number;
    readonly longest_hours: number;
    readonly quarter_hours: number | null;
    readonly median_hours: number | null;
    readonly curve: readonly { readonly hours: number; readonly share: number }[];
  };
  readonly exploration: {
    readonly share: number;
    readonly impressions: number;
    readonly days: number;
    readonly won: number;
    readonly posts: Readonly<Record<Stage, number>>;
  } | null;
  readonly duplicates: {
    readonly groups: number;
    readonly repeats: number;
    readonly largest: readonly { readonly size: number; readonly posts: readonly Titled[] }[];
  };
  readonly categories: {
    readonly count: number;
    readonly dead: readonly {
      readonly name: string;
      readonly posts: number;
      readonly impressions: number;
      readonly last_event: string | null;
    }[];
  };
  readonly cold: {
    readonly posts: number;
    readonly ages: readonly {
      readonly from_days: number;
      readonly posts: number;
      readonly shown: number;
    }[];
    readonly longest: readonly (Titled & { readonly created_at: string })[];
  };
};

/** Stage of a new post. */
export type Stage = "waiting" | "trial" | "graduated" | "retired";

/** A creator in a list. */
export type CreatorSummary = {
  readonly id: string;
  readonly posts: number;
  readonly servable: number;
  readonly shown: number;
  readonly impressions: number;
  readonly people: number;
  readonly share: number;
};

/** Some creators. */
export type Creators = { readonly total: number; readonly creators: readonly CreatorSummary[] };

/** A rate with the ends of its 95 % interval; null where there is nothing to divide by. */
export type Rate = {
  readonly count: number;
  readonly of: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
} | null;

/** What became of posts that were shown. */
export type Outcomes = {
  readonly impressions: number;
  readonly plays: Rate;
  readonly completion: Rate;
  readonly likes: Rate;
  readonly skips: Rate;
};

/** A reason why a post is on no list. */
export type Absent = { readonly reason: string; readonly words: string };

/** A creator. */
export type Creator = CreatorSummary & {
  readonly days: number;
  readonly rank: number;
  readonly creators: number;
  readonly outcomes: Outcomes;
  readonly sources: readonly { readonly name: string; readonly impressions: number }[];
  readonly absent: readonly (Absent & { readonly posts: number })[];
  readonly hidden_by: number;
  readonly items: readonly (Titled &
    Outcomes & {
      readonly created_at: string;
      readonly people: number;
      readonly stage: Stage | null;
      readonly repeats: Titled | null;
      readonly absent: readonly Absent[];
    })[];
};
