/** `GET /glossary`: meanings of words that replies and the dashboard use. */
import { Elysia, t } from "elysia";
import { GLOSSARY } from "../../feed/glossary.ts";
import { json, responses } from "../openapi.ts";

const Reply = t.Object({
  words: t.Array(t.Object({ word: t.String(), meaning: t.String() })),
});

/** Reply of `GET /glossary`. */
export type GlossaryReply = typeof Reply.static;

const words = Object.entries(GLOSSARY).map(([word, meaning]) => ({ word, meaning }));

/** `GET /glossary`. */
export const glossaryRoute = () =>
  new Elysia().get("/glossary", () => Response.json({ words }), {
    detail: {
      tags: ["catalogue"],
      operationId: "getGlossary",
      summary: "Explain the words",
      description:
        "Meanings of the score terms, sources and factors that explanations name, and of figures about quality and exposure.",
      responses: responses({ 200: json("All words", Reply, { words: words.slice(0, 2) }) }),
    },
  });
