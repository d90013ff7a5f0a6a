/** Messages between the service and its learner thread. */
import { OWN_DATA } from "../../data/contract.ts";
import type { Limits } from "../../ingest/socialverse/pages.ts";
import type { SyncProgress, SyncRequest } from "../../ingest/socialverse/scan.ts";
import type { SyncReport } from "../../ingest/socialverse/sync.ts";
import type { EncoderName } from "../dataset.ts";

/** The source of posts, users and events that is synced: the embedded demo, the API, or none: an app sends its own. */
export type Upstream =
  | { readonly kind: "demo" }
  | { readonly kind: "none" }
  | {
      readonly kind: "api";
      readonly baseUrl: string;
      readonly token: string;
      readonly resonanceAlgorithm: string;
      readonly limits?: Limits;
    };

/** An upstream's name, by which a store knows whose it is. */
export function nameOf(upstream: Upstream): string {
  if (upstream.kind === "api") return upstream.baseUrl;
  return upstream.kind === "demo" ? "the demo catalogue" : OWN_DATA;
}

/** The first message to the thread. */
export type OpenRequest = {
  readonly kind: "open";
  readonly storePath: string;
  readonly snapshotsFolder: string;
  readonly upstream: Upstream;
  readonly seed: number;
  /** Threads that train; 0: one a core. */
  readonly threads: number;
  /** Version of this program, written into every snapshot. */
  readonly version: string;
};

/** Options of a `learn` job. */
export type LearnOptions = {
  /** The encoder whose vectors are used; without one, only events are learnt from. */
  readonly encoder: EncoderName | undefined;
  /** Uses the shipped blend: a better snapshot follows soon. */
  readonly isQuick?: boolean;
  /** Learns only if a complete sync has ended before: half a catalogue is not served. */
  readonly ifSynced?: boolean;
  /** Learns again even if there is nothing new. */
  readonly force?: boolean;
};

/** Requests; the jobs `sync`, `learn` and `renew` are sent one at a time. */
export type LearnerRequest =
  | OpenRequest
  | ({ readonly kind: "sync" } & SyncRequest)
  | ({ readonly kind: "learn" } & LearnOptions)
  | { readonly kind: "renew"; readonly encoder: EncoderName }
  | { readonly kind: "close" };

/**
 * The first message is `ready` or `failed`; a thread that failed is of no use. A job sends `progress`
 * or `syncing`, then `synced`, `learned`, `renewed` or `broke`.
 */
export type LearnerEvent =
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly message: string }
  | {
      readonly kind: "progress";
      readonly stage: string;
      readonly done: number;
      readonly total: number;
    }
  | ({ readonly kind: "syncing" } & SyncProgress)
  /** A request to upstream failed, and is tried again. */
  | { readonly kind: "retrying"; readonly message: string }
  | { readonly kind: "synced"; readonly report: SyncReport }
  /** `undefined` if the newest snapshot was learnt from the same data, or there is no post. */
  | { readonly kind: "learned"; readonly learned: Learned | undefined }
  /** `undefined` without a snapshot, or if no vector was stored since. */
  | { readonly kind: "renewed"; readonly renewed: Renewed | undefined }
  | { readonly kind: "broke"; readonly message: string };

/** Result of a training run. */
export type Learned = {
  readonly snapshot: string;
  readonly posts: number;
  readonly events: number;
  /** Number of posts with a vector. */
  readonly embedded: number;
  readonly seconds: number;
};

/** Result of a renewal. */
export type Renewed = Pick<Learned, "snapshot" | "posts" | "embedded">;
