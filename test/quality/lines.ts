/** Lines of the README's table of quality: figures of which benchmark, and what others published for it. */
import type { Metric } from "../../src/evaluation/runs.ts";
import type { Audience } from "../../src/ranking/audience.ts";

/** A line for each metric, of everybody or one audience. */
export type Line = {
  readonly benchmark: string;
  /** The benchmark and its people. */
  readonly words: string;
  readonly audience?: Audience;
  readonly metrics: readonly Metric[];
  /** Figures of other work on the same protocol, by the name of the model. */
  readonly published?: Readonly<Partial<Record<Metric, Readonly<Record<string, number>>>>>;
};

/** The lines in their order. {@link SOURCES} says where published figures stand. */
export const LINES: readonly Line[] = [
  {
    benchmark: "P1",
    words: "P1: MovieLens-1M, UltraGCN's split",
    metrics: ["ndcg@20", "recall@20"],
    published: { "ndcg@20": { UltraGCN: 0.2642 }, "recall@20": { UltraGCN: 0.2787 } },
  },
  {
    benchmark: "P2",
    words: "P2: MovieLens-1M, the last event of everybody",
    metrics: ["ndcg@10", "recall@10"],
    published: {
      "ndcg@10": { SASRec: 0.126, gSASRec: 0.173, "FuXi-α": 0.181, "HSTU-large": 0.189 },
      "recall@10": { SASRec: 0.239, gSASRec: 0.3, "FuXi-α": 0.316, "HSTU-large": 0.329 },
    },
  },
  {
    benchmark: "P3",
    words: "P3: KuaiRand-Pure, long views of the next week",
    metrics: ["ndcg@20"],
  },
  { benchmark: "P3b", words: "P3b: the same, learnt from all views", metrics: ["ndcg@20"] },
  {
    benchmark: "P4",
    words: "P4: ml-latest-small, a cut in time, known",
    audience: "warm",
    metrics: ["ndcg@20"],
  },
  { benchmark: "P4", words: "P4, newcomers", audience: "cold", metrics: ["ndcg@20"] },
  {
    benchmark: "P5",
    words: "P5: a fifth of P4's posts without any past",
    metrics: ["recall@20"],
  },
  {
    benchmark: "P6",
    words: "P6: MovieLens-1M, ∞-AE's split",
    metrics: ["ndcg@10"],
    published: { "ndcg@10": { EASE: 0.2988, "∞-AE": 0.3282, "SVD-AE": 0.3355 } },
  },
  {
    benchmark: "P7",
    words: "P7: Amazon Magazine, ∞-AE's split",
    metrics: ["ndcg@10"],
    published: { "ndcg@10": { LightGCN: 0.2257, EASE: 0.2284, "∞-AE": 0.2306 } },
  },
  { benchmark: "sparse", words: "sparse set 1, the newest 15 %", metrics: ["ndcg@20"] },
  { benchmark: "sparse", words: "sparse set 1, newcomers", audience: "cold", metrics: ["ndcg@20"] },
  { benchmark: "demo", words: "the demo, the newest tenth", metrics: ["ndcg@20"] },
];

/** Rows of published figures, in Markdown. */
export const SOURCES =
  "Published: UltraGCN https://arxiv.org/abs/2110.15114; SASRec and gSASRec https://arxiv.org/abs/2308.07192; " +
  "HSTU-large https://arxiv.org/abs/2402.17152; FuXi-α https://arxiv.org/abs/2502.03036; ∞-AE, LightGCN and EASE " +
  "https://arxiv.org/abs/2206.02626; SVD-AE https://arxiv.org/abs/2405.04746.";
