/** Replies of the service's routes, as far as several screens read them. */

/** A post of `GET /posts` and `/search`. */
export type Post = {
  readonly id: string;
  readonly title: string;
  readonly categories: readonly string[];
  readonly creator: string;
  readonly created_at: string;
  readonly hidden: boolean;
};

/** Somebody of `GET /search`. */
export type PersonFound = { readonly id: string; readonly name: string };

/** Result of `GET /search`. */
export type Found = { readonly people: readonly PersonFound[]; readonly posts: readonly Post[] };

/** Shares of the score terms by name; they add up to the score. */
export type Terms = Readonly<Record<string, number>>;

/** A post of `GET /recommendations`. */
export type Item = {
  readonly id: string;
  readonly score: number;
  readonly position: number;
  readonly explain?: {
    readonly sources: readonly string[];
    readonly terms: Terms;
    readonly reasons: readonly string[];
  };
};

/** Reply of `GET /recommendations`. */
export type Recommendations = {
  readonly recommendation_id: string;
  readonly items: readonly Item[];
  readonly meta: {
    readonly user: { readonly id: string | null; readonly known: boolean };
    readonly audience: string;
    readonly snapshot: string;
    readonly fallback: readonly string[];
    readonly match: readonly string[];
  };
};

/** Reply of `GET /recommendations/why`. */
export type Why = {
  readonly eligible: boolean;
  readonly reasons: readonly string[];
  readonly found_by: readonly string[];
  readonly terms: Terms;
  readonly rank_before: number | null;
  readonly rank: number | null;
  readonly words: string;
};

/** Reply of `GET /users/{id}/events`: the newest first. */
export type PastEvents = {
  readonly events: readonly {
    readonly post: string;
    readonly kind: string;
    readonly value?: number;
    readonly at: string;
  }[];
};
