/** Whatever is asked, the answer is one that the OpenAPI document has, and never a fault. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { idFault } from "../../src/domain/ids.ts";
import { apiDocument } from "../../src/http/server.ts";
import { serving } from "../support/http.ts";
import { operations, type Operation, type Parameter } from "../support/openapi.ts";
import { fakeService, startingService } from "../support/service.ts";

const all = operations(await apiDocument("1.2.3"));
const ready = serving(fakeService());
const starting = serving(startingService());

/** Encoded text for a parameter, as the document allows it. */
function good(parameter: Pick<Parameter, "schema" | "in">): fc.Arbitrary<string> {
  const { schema, in: place } = parameter;
  if (schema.items) return good({ ...parameter, schema: schema.items });
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const { type, minimum: min = 1, maximum: max = 1, minLength = 0, maxLength = 1 } = schema;
  if (type === "integer") return fc.integer({ min, max }).map(String);
  if (type === "boolean") return fc.boolean().map(String);
  const half = Math.min(maxLength / 2, 60);
  return fc
    .string({ unit: "binary", minLength, maxLength: Math.max(minLength, half) })
    .filter((text) => new RegExp(schema.pattern ?? "").test(text))
    .filter((text) => schema.format !== "id" || !idFault(text))
    .filter((text) => place !== "path" || !/^\.\.?$/.test(text))
    .map(encodeURIComponent);
}

/** Raw text for a parameter, most of it nonsense. */
const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "binary" }).map(encodeURIComponent),
  fc.maxSafeInteger().map(String),
  fc.double().map(String),
  fc.stringMatching(/^(%[0-9a-fA-F]{2}){1,6}$/),
  fc.constantFrom("", "0", "-0", "1e3", "0x10", "9".repeat(400), "NaN", "null", "[]", "{}", "a,b"),
  fc.constantFrom("%00", "%ED%A0%80", "%zz", "%", "\ud800", "true", "../x", "x".repeat(5000)),
);

type Value = (parameter: Parameter) => fc.Arbitrary<string>;

/** URLs of an operation: each query parameter left out, given, or given twice. */
function urls({ path, parameters }: Operation, value: Value, timesMax: number) {
  const inPath = parameters.filter((it) => it.in === "path");
  const query = parameters.filter((it) => it.in === "query");
  const times = ({ required }: Parameter) => ({
    minLength: required && timesMax === 1 ? 1 : 0,
    maxLength: timesMax,
  });
  const parts = fc.tuple(...query.map((it) => fc.array(value(it), times(it))));
  return fc.tuple(fc.tuple(...inPath.map(value)), parts).map(([names, texts]) => {
    const filled = inPath.reduce(
      (url, { name }, at) => url.replace(`{${name}}`, () => names[at]!),
      path,
    );
    const pairs = query.flatMap(({ name }, at) => texts[at]!.map((text) => `${name}=${text}`));
    return `${filled}?${pairs.join("&")}`;
  });
}

async function expectDocumented({ responses, path }: Operation, response: Response) {
  const { status } = response;
  const documented = responses[status];
  if (documented === undefined || status === 500) throw new Error(`${status} from ${path}`);
  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  if (status === 204) return expect(type).toBe("");
  expect(Object.keys(documented.content)).toContain(type);
  if (type === "text/event-stream") await response.body?.cancel();
  if (!type.endsWith("json")) return;
  const reply: unknown = await response.json();
  expect(typeof reply).toBe("object");
  if (status === 422) expect(JSON.stringify(reply)).not.toMatch(/ undefined\b/); // as a bound that is not there
}

/** The row of an example: the example itself, or the first of its list. */
function rowIn(example: object): object {
  const [first] = Object.values(example) as unknown[];
  const list = Array.isArray(example) ? example : first;
  const row: unknown = Array.isArray(list) ? list[0] : undefined;
  return typeof row === "object" && row !== null ? row : example;
}

/** Requests of an operation but for their URL: bodies that are nearly right, or nonsense. */
function inits({ method, requestBody }: Operation): fc.Arbitrary<RequestInit> {
  if (requestBody === undefined) return fc.constantFrom(...(method === "GET" ? ["GET", "HEAD"] : [method]).map((it) => ({ method: it }))); // prettier-ignore
  const { example } = requestBody.content["application/json"]!;
  const row = rowIn(example as object);
  const names = fc.constantFrom(...Object.keys(row), "title", "value", "at", "hidden", "other", "__proto__"); // prettier-ignore
  const values = fc.oneof(
    fc.jsonValue(),
    anything,
    fc.double(),
    fc.constantFrom(null, 1e12, 0, 1e15),
  );
  const almost = fc.array(fc.tuple(names, values), { maxLength: 2 }).map((changes) => {
    const fields = [...Object.entries(row).filter(([name]) => !changes.some(([it]) => it === name)), ...changes]; // prettier-ignore
    return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;
  });
  const rows = fc.oneof(almost, fc.json());
  const text = fc.oneof(
    almost,
    fc.json(),
    fc.string({ unit: "binary" }),
    fc.array(rows, { maxLength: 4 }).map((it) => `[${it}]`),
    fc
      .array(rows, { maxLength: 4 })
      .map((it) => `{"posts":[${it}],"users":[${it}],"events":[${it}]}`),
    fc.array(rows, { maxLength: 4 }).map((it) => it.join("\n")),
  );
  const bytes = fc.oneof(
    text.map((it) => Buffer.from(it)),
    fc.uint8Array(),
  );
  const types = fc.constantFrom("application/json", "application/json", "application/x-ndjson", "application/x-ndjson; charset=utf-8", "text/plain", undefined); // prettier-ignore
  const encodings = fc.constantFrom(
    undefined,
    undefined,
    "gzip",
    "not really gzip",
    "br",
    "identity",
  );
  return fc.tuple(bytes, types, encodings).map(([plain, type, encoding]) => ({
    method,
    headers: {
      ...(type && { "content-type": type }),
      ...(encoding && { "content-encoding": encoding.split(" ").at(-1)! }),
    },
    body: encoding === "gzip" ? Bun.gzipSync(plain) : plain,
  }));
}

describe.each(all)("$method $path", (operation) => {
  test("answers anything as documented", async () => {
    const url = urls(operation, (it) => fc.oneof(anything, good(it)), 2);
    const segments = operation.path.split("/").map((it) => (it.startsWith("{") ? "[^/]+" : it));
    const pattern = new RegExp(`^${segments.join("/")}/?$`);
    // A dot or nothing as an id is another path.
    const own = url.filter((it) => pattern.test(URL.parse(it, "http://x")?.pathname ?? ""));
    const property = fc.asyncProperty(own, inits(operation), async (it, init) => {
      for (const { get } of [ready, starting]) {
        const response = await get(it, init);
        const shown = init.method === "HEAD" ? await get(it) : response;
        expect(shown.status).toBe(response.status);
        await expectDocumented(operation, shown);
      }
    });
    await fc.assert(property, { numRuns: 400 });
  });
});

describe.each(all.filter((it) => it.method === "GET"))("GET $path", (operation) => {
  test("takes everything the document allows", async () => {
    const url = urls(operation, good, 1).filter((it) => it.length < 4000);
    const property = fc.asyncProperty(url, async (it) => {
      const response = await ready.get(it);
      const isAbsent = response.status === 404 && "404" in operation.responses;
      // Gorse's REST takes more words for a type or a cursor than there are.
      const isNone = operation.path.startsWith("/api/") && [400, 501].includes(response.status);
      expect(isAbsent || isNone || response.status === 200).toBe(true);
      await expectDocumented(operation, response);
    });
    await fc.assert(property, { numRuns: 200 });
  });
});

test("answers any path and method with a reply or a problem", async () => {
  const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
  const property = fc.asyncProperty(anything, fc.constantFrom(...methods), async (path, method) => {
    const response = await ready.get(`/${path}`, { method });
    expect(response.status).toBeOneOf([200, 400, 404, 405, 414, 415]);
  });
  await fc.assert(property, { numRuns: 500 });
});
