/** Schema of outcomes: what became of posts that were shown. */
import { t } from "elysia";

const Rate = t.Union([
  t.Object({
    count: t.Number({ description: "Shown posts with this outcome; of `completion` the sum of the shares watched" }),
    of: t.Integer({ description: "Impressions; of `completion` the plays whose time and length are known" }),
    rate: t.Number(),
    low: t.Number({ description: "Ends of the 95 % interval (Wilson's, people counted as clusters)" }),
    high: t.Number(),
  }),
  t.Null(),
]); // prettier-ignore

/** Fields of outcomes. */
export const OutcomesFields = {
  impressions: t.Integer({ description: "Posts that replies showed" }),
  plays: Rate,
  completion: Rate,
  likes: Rate,
  skips: Rate,
};
const rate = (count: number, of: number, low: number, high: number) =>
  ({ count, of, rate: count / of, low, high }); // prettier-ignore
/** Example of {@link OutcomesFields}. */
export const OUTCOMES_EXAMPLE = {
  impressions: 200,
  plays: rate(90, 200, 0.37, 0.53),
  completion: rate(54, 90, 0.49, 0.7),
  likes: rate(8, 200, 0.02, 0.08),
  skips: rate(30, 200, 0.1, 0.22),
};
