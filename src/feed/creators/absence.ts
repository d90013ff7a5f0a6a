/** Reasons why a post is on nobody's list, whoever asks. */
import { hasVector } from "../../index/exact.ts";
import { REASONS, reasonsIn, type Reason } from "../../ranking/eligibility.ts";
import { isExpired } from "../../ranking/expiry.ts";
import { preparedModel } from "../../ranking/prepared-model.ts";
import type { Absent } from "./creators.ts";
import type { Shown } from "./shown.ts";

/** Reasons beside those of eligibility. */
const OTHERS = {
  duplicate: "it repeats another post, and a list has one of them",
  not_encoded: "its text has no vector yet, so that nothing finds it by what it is about",
  placeholder: "its words say nothing about the video",
  not_shown:
    "no list had it in these days: no source found it for those who asked, or others scored higher",
} as const;

/** The reasons for a row, the decisive ones first; a row that was shown may have some, too. */
export function absentReasons(
  { model, posts, untilMs }: Pick<Shown, "model" | "posts" | "untilMs">,
  row: number,
): readonly Absent[] {
  const first = model.duplicates[row] ?? -1;
  const kept = reasonsIn(preparedModel(model).eligibility.reasons[row]!);
  const reasons: Reason[] = isExpired(model, row, untilMs) ? [...kept, "expired"] : kept;
  const isEligible = reasons.length === 0;
  const d = model.info.encoder?.dimension ?? 0;
  const others: (keyof typeof OTHERS)[] = [
    ...(first >= 0 && first !== row ? (["duplicate"] as const) : []),
    ...(isEligible && !hasVector(model.embeddings, row, d) ? (["not_encoded"] as const) : []),
    ...(isEligible && model.placeholders[row] === 1 ? (["placeholder"] as const) : []),
    ...(isEligible && posts.impressions(row) === 0 ? (["not_shown"] as const) : []),
  ];
  return [
    ...reasons.map((reason) => ({ reason, words: REASONS[reason].words })),
    ...others.map((reason) => ({ reason, words: OTHERS[reason] })),
  ];
}
