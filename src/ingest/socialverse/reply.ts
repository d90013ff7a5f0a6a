/** Reads one reply of upstream to its end, within limits on bytes, inflated bytes and objects. */
import { Readable, type Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from "node:zlib";
import { OversizeError, UpstreamError } from "./errors.ts";
import { record } from "./fields.ts";

/** The rows of one page. */
export type Page = {
  readonly rows: readonly unknown[];
  /** Rows that a full page has, as upstream says; `undefined` if it does not. */
  readonly limit: number | undefined;
};

/** Decoders by content coding. fetch does not decode: it would inflate without a limit. */
const INFLATERS: Readonly<Record<string, () => Duplex>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};
/** Accepted codings. Without "deflate", which stands for two formats. */
export const ACCEPT_ENCODING = "gzip, br, zstd";

const MB = 1_000_000;
/** A page of 1,000 posts has about 100,000. Parsed, an empty one takes 85 bytes for the 3 that it is sent as. */
const NODES_MAX = 2_000_000;
const BRACE = "{".charCodeAt(0);
const BRACKET = "[".charCodeAt(0);
const PROXY = "a proxy or a maintenance page may have answered; check API_BASE_URL";

/**
 * The text of a reply. Bytes are counted on receipt and after inflation, so that at most `limitBytes`
 * are ever in memory.
 *
 * @throws OversizeError | UpstreamError if it is too large or coded in an unknown way.
 */
export async function textOf(
  { body, headers }: Response,
  { where, limitBytes, signal }: { where: string; limitBytes: number; signal: AbortSignal },
): Promise<string> {
  if (body === null) return "";
  const coding = (headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  const inflate = INFLATERS[coding];
  if (inflate === undefined && coding !== "identity" && coding !== "")
    throw new UpstreamError(
      `upstream sent a reply coded as ${JSON.stringify(coding)}`,
      where,
      PROXY,
    );
  const chunks: Uint8Array[] = [];
  let nodes = 0;
  const keep = async (source: AsyncIterable<Uint8Array>) => {
    for await (const chunk of source) {
      chunks.push(chunk);
      for (const byte of chunk) if (byte === BRACE || byte === BRACKET) nodes++;
      if (nodes > NODES_MAX) throw tooLarge(`${NODES_MAX} objects and lists`, where);
    }
  };
  const counted = counting(where, limitBytes);
  const source = Readable.fromWeb(body as unknown as NodeReadableStream<Uint8Array>);
  if (inflate === undefined) await pipeline(source, counted, keep, { signal });
  else await pipeline(source, counted, inflate(), counted, keep, { signal });
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function counting(where: string, limitBytes: number) {
  return async function* (source: AsyncIterable<Uint8Array>) {
    let sizeBytes = 0;
    for await (const chunk of source) {
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) throw tooLarge(`${limitBytes / MB} MB`, where);
      yield chunk;
    }
  };
}

function tooLarge(size: string, where: string): OversizeError {
  return new OversizeError(
    `upstream sent a reply of more than ${size}`,
    where,
    "no page is that large; check API_BASE_URL, and MAX_REPLY_MB if it is set",
  );
}

/**
 * The rows that a reply holds under `key`.
 *
 * @param isFirst  An empty reply is an error for the first page, and the end for any other.
 * @throws UpstreamError if it is no page.
 */
export function pageOf(
  text: string,
  { key, where, isFirst }: { key: "posts" | "users"; where: string; isFirst: boolean },
): Page {
  if (!isFirst && text.trim() === "") return END;
  let reply: unknown;
  try {
    reply = shallow(parsed(text));
  } catch {
    throw new UpstreamError(
      `upstream sent ${text.length} characters that are no whole JSON`,
      where,
      PROXY,
    );
  }
  const envelope = record(reply);
  const rows = envelope?.[key];
  const failed = envelope !== undefined && "status" in envelope && envelope["status"] !== "success";
  if (!isFirst && !failed && (isNothing(reply) || isNothing(rows))) return END;
  if (failed || !Array.isArray(rows))
    throw new UpstreamError(
      failed ? "upstream reported a failure" : `upstream's reply has no list "${key}"`,
      where,
      "check API_BASE_URL, FLIC_TOKEN and RESONANCE_ALGORITHM",
    );
  const limit = envelope?.["max_page_size"];
  return { rows, limit: typeof limit === "number" && limit > 0 ? limit : undefined };
}

/** Parses foreign JSON. Integers that a double can't hold become strings of digits. */
function parsed(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  try {
    return JSON.parse(
      text,
      (_: string, value: unknown, { source = "" }: { source?: string } = {}) =>
        typeof value === "number" && !Number.isSafeInteger(value) && ALL_DIGITS.test(source)
          ? source
          : value,
    );
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return JSON.parse(text); // nested too deeply for a reviver: such ids are refused
  }
}

const LONG_NUMBER = /\d{16}/;
const ALL_DIGITS = /^\d+$/;

/** Levels that are kept; a reply of upstream's has about ten. */
const DEPTH_MAX = 100;

/** `value` without what lies deeper than {@link DEPTH_MAX}: no recursion over it can run out of stack. Changed in place. */
function shallow<T>(value: T, depth = 0): T {
  for (const it of Object.values(value ?? {})) {
    if (typeof it !== "object" || it === null) continue;
    if (depth < DEPTH_MAX) shallow(it, depth + 1);
    else if (Array.isArray(it)) it.length = 0;
    else for (const key of Object.keys(it)) delete (it as Record<string, unknown>)[key];
  }
  return value;
}

/** The page past the end. */
export const END: Page = { rows: [], limit: undefined };

/** True for values that some programs send for an empty list. */
function isNothing(value: unknown): boolean {
  if (value === null || value === false || value === "") return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
