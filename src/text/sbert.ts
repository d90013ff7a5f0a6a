/** SBERT sentence encoders by transformers.js on ONNX Runtime. The only importer of either. */
import "./quiet.ts"; // first: before anything loads ONNX Runtime
import type { FeatureExtractionPipeline } from "@xenova/transformers";
import { join } from "node:path";
import { isFolder } from "../config/values.ts";
import { cut } from "./cut.ts";
import { type Encoder, EncoderError } from "./encoder.ts";
import {
  EMBEDDED_FILES,
  EMBEDDED_MODEL,
  MODEL_FILES,
  type ModelFiles,
  filesIn,
  folderName,
  missingFiles,
  modelIdentity,
} from "./files.ts";

/** Options of {@link openEncoder}. */
type EncoderOptions = {
  /** {@link EMBEDDED_MODEL}, a folder with the same files, or the name of a model on the hub. */
  readonly model: string;
  readonly threads: number;
  /** Folder that models from the hub are stored in. */
  readonly modelsFolder: string;
  /** The hub, for tests. */
  readonly hubUrl?: string;
};

/**
 * Loads a model. Settings of transformers.js are global to a thread: open one encoder at a time.
 *
 * @throws EncoderError
 */
export async function openEncoder(options: EncoderOptions): Promise<Encoder> {
  const { model } = options;
  if (model === EMBEDDED_MODEL) return load(model, EMBEDDED_FILES, options);
  if (isFolder(model)) return load(folderName(model), checked(model), options);
  if (/^[./~]/.test(model))
    throw new EncoderError(`ENCODER_MODEL=${model}: no such folder; give one that exists`);
  return load(model, undefined, options);
}

function checked(folder: string): ModelFiles {
  const files = filesIn(folder);
  const missing = missingFiles(files);
  if (missing.length === 0) return files;
  throw new EncoderError(
    `ENCODER_MODEL=${folder}: the folder lacks ${missing.join(", ")}; lay it out as on the hub, ONNX weights of 8 bits included`,
  );
}

/** Loads a model from `files`; without them, from the hub. */
async function load(
  name: string,
  files: ModelFiles | undefined,
  options: EncoderOptions,
): Promise<Encoder> {
  try {
    const extract = await openPipeline(name, files, options);
    const encode = async (text: string): Promise<Float32Array> => {
      // One text a run: in a batch a vector would depend on the others (model/README.md).
      const output = await extract(fit(extract, text), { pooling: "mean", normalize: true });
      return Float32Array.from(output.data as Float32Array);
    };
    const { length: dimension } = await encode("");
    const kept = files ?? filesIn(join(options.modelsFolder, name));
    return { model: await modelIdentity(name, kept), dimension, encode };
  } catch (cause) {
    throw new EncoderError(explain(name, files === undefined, cause), { cause });
  }
}

/** The text, cut to what the model reads: its positions less the marks of start and end. */
function fit({ tokenizer, model }: FeatureExtractionPipeline, text: string): string {
  const config: { max_position_embeddings?: number } = model.config;
  const positions = Math.min(
    tokenizer.model_max_length,
    config.max_position_embeddings ?? Infinity,
  );
  const marks = tokenizer.encode("").length;
  return cut(text, positions - marks, (words) => tokenizer.tokenize(words).length);
}

async function openPipeline(name: string, files: ModelFiles | undefined, options: EncoderOptions) {
  const { env, pipeline } = await import("@xenova/transformers");
  const fromHub = files === undefined;
  env.allowRemoteModels = env.useFS = env.useFSCache = fromHub;
  env.allowLocalModels = env.useCustomCache = !fromHub;
  env.useBrowserCache = false;
  env.cacheDir = options.modelsFolder;
  if (options.hubUrl !== undefined) env.remoteHost = options.hubUrl;
  env.customCache = fromHub ? null : readerOf(files);
  // Spinning would make encoding a little faster, and requests slower.
  const calm = { session: { intra_op: { allow_spinning: "0" } } };
  return pipeline("feature-extraction", fromHub ? name : await modelIdentity(name, files), {
    dtype: "q8",
    session_options: { intraOpNumThreads: options.threads, extra: calm },
  });
}

/** Stands in for the hub's cache: transformers.js cannot read files inside a compiled program. */
function readerOf(files: ModelFiles) {
  return {
    match: async (key: string) => {
      const file = MODEL_FILES.find((end) => key.endsWith(`/${end}`));
      return file && new Response(Bun.file(files[file]));
    },
    put: async () => {},
  };
}

function explain(name: string, fromHub: boolean, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return fromHub
    ? `ENCODER_MODEL=${name} is no folder here, and from the hub it cannot be loaded: ${message} Check the name and the network, or download the model and give its folder.`
    : `the encoder ${name} cannot be loaded: ${message}`;
}
