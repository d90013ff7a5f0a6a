/** Text of a file or of standard input, in pieces: unzipped and decoded, in memory that does not grow. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { FileError } from "./contract.ts";

/** Bytes read at a time. */
const CHUNK_BYTES = 262_144;
/** Bytes by which a format is told; fewer of a shorter file. */
const HEAD_BYTES = 65_536;
/** Name of standard input. */
export const STDIN = "-";

/** A file being read. */
export type Source = {
  readonly path: string;
  /** Length of the file, bytes; 0 for standard input. */
  readonly sizeBytes: number;
  /** Bytes of the file read so far, before unzipping. */
  readonly readBytes: () => number;
  /** First bytes, unzipped; empty of an empty file. */
  readonly head: Buffer;
  /** Everything, unzipped, the head included; can be read once. */
  readonly bytes: AsyncIterable<Buffer>;
  /** Closes the file before its end. */
  readonly close: () => void;
};

/**
 * Opens a file, or `stdin` if the path is "-".
 *
 * @throws FileError
 */
export async function openSource(path: string, stdin: Readable): Promise<Source> {
  const about = path === STDIN ? undefined : await stat(path).catch(unreadable(path));
  if (about?.isDirectory()) throw new FileError(`${path} is a folder: name the files in it`);
  const raw = about ? createReadStream(path, { highWaterMark: CHUNK_BYTES }) : stdin;
  let readBytes = 0;
  const counted = watched(raw, path, (bytes) => (readBytes += bytes));
  const zipped = await peek(counted);
  const isZipped = zipped.head[0] === 0x1f && zipped.head[1] === 0x8b;
  const { head, all } = isZipped ? await peek(unzipped(zipped.all, path)) : zipped;
  return {
    path,
    sizeBytes: about?.size ?? 0,
    readBytes: () => readBytes,
    head,
    bytes: all,
    close: () => void raw.destroy(),
  };
}

function unreadable(path: string) {
  return (cause: unknown): never => {
    throw new FileError(`${path} can't be read: ${(cause as Error).message}`, { cause });
  };
}

async function* watched(
  raw: AsyncIterable<Buffer>,
  path: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of raw) {
      onBytes(chunk.length);
      yield chunk;
    }
  } catch (cause) {
    unreadable(path)(cause);
  }
}

/** The first bytes, and everything with them. */
async function peek(chunks: AsyncGenerator<Buffer>) {
  const first: Buffer[] = [];
  for (let bytes = 0; bytes < HEAD_BYTES;) {
    const { value, done } = await chunks.next();
    if (done) break;
    first.push(value);
    bytes += value.length;
  }
  return { head: Buffer.concat(first), all: withFirst(first, chunks) };
}

async function* withFirst(first: Buffer[], rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function* unzipped(chunks: AsyncGenerator<Buffer>, path: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const feed = async () => {
    for await (const chunk of chunks)
      if (!gunzip.write(chunk)) await new Promise((resolve) => gunzip.once("drain", resolve));
    gunzip.end();
  };
  feed().catch((cause: Error) => gunzip.destroy(cause));
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(`${path} can't be unzipped: ${(cause as Error).message}`, { cause });
  } finally {
    gunzip.destroy();
    await chunks.return(undefined);
  }
}

/** Encodings of text files. */
export type Encoding = "utf-8" | "latin1" | "utf-16le" | "utf-16be";

/** Stands for bytes that are not of the encoding: a noncharacter, which no text has (Unicode, section 23.7). */
const NO_TEXT = "\ufdd0";
/** Stands, while text is decoded, for a U+FFFD that the file itself has: another noncharacter of 3 bytes in UTF-8. */
const KEPT = "\ufdd1";
/** The bytes of U+FFFD and of {@link KEPT} in UTF-8, one character a byte. */
const REPLACEMENT_BYTES = "\xef\xbf\xbd";
const KEPT_BYTES = "\xef\xb7\x91";

/** Fault of a row of which {@link isText} is false. */
export const NOT_TEXT = "expected UTF-8 text: save the file as UTF-8";

/** False for a part of {@link textOf} where the file has bytes that are not of the encoding. */
export const isText = (text: string) => !text.includes(NO_TEXT);

/** A source's text, without its byte order mark. */
export async function* textOf({ bytes }: Source, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const decoded = (text: string) =>
    text.includes("\ufffd") || text.includes(KEPT)
      ? text.replaceAll("\ufffd", NO_TEXT).replaceAll(KEPT, "\ufffd")
      : text;
  let begun = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const all = begun.length === 0 ? chunk : Buffer.concat([begun, chunk]);
    const end = encoding === "utf-8" ? all.length - begunReplacement(all) : all.length;
    const text = decoded(decoder.decode(kept(all.subarray(0, end), encoding), { stream: true }));
    begun = Buffer.from(all.subarray(end));
    if (text !== "") yield text;
  }
  const rest = decoded(decoder.decode(begun));
  if (rest !== "") yield rest;
}

/** Bytes at the end of a chunk that may begin a U+FFFD. */
function begunReplacement(chunk: Buffer): number {
  const [last, before] = [chunk.at(-1), chunk.at(-2)];
  if (last === 0xef) return 1;
  return before === 0xef && last === 0xbf ? 2 : 0;
}

/** A chunk of UTF-8 with {@link KEPT} for each U+FFFD; one of another encoding as it is. */
function kept(chunk: Buffer, encoding: Encoding): Buffer {
  if (encoding !== "utf-8" || !chunk.includes(REPLACEMENT_BYTES, 0, "latin1")) return chunk;
  const bytes = chunk.toString("latin1").replaceAll(REPLACEMENT_BYTES, KEPT_BYTES);
  return Buffer.from(bytes, "latin1");
}

/** The encoding that a byte order mark names; UTF-8 without one. */
export function encodingOf({ head }: Source): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : "utf-8";
}
