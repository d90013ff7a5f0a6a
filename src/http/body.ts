/** Bodies of requests: counted while they are read, unzipped, parsed. */
import { gunzipSync } from "node:zlib";
import { inSlices, type Steps } from "../runtime/time-slicing.ts";
import { parseJson } from "../ingest/rows/json.ts";
import { refused } from "../ingest/rows/refusal.ts";
import { BODY_BYTES_MAX } from "./edge.ts";

/** A body that can't be read; `status` is that of the reply. */
export class BadBody extends Error {
  override readonly name = "BadBody";
  readonly status: 400 | 413 | 415 | 422;
  constructor(status: BadBody["status"], message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

const JSON_TYPE = "application/json";
const NDJSON_TYPE = "application/x-ndjson";
/** Most rows of a JSON list; NDJSON has no such limit. */
export const ROWS_MAX = 1_000;

/**
 * The rows of a request: `{"<name>": […]}`, a list or one row as JSON, or a row a line as NDJSON, where a
 * line that can't be read stands as its refusal.
 *
 * @throws BadBody
 */
export async function readRows(request: Request, name: string): Promise<readonly unknown[]> {
  if (typeOf(request, JSON_TYPE, NDJSON_TYPE) === NDJSON_TYPE)
    return inSlices(rowsOfLines(await textOf(request, BODY_BYTES_MAX)));
  const body = await readJson(request);
  const rows = rowsIn(body, name);
  if (rows === undefined)
    throw new BadBody(422, `expected {"${name}": […]}, a list of rows, or one row as an object`);
  if (rows.length <= ROWS_MAX) return rows;
  throw new BadBody(
    422,
    `a request may have ${ROWS_MAX} rows as JSON, got ${rows.length}: send several, or NDJSON`,
  );
}

function rowsIn(body: unknown, name: string): readonly unknown[] | undefined {
  if (Array.isArray(body)) return body as unknown[];
  if (typeof body !== "object" || body === null) return undefined;
  if (!Object.hasOwn(body, name)) return [body];
  const rows = (body as Record<string, unknown>)[name];
  return Array.isArray(rows) ? (rows as unknown[]) : undefined;
}

/** The JSON value that a request holds. @throws BadBody */
export async function readJson(
  request: Request,
  bytesMax: number = BODY_BYTES_MAX,
): Promise<unknown> {
  typeOf(request, JSON_TYPE);
  const text = await textOf(request, bytesMax);
  try {
    return parseJson(text);
  } catch (cause) {
    throw new BadBody(400, `the body is no JSON: ${reasonOf(cause)}`, cause);
  }
}

/** Lines between two pauses. */
const LINES_A_STEP = 100;

function* rowsOfLines(text: string): Steps<unknown[]> {
  const rows: unknown[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() !== "") rows.push(rowOfLine(line));
    if (rows.length % LINES_A_STEP === 0) yield;
  }
  return rows;
}

function rowOfLine(line: string): unknown {
  try {
    return parseJson(line);
  } catch (cause) {
    return refused(`expected JSON, but it is none: ${reasonOf(cause)}`);
  }
}

/** Reason of a parser in one short line: it may quote the text. Its only RangeError is an overflow of the stack. */
const reasonOf = (cause: unknown) =>
  cause instanceof RangeError ? "it is nested too deeply" : (cause as Error).message.slice(0, 100);

/** The media type of a body, one of `types`. @throws BadBody */
function typeOf({ headers }: Request, ...types: readonly string[]): string {
  const type = headers.get("content-type")?.split(";")[0]!.trim().toLowerCase();
  if (type !== undefined && types.includes(type)) return type;
  throw new BadBody(415, `expected a body of type ${types.join(" or ")}, named in Content-Type`);
}

/** The text of a body. @throws BadBody */
async function textOf(request: Request, bytesMax: number): Promise<string> {
  const bytes = await bytesOf(request, bytesMax);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BadBody(400, "the body is not UTF-8", cause);
  }
}

async function bytesOf(request: Request, bytesMax: number): Promise<Uint8Array> {
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "";
  if (encoding === "" || encoding === "identity") return received(request, bytesMax);
  if (encoding !== "gzip" && encoding !== "x-gzip")
    throw new BadBody(415, "expected no content-encoding, or gzip");
  return unzipped(await received(request, bytesMax), bytesMax);
}

/** The bytes of a body as they come: a length may not be said. */
async function received({ body }: Request, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.length;
      if (size > bytesMax) throw tooLarge(bytesMax);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof BadBody) throw cause;
    throw new BadBody(400, "the body ended early", cause);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

/** Inflates at most as many bytes as a body may have. */
function unzipped(bytes: Uint8Array, bytesMax: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: bytesMax });
  } catch (cause) {
    if ((cause as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(bytesMax);
    throw new BadBody(400, "the body is no whole gzip stream", cause);
  }
}

const tooLarge = (bytesMax: number) =>
  new BadBody(413, `a body may have ${bytesMax} bytes, unzipped`);
