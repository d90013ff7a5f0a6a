/** `GET /users/{id}/taste` and `/users/{id}/export`: what a feed believes about a person, and all that is held of them. */
import { Elysia, t } from "elysia";
import type { UserId } from "../../domain/ids.ts";
import { UNMOVED } from "../../domain/sliders.ts";
import { TARGETS, WAYS } from "../../domain/steering.ts";
import type { Service } from "../../feed/contract.ts";
import type { Leaning, Taste } from "../../feed/taste.ts";
import { json, problemResponse, responses } from "../openapi.ts";
import { notReady, problem } from "../problem.ts";
import { idInPath } from "../rows.ts";
import { PERSONAL } from "../security.ts";
import { SLIDERS_EXAMPLE, SlidersSchema } from "./settings.ts";

const { idOf, parameters } = idInPath<UserId>("user", "ada");
const unknown = (id: UserId) => problem(404, `nobody is known by the id ${id}`);

/** The routes of personal data. */
export const personalRoutes = ({
  push,
  taste,
  readiness,
}: Pick<Service, "push" | "taste" | "readiness">) =>
  // prettier-ignore
  new Elysia()
    .get(
      "/users/:id/taste",
      async ({ request: { url }, params }) => {
        const id = idOf(url, params);
        const found = await taste(id);
        if (found === undefined) return notReady(await readiness());
        return found === "unknown user" ? unknown(id) : Response.json(tasteReply(found));
      },
      { detail: TASTE },
    )
    .get(
      "/users/:id/export",
      async ({ request: { url }, params }) => {
        const id = idOf(url, params);
        const pieces = await push.exported(id);
        if (pieces === undefined) return unknown(id);
        return new Response(streamOf(pieces), {
          headers: { "content-type": "application/json" },
        });
      },
      { detail: EXPORT },
    );

/** Pieces of text as a body, read as the client takes them. */
function streamOf(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (body) => {
      const { done, value } = await iterator.next();
      if (done === true) body.close();
      else body.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await iterator.return?.()),
  });
}

/** A number of at most four decimals. */
const short = (x: number) => Math.round(x * 1e4) / 1e4;

function tasteReply({ id, audience, snapshot, posts, ...taste }: Taste) {
  return {
    ...{ id, audience, snapshot, posts },
    categories: taste.categories.map(leaningReply),
    creators: taste.creators.map(leaningReply),
    moods: taste.moods.map((it) => ({ ...it, nearness: short(it.nearness) })),
    recent: taste.recent.map((it) => ({ ...it, confidence: short(it.confidence) })),
    steering: taste.steering.map((it) => ({
      [it.way]: { [it.target]: it.id },
      at: new Date(it.atMs).toISOString(),
      strength: short(it.strength),
    })),
    settings: taste.sliders,
    words: taste.words,
  };
}

const leaningReply = (it: Leaning) => ({ ...it, share: short(it.share) });

const LeaningSchema = t.Object({
  name: t.String(),
  share: t.Number({ description: "Of all their liking, 0 to 1" }),
  liked: t.Integer({ description: "Posts" }),
  disliked: t.Integer({ description: "Posts" }),
});

const SteeringSchema = t.Object({
  ...Object.fromEntries(
    WAYS.map((it) => [it, t.Optional(t.Partial(t.Object(Object.fromEntries(Object.keys(TARGETS).map((target) => [target, t.String()])))))]), // prettier-ignore
  ),
  at: t.String({ format: "date-time" }),
});

const TasteReply = t.Object({
  id: t.String(),
  audience: t.String({ description: "How much is known of the user: cold, cool or warm" }),
  snapshot: t.String({ description: "Id of the snapshot by which it is believed" }),
  posts: t.Object({ known: t.Integer(), liked: t.Integer(), disliked: t.Integer() }),
  categories: t.Array(LeaningSchema, { description: "The most liked first" }),
  creators: t.Array(LeaningSchema, { description: "The most liked first" }),
  moods: t.Array(t.Object({ name: t.String(), nearness: t.Number() }), {
    description: "Moods that are nearer to what the user likes than to the catalogue",
  }),
  recent: t.Array(t.Object({ id: t.String(), title: t.String(), confidence: t.Number() }), {
    description: "The newest posts that count, and how: below 0 for a dislike",
  }),
  steering: t.Array(t.Composite([SteeringSchema, t.Object({ strength: t.Number({ description: "What is left of it after fading: -1 to 1; 0 for what is hidden" }) })])), // prettier-ignore
  settings: SlidersSchema,
  words: t.Array(t.String(), { description: "The same in sentences" }),
});

const TASTE_EXAMPLE = {
  id: "ada",
  audience: "warm",
  snapshot: "20250601T001200000Z",
  posts: { known: 41, liked: 12, disliked: 1 },
  categories: [{ name: "Cooking", share: 0.61, liked: 8, disliked: 0 }],
  creators: [{ name: "bob", share: 0.2, liked: 2, disliked: 0 }],
  moods: [{ name: "calm", nearness: 0.0912 }],
  recent: [{ id: "v-17", title: "Bread in ten minutes", confidence: 0.84 }],
  steering: [
    { [WAYS.at(-1)!]: { tag: "news" }, at: "2025-06-01T08:00:00.000Z", strength: -0.7071 },
  ],
  settings: SLIDERS_EXAMPLE,
  words: [
    "You watched or liked 12 of the 41 posts that are known of you.",
    "Most of it is in Cooking (61 %).",
  ],
};

const ABSENT = problemResponse(404, "Nobody is known by this id.");

const TASTE = {
  tags: ["data"],
  security: PERSONAL,
  parameters,
  operationId: "getTaste",
  summary: "Say what a user's feed believes about them",
  description: "In numbers and in words, by the newest snapshot and all that they have done since.",
  responses: responses(
    { 200: json("The taste", TasteReply, TASTE_EXAMPLE), 404: ABSENT },
    422,
    503,
  ),
};

const EXPORTED = {
  type: "object",
  required: ["events", "served"],
  properties: {
    user: { type: "object", description: "As it was sent" },
    profile: { type: "object", description: "What else upstream said of them" },
    settings: SlidersSchema,
    steering: { type: "array", items: SteeringSchema },
    events: {
      type: "array",
      items: { type: "object" },
      description: "Every entry of the log, those that were taken back or replaced too",
    },
    served: {
      type: "array",
      items: { type: "object" },
      description: "Every page that was shown, as long as the log of them is kept",
    },
  },
};

const EXPORT_EXAMPLE = {
  user: { id: "ada", name: "ada-bakes" },
  settings: UNMOVED,
  steering: [],
  events: [{ user: "ada", post: "v-17", at: "2026-01-02T15:04:05.000Z", origin: "app" }],
  served: [],
};

const EXPORT = {
  tags: ["data"],
  security: PERSONAL,
  parameters,
  operationId: "getExport",
  summary: "Give everything held about a user",
  description: "As one JSON document, sent in pieces.",
  responses: responses({ 200: json("All of it", EXPORTED, EXPORT_EXAMPLE), 404: ABSENT }, 422, 503),
};
