/** A sentence encoder that is loaded in no time: a table of word vectors, averaged by the pooling. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const REAL = resolve(import.meta.dir, "../../src/text/model");
const WORDS = 30_522;

/** Write a model of `dimension` into `folder`, with the real one's tokenizer; returns the folder. */
export async function writeTinyModel(folder: string, dimension: number, seed = 1): Promise<string> {
  mkdirSync(join(folder, "onnx"), { recursive: true });
  for (const file of ["tokenizer.json", "tokenizer_config.json"])
    await Bun.write(join(folder, file), Bun.file(join(REAL, file)));
  const config = { ...(await Bun.file(join(REAL, "config.json")).json()), hidden_size: dimension };
  await Bun.write(join(folder, "config.json"), JSON.stringify(config));
  writeFileSync(join(folder, "onnx/model_quantized.onnx"), gatherModel(dimension, seed));
  return folder;
}

/** An ONNX file whose graph is `last_hidden_state = Gather(table, input_ids)`. */
function gatherModel(dimension: number, seed: number): Uint8Array {
  const table = Float32Array.from(
    { length: WORDS * dimension },
    (_, i) => ((Math.imul(i + seed, 2_654_435_761) >>> 8) / 2 ** 24) * 2 - 1,
  );
  const FLOAT = 1;
  const INT64 = 7;
  const tensor = message([
    [1, WORDS],
    [1, dimension],
    [2, FLOAT],
    [8, "table"],
    [9, new Uint8Array(table.buffer)],
  ]);
  const node = message([
    [1, "table"],
    [1, "input_ids"],
    [2, "last_hidden_state"],
    [4, "Gather"],
  ]);
  const value = (name: string, type: number, shape: (string | number)[]) => {
    const dims = shape.map((it): Field => [1, message([[typeof it === "string" ? 2 : 1, it]])]);
    const tensorType = message([
      [1, type],
      [2, message(dims)],
    ]);
    return message([
      [1, name],
      [2, message([[1, tensorType]])],
    ]);
  };
  const graph = message([
    [1, node],
    [2, "tiny"],
    [5, tensor],
    [11, value("input_ids", INT64, ["texts", "pieces"])],
    [12, value("last_hidden_state", FLOAT, ["texts", "pieces", dimension])],
  ]);
  return message([
    [1, 8],
    [7, graph],
    [8, message([[2, 17]])],
  ]);
}

type Field = readonly [number: number, value: number | string | Uint8Array];

/** A protobuf message: integers as varints, everything else with its length. */
function message(fields: readonly Field[]): Uint8Array {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === "number") return [varint(number << 3), varint(value)];
      const bytes = typeof value === "string" ? Buffer.from(value) : value;
      return [varint((number << 3) | 2), varint(bytes.length), bytes];
    }),
  );
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}
