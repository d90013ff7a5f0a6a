/** Replies of the routes about events, as the screen reads them. */

/** What became of an event. */
export type Fate = "accepted" | "duplicate" | "refused";

/** A row of `GET /events/stream`. */
export type EventRow = {
  readonly key: string;
  readonly fate: Fate;
  readonly seq: number | null;
  readonly received_at: string;
  readonly event: {
    readonly id?: string;
    readonly user?: string;
    readonly post?: string;
    readonly kind?: string;
  };
  readonly refusal: { readonly field: string; readonly detail: string } | null;
};

/** Reply of `GET /events/{seq}/effect`. */
export type Effect = {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly changes: readonly {
    readonly id: string;
    readonly change: "entered" | "left" | "moved";
    readonly rank_before: number | null;
    readonly rank_after: number | null;
    readonly words: string;
  }[];
  readonly words: string;
};

/** Reply of `GET /signals`. */
export type Signals = {
  readonly signals: readonly {
    readonly name: string;
    readonly value: { readonly unit: string; readonly min: number; readonly max: number } | null;
    readonly repeats: "adds" | "replaces" | "lasts";
    readonly watched: boolean;
  }[];
};
