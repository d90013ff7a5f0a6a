/** Files of a sentence encoder, in the program or in a folder. */
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import config from "./model/config.json" with { type: "file" };
import weights from "./model/onnx/model_quantized.onnx" with { type: "file" };
import tokenizer from "./model/tokenizer.json" with { type: "file" };
import tokenizerConfig from "./model/tokenizer_config.json" with { type: "file" };

/** Name of the model inside the program. */
export const EMBEDDED_MODEL = "all-MiniLM-L6-v2";

/** Files of a model's folder, laid out as on the hub. */
export const MODEL_FILES = [
  "config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "onnx/model_quantized.onnx",
] as const;

/** Path of each file of a model. */
export type ModelFiles = { readonly [name in (typeof MODEL_FILES)[number]]: string };

/** Paths of the embedded model's files; in a compiled program they lie inside it. */
export const EMBEDDED_FILES: ModelFiles = {
  // TypeScript sees the content of a JSON file, whatever it is imported as.
  "config.json": config as unknown as string,
  "tokenizer.json": tokenizer as unknown as string,
  "tokenizer_config.json": tokenizerConfig as unknown as string,
  "onnx/model_quantized.onnx": weights,
};

/** Paths of the files of a model in `folder`, whether they exist or not. */
export function filesIn(folder: string): ModelFiles {
  return Object.fromEntries(MODEL_FILES.map((file) => [file, join(folder, file)])) as ModelFiles;
}

/** Names of the files that do not exist. */
export function missingFiles(files: ModelFiles): string[] {
  return MODEL_FILES.filter((file) => !existsSync(files[file]));
}

/**
 * Identity of a model, under which its vectors are stored: its name and a digest of its files. Other
 * weights under the same name are another model; a folder that is moved or copied stays the same.
 */
export async function modelIdentity(name: string, files: ModelFiles): Promise<string> {
  const hasher = new Bun.CryptoHasher("sha256");
  for (const file of MODEL_FILES) hasher.update(await Bun.file(files[file]).bytes());
  return `${name}@${hasher.digest("hex").slice(0, 12)}`;
}

/** Name of the model in `folder`. */
export function folderName(folder: string): string {
  return basename(resolve(folder));
}
