/** `GET /signals`: what people can do, as the table of signals has it. */
import { Elysia, t } from "elysia";
import { signalNames, signalOf, type SignalName } from "../../domain/known-signals.ts";
import { json, responses } from "../openapi.ts";

const Signal = t.Object({
  name: t.String({ description: "What `kind` of an event takes" }),
  words: t.String({ description: 'Verb of the sentence "you … the post"' }),
  value: t.Union(
    [t.Object({ unit: t.String(), min: t.Number(), max: t.Number() }), t.Null()],
    { description: "Unit and bounds of its value; null if it has none" },
  ),
  repeats: t.Union([t.Literal("adds"), t.Literal("replaces"), t.Literal("lasts")], {
    description: "A second one adds to the first, replaces it, or changes nothing: what lasts is taken back by value 0",
  }),
  watched: t.Boolean({ description: "True if the time watched counts" }),
}); // prettier-ignore
/** Reply of `GET /signals`. */
export const SignalsReply = t.Object({ signals: t.Array(Signal) });

const EXAMPLE: typeof SignalsReply.static = {
  signals: [
    { name: "rating", words: "rated", value: { unit: "percent", min: -98, max: 100 }, repeats: "replaces", watched: false },
  ],
}; // prettier-ignore

function reply(name: SignalName): typeof Signal.static {
  const { words, value, repeats, strength } = signalOf(name);
  return {
    ...{ name, words, repeats },
    value: value.unit === "none" ? null : value,
    watched: strength.by === "watching",
  };
}

/** `GET /signals`. */
export const signalsRoute = () =>
  new Elysia().get("/signals", () => Response.json({ signals: signalNames().map(reply) }), {
    detail: {
      tags: ["catalogue"],
      operationId: "getSignals",
      summary: "List what people can do",
      description: "The built-in signals, and those of the setting SIGNALS.",
      responses: responses({ 200: json("All signals", SignalsReply, EXAMPLE) }),
    },
  });
