/** Schemas that `/feed` and `/recommendations` share. */
import { t, type TSchema } from "elysia";
import { prefetchOf } from "../feed/prefetch.ts";
import { WITHOUT_NUL } from "./parameters.ts";

/** Longest name or words, in characters. */
export const TEXT_MAX = 200;
/** Number of posts in a reply where none is asked for. */
export const LIMIT = 20;

/** A parameter for the most posts of a reply, or most of something else. */
export function limitOf(of = "posts", usual = LIMIT) {
  const description = `Most ${of} to return`;
  return t.Optional(
    t.Integer({ minimum: 1, maximum: 100, default: usual, description, examples: [usual] }),
  );
}

/** A parameter that is false if it is left out. */
export function flag(description: string) {
  return t.Optional(t.Boolean({ default: false, description, examples: [true] }));
}

/** A parameter for a name or words. */
export function optionalText(description: string, example: string) {
  const limits = { maxLength: TEXT_MAX, pattern: WITHOUT_NUL };
  return t.Optional(t.String({ ...limits, description, examples: [example] }));
}

/** An id as `/feed` sends it. */
export const Id = t.Union([t.Integer(), t.String()], {
  description: "A number where Socialverse gave it, else a string",
});

/** Schema of the id of a reply. */
export const RecommendationId = t.String({
  description: "Unique; events that follow from this reply may name it",
});

/** Schema of an explanation. */
export const Reason = t.Object({
  id: Id,
  sources: t.Array(t.String(), { description: "What found the post" }),
  terms: t.Record(t.String(), t.Number(), { description: "Each term's share of the score" }),
  score: t.Number(),
  reasons: t.Array(t.String(), { description: "The same in words" }),
});

const counts = (description: string) => t.Record(t.String(), t.Integer(), { description });

/** Schema of a trace. */
export const Trace = t.Object({
  eligible: t.Integer({ description: "Posts of the catalogue that may be in this feed" }),
  kept_out: counts("Posts of the catalogue that each reason keeps out; one may have several"),
  found: counts("Posts that each source found"),
  moved: counts("Posts that each selector gave another place or left out"),
});

/** Schema of a list's metadata; `id` is the schema of the user's id. */
export const metaOf = <T extends TSchema>(id: T) =>
  t.Object({
    user: t.Object({ id: t.Union([id, t.Null()]), known: t.Boolean() }),
    audience: t.Union([t.Literal("cold"), t.Literal("cool"), t.Literal("warm")], {
      description: "How much is known of the user: nothing, 1 to 4 posts, more",
    }),
    match: t.Array(t.String(), {
      description:
        "Kind of match of `project_code`: topic, category, semantic or none. Of `mood`: `mood:` and its " +
        "name, `mood` for own words, `mood:none` for words far from every post.",
    }),
    snapshot: t.String({ description: "Id of the snapshot that the list was ranked from" }),
    fallback: t.Array(t.String(), {
      description:
        "Tiers that fill a list which ranking alone left short: `popular`, `fresh`, `seen`. " +
        "If all scores are equal, the whole list is filled so, by popularity, then the newest first. " +
        "Other names say what was not possible this time, such as `mood_not_encoded`.",
    }),
  });

/** Schema of the metadata of a page. */
export const pageMetaOf = <T extends TSchema>(id: T) =>
  t.Composite([
    metaOf(id),
    t.Object({
      prefetch: t.Object(
        {
          posts: t.Integer({ description: "Posts from the beginning of the page" }),
          hold_ms: t.Integer({ description: "Milliseconds for which they hold" }),
          void_on: t.Array(t.String(), {
            description:
              "Kinds of events of the user after which they do not: ask without `next` again",
          }),
        },
        { description: "What may be loaded ahead" },
      ),
    }),
  ]);

/** Metadata of a list, for examples. */
export const META_EXAMPLE = {
  audience: "warm" as const,
  match: [],
  snapshot: "20250601T001200000Z",
  fallback: [],
};

/** Metadata of a page, for examples. */
export const PAGE_META_EXAMPLE = {
  ...META_EXAMPLE,
  prefetch: { posts: 1, hold_ms: 600_000, void_on: [...prefetchOf([], 0).voidOn] as string[] },
};

/** The header with the times of a request's stages. */
export const TIMING = {
  "Server-Timing": {
    description:
      "Milliseconds of each stage: history and fold-in (left out where nothing has changed), " +
      "prepare, retrieve, score, select, cards, render",
    schema: { type: "string" },
    example: "prepare;dur=0.020, retrieve;dur=0.310, score;dur=0.090, select;dur=0.030",
  },
};
