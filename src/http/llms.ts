/** `/llms.txt`: the API for assistants (llmstxt.org), made from the OpenAPI document. */
import { Elysia } from "elysia";
import { OPEN } from "./security.ts";

type Operation = {
  readonly tags?: readonly string[];
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string; readonly required?: boolean }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly example?: unknown }>>;
  };
};

/** The parts of an OpenAPI document that are told. */
export type Document = {
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

const ABOUT = `# vidrec

> Self-hosted recommender for short videos: takes posts, users and events, answers with ranked lists for a person, a category or a mood.

Replies are JSON. Errors are application/problem+json (RFC 9457), whose \`detail\` says what to do. Ids of posts and users are
strings of up to 128 bytes. Times are RFC 3339 or Unix milliseconds. Sending a post or user again changes nothing, nor does an event that has an
\`id\`, or an \`at\` without one; an event with neither is a new one each time. A like, inspire, bookmark, hide, more or less is taken back by the same
event with \`"value": 0\`. A key, where one is needed, goes in \`Authorization: Bearer …\`.`;

const FURTHER = `## Documentation

- [OpenAPI document](openapi.json): every parameter, body and reply, with examples
- [Swagger UI](docs): the same for people
- [What runs here](./): counts and the last snapshot
- [Readiness](health/ready): what does not work at the moment`;

/** `GET /llms.txt`. */
export function llmsRoute(documentNow: () => Promise<Document>) {
  let text: Promise<string> | undefined;
  return new Elysia().get(
    "/llms.txt",
    async () =>
      new Response(await (text ??= documentNow().then(llmsText)), {
        headers: { "content-type": "text/plain; charset=utf-8" },
      }),
    { detail: { hide: true, security: OPEN } },
  );
}

/** The text about a document. */
function llmsText({ tags, paths }: Document): string {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, it]) => ({ path, method: method.toUpperCase(), it })),
  );
  const sections = tags.flatMap(({ name, description }) => {
    const own = all.filter(({ it }) => it.tags?.includes(name));
    const lines = own.map(({ path, method, it }) => line(path, method, it));
    return own.length === 0 ? [] : [`## ${description}\n\n${lines.join("\n")}`];
  });
  return `${[ABOUT, ...sections, FURTHER].join("\n\n")}\n`;
}

function line(path: string, method: string, it: Operation): string {
  const { summary, parameters = [], requestBody } = it;
  const names = parameters.map(({ name, required }) => (required ? `${name} (required)` : name));
  const takes = names.length > 0 ? `. Takes ${names.join(", ")}` : "";
  const example = requestBody?.content["application/json"]?.example;
  const body = example === undefined ? "" : `. Body such as \`${JSON.stringify(example)}\``;
  return `- [${method} ${path}](openapi.json): ${summary}${takes}${body}`;
}
