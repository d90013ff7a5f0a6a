/** The real encoder and its stand-in, through the code that serves. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Encoder, EncoderError } from "../../src/text/encoder.ts";
import { EMBEDDED_MODEL } from "../../src/text/files.ts";
import { openEncoder } from "../../src/text/sbert.ts";
import golden from "../golden/golden.json";
import { writeTinyModel } from "./tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "encoder-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const open = (model: string, hubUrl = "http://127.0.0.1:9/") =>
  openEncoder({ model, threads: 1, modelsFolder: join(folder, "models"), hubUrl });
const failure = (model: string, hubUrl?: string): Promise<unknown> =>
  open(model, hubUrl).then(
    () => "no failure",
    (cause: unknown) => cause,
  );

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

describe("the embedded model", () => {
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await open(EMBEDDED_MODEL);
  });

  test("has 384 dimensions, and a name that tells its weights", () => {
    expect(encoder.dimension).toBe(384);
    expect(encoder.model).toMatch(/^all-MiniLM-L6-v2@[0-9a-f]{12}$/);
  });

  test("agrees with float32 sentence-transformers on every golden sentence", async () => {
    expect(golden.sentences).toHaveLength(24);
    for (const { text, embedding } of golden.sentences) {
      const vector = await encoder.encode(text);
      const agreement = cosine(vector, embedding);
      expect(agreement, text).toBeGreaterThanOrEqual(0.995);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
  });

  test("gives a text the same bits whatever it encoded before", async () => {
    const texts = golden.sentences.map((it) => it.text);
    const fresh = new Map<string, Float32Array>();
    for (const text of texts) fresh.set(text, await encoder.encode(text));
    for (const text of texts.toReversed())
      expect(await encoder.encode(text)).toEqual(fresh.get(text)!);
    const other = await open(EMBEDDED_MODEL);
    expect(await other.encode(texts[3]!)).toEqual(fresh.get(texts[3]!)!);
  });

  test("reads every line, however long the earlier ones are", async () => {
    const endless = "a long walk through the city at night, told slowly. ".repeat(2_000);
    const [baking, welding] = [`${endless}\nBaking bread`, `${endless}\nWelding`];
    const [a, b] = [await encoder.encode(baking), await encoder.encode(welding)];
    const bread = await encoder.encode("bread");
    expect(cosine(a, bread)).toBeGreaterThan(cosine(b, bread));
  });

  test("reads a megabyte without spaces", async () => {
    expect(await encoder.encode("永不放弃".repeat(250_000))).toHaveLength(384);
  });
});

describe("a model in another folder", () => {
  test("brings its own dimension and name", async () => {
    const encoder = await open(await writeTinyModel(join(folder, "tiny"), 16));
    expect(encoder.model).toMatch(/^tiny@/);
    expect(encoder.dimension).toBe(16);
    expect(await encoder.encode("never give up")).toHaveLength(16);
  });

  test("stays itself when it is moved, and is another one with other weights or settings", async () => {
    const first = await open(await writeTinyModel(join(folder, "a/tiny"), 16));
    const moved = await open(await writeTinyModel(join(folder, "b/tiny"), 16));
    const other = await open(await writeTinyModel(join(folder, "c/tiny"), 16, 7));
    cpSync(join(folder, "a"), join(folder, "d"), { recursive: true });
    appendFileSync(join(folder, "d/tiny/tokenizer_config.json"), "\n");
    expect(moved.model).toBe(first.model);
    expect(other.model).not.toBe(first.model);
    expect((await open(join(folder, "d/tiny"))).model).not.toBe(first.model);
    expect(await moved.encode("run")).toEqual(await first.encode("run"));
    expect(await other.encode("run")).not.toEqual(await first.encode("run"));
  });

  test("is refused with the missing files, or as missing", async () => {
    const lacking = await writeTinyModel(join(folder, "lacking"), 8);
    rmSync(join(lacking, "onnx"), { recursive: true });
    const [missing, absent] = [await failure(lacking), await failure("./not/here")];
    expect(missing).toBeInstanceOf(EncoderError);
    expect(String(missing)).toContain("lacks onnx/model_quantized.onnx");
    expect(absent).toBeInstanceOf(EncoderError);
    expect(String(absent)).toContain("ENCODER_MODEL=./not/here: no such folder");
  });

  test("is refused when its weights are damaged", async () => {
    const damaged = await writeTinyModel(join(folder, "damaged"), 8);
    await Bun.write(join(damaged, "onnx/model_quantized.onnx"), "not an onnx file");
    const cause = await failure(damaged);
    expect(cause).toBeInstanceOf(EncoderError);
    expect(String(cause)).toContain("damaged cannot be loaded");
  });
});

describe("a model from the hub", () => {
  const requests: string[] = [];
  let hub: Bun.Server<undefined>;
  beforeAll(async () => {
    const source = await writeTinyModel(join(folder, "source"), 12);
    hub = Bun.serve({
      port: 0,
      fetch: async ({ url, method }) => {
        const path = new URL(url).pathname;
        requests.push(`${method} ${path}`);
        const name = /^\/people\/tiny\/resolve\/main\/(.+)$/.exec(path)?.[1];
        const file = Bun.file(join(source, name ?? "none"));
        return (await file.exists()) ? new Response(file) : new Response("none", { status: 404 });
      },
    });
  });
  afterAll(() => hub.stop(true));

  test("is downloaded once, and opened from the folder of models afterwards", async () => {
    const first = await open("people/tiny", hub.url.href);
    expect(first.model).toMatch(/^people\/tiny@[0-9a-f]{12}$/);
    expect(first.dimension).toBe(12);
    expect(readdirSync(join(folder, "models/people/tiny/onnx"))).toEqual(["model_quantized.onnx"]);
    const asked = requests.length;
    const second = await open("people/tiny", hub.url.href);
    expect(second.model).toBe(first.model);
    expect(requests.length).toBe(asked);
  });

  test("that does not exist, or cannot be reached, says what to do", async () => {
    for (const cause of [
      await failure("people/none", hub.url.href),
      await failure("people/none"),
    ]) {
      expect(cause).toBeInstanceOf(EncoderError);
      expect(String(cause)).toContain("ENCODER_MODEL=people/none is no folder here");
      expect(String(cause)).toContain("give its folder");
    }
  });
});
