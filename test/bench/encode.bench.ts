/**
 * Texts a second through the encoder, beside sentence-transformers in torch: batches of 32, 32-bit
 * numbers, two threads each.
 *
 * Two lengths, since they cost by different things: titles (about a dozen word pieces) by what goes
 * round the products, full texts of 256 word pieces by the products. Real titles of short videos
 * where they are on this machine, else the demo's; full texts are words of the demo's summaries, as
 * many as the model reads. The peer's weights are ours made 32-bit numbers again, so the
 * lowest cosine between the two is that of arithmetic in 8 bits; under .995 the benchmark fails.
 * (How far the weights themselves are from the checkpoint's: src/text/model/README.md.)
 */
import { existsSync } from "node:fs";
import { demoRows } from "../../src/ingest/demo/upstream.ts";
import type { Post } from "../../src/domain/post.ts";
import type { Encoder } from "../../src/text/encoder.ts";
import { EMBEDDED_MODEL } from "../../src/text/files.ts";
import { openEncoder } from "../../src/text/sbert.ts";
import { dotRows } from "../../src/linalg/vector.ts";
import { toPost } from "../../src/ingest/socialverse/schema.ts";
import { openPeer } from "./peers/peer.ts";
import { compare, figure, interleaved, timed, type BenchOptions, type BenchRow } from "./row.ts";

const TITLES = "../shared/data/microlens-titles/MicroLens-100k_title_en.csv";
const MODEL = new URL("../../src/text/model", import.meta.url).pathname;
const [THREADS, COSINE_MIN] = [2, 0.995];
const TARGET = { reach: 1.2, go: 2 };

type Answer = { readonly seconds: number; readonly vectors: readonly (readonly number[])[] };

export async function rows({ quick }: BenchOptions): Promise<BenchRow[]> {
  const args = [MODEL, `${THREADS}`];
  using torch = await openPeer({
    script: "sentence_transformers_encode.py",
    requirements: "requirements-encode.txt",
    args,
    threads: THREADS,
  });
  const encoder = await openEncoder({ model: EMBEDDED_MODEL, threads: THREADS, modelsFolder: "" });
  const posts = demoRows()["/posts/summary/get"]!.map((it) => toPost(it)!);
  const full = posts.slice(0, 32).map((_, n) => someWords(posts.slice(8 * n, 8 * n + 8)));
  const titles = (await someTitles()) ?? posts.map((it) => it.title).filter(Boolean);
  const works = [
    ["titles", titles.slice(0, quick ? 128 : 512)],
    ["texts of 256 word pieces", full.slice(0, quick ? 16 : 32)],
  ] as const;
  const done: BenchRow[] = [];
  for (const [name, texts] of works) {
    const { vectors } = await torch.ask<Answer>(texts);
    await mustAgree(encoder, texts, vectors);
    const runs = await interleaved(
      quick ? 3 : 7,
      async () => texts.length / ((await timed(() => encodeAll(encoder, texts))) / 1_000),
      async () => texts.length / (await torch.ask<Answer>(texts)).seconds,
    );
    const [ours, theirs] = [figure(runs.ours, "/s"), figure(runs.theirs, "/s", torch.version)];
    done.push(compare(`encode ${name}`, TARGET, ours, theirs));
  }
  return done;
}

/**
 * As many words as the model reads pieces, short ones that are a piece each: longer words at the end
 * would be cut within by the one and left out by the other.
 */
function someWords(posts: readonly Post[]): string {
  const words = posts.flatMap((it) => it.summary.split(/\s+/));
  return words.filter((it) => /^[a-z]{2,6}$/.test(it)).slice(0, 256).join(" "); // prettier-ignore
}

/** As the backfill does it. */
async function encodeAll(encoder: Encoder, texts: readonly string[]): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (const text of texts) vectors.push(await encoder.encode(text));
  return vectors;
}

/** @throws Error if ours and theirs differ by more than 8 bits explain. */
async function mustAgree(encoder: Encoder, texts: readonly string[], theirs: Answer["vectors"]) {
  const ours = await encodeAll(encoder, texts);
  const d = encoder.dimension;
  const cosines = ours.map((it, n) => dotRows(it, 0, Float32Array.from(theirs[n]!), 0, d));
  const least = Math.min(...cosines);
  const mean = cosines.reduce((sum, it) => sum + it, 0) / cosines.length;
  console.error(`cosine to 32 bits: least ${least.toFixed(4)}, mean ${mean.toFixed(4)}`);
  if (least < COSINE_MIN) throw new Error(`a cosine of ${least} to the peer's vector`);
}

/** Real titles, `number, title` a line; `undefined` where there are none. */
async function someTitles(): Promise<string[] | undefined> {
  if (!existsSync(TITLES)) return undefined;
  const lines = (await Bun.file(TITLES).text()).split("\n");
  return lines.slice(0, 1_000).map((line) => line.replace(/^\d+, */, "")).filter(Boolean); // prettier-ignore
}
