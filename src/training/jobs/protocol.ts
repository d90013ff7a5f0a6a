/** What the service and its learner thread say to each other. */
import type { Limits } from "../../ingest/socialverse/client.ts";
import type { SyncProgress, SyncWishes } from "../../ingest/socialverse/scan.ts";
import type { SyncReport } from "../../ingest/socialverse/sync.ts";
import type { EncoderName } from "../dataset.ts";

/** Where events come from: the embedded demo, or the API. */
export type Upstream =
  | { readonly kind: "demo" }
  | {
      readonly kind: "api";
      readonly baseUrl: string;
      readonly token: string;
      readonly resonanceAlgorithm: string;
      readonly limits?: Limits;
    };

/** What the thread needs to begin; the first message, sent once. */
export type OpenRequest = {
  readonly kind: "open";
  readonly storePath: string;
  readonly snapshotsFolder: string;
  readonly upstream: Upstream;
  readonly seed: number;
  /** Threads that learn; 0: one a core. */
  readonly threads: number;
  /** Of this program; noted in every snapshot. */
  readonly version: string;
};

/** How to learn. */
export type LearnOptions = {
  /** Whose vectors to use; without, learn from the events only. */
  readonly encoder: EncoderName | undefined;
  /** Take the shipped blend, since a better snapshot follows soon. */
  readonly isQuick?: boolean;
  /** Learn only if a complete sync has ended before: half a catalogue is not served. */
  readonly ifSynced?: boolean;
  /** Learn again even if there is nothing new. */
  readonly force?: boolean;
};

/** One `sync`, `learn` or `renew` at a time. */
export type LearnerRequest =
  | OpenRequest
  | ({ readonly kind: "sync" } & SyncWishes)
  | ({ readonly kind: "learn" } & LearnOptions)
  | { readonly kind: "renew"; readonly encoder: EncoderName }
  | { readonly kind: "close" };

/**
 * First `ready` or `failed`, after which the thread is of no use. A job tells `progress` or
 * `syncing`, then exactly one of `synced`, `learned` or `broke`.
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
  | { readonly kind: "synced"; readonly report: SyncReport }
  /** Nothing if the newest snapshot was learnt from the same, or there is no post. */
  | { readonly kind: "learned"; readonly learned: Learned | undefined }
  /** Nothing if no more posts have a vector than in the newest snapshot, or there is none. */
  | { readonly kind: "renewed"; readonly renewed: Renewed | undefined }
  | { readonly kind: "broke"; readonly message: string };

/** What a finished run made. */
export type Learned = {
  readonly snapshot: string;
  readonly posts: number;
  readonly events: number;
  /** Posts whose text has a vector. */
  readonly embedded: number;
  readonly seconds: number;
};

/** The newest snapshot again, with more vectors. */
export type Renewed = Pick<Learned, "snapshot" | "posts" | "embedded">;
