/** Posts of a creator with what became of them, and what keeps them out of lists. */
import type { Creator } from "../../../routes/creators.ts";
import { Card } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import { count, percent } from "../parts/words.ts";
import { STAGE_WORDS } from "./creators-new-posts.tsx";
import { whyPath } from "./creators-parts.tsx";

type Post = Creator["items"][number];
type Rate = Post["plays"];

const STAGE_STYLES = { waiting: "", trial: "", graduated: "good", retired: "warn" } as const;

/** A rate in words. */
export const rateOf = (rate: Rate): string => (rate === null ? "–" : percent(rate.rate));

/** The posts. */
export function CreatorPosts({ posts }: { readonly posts: readonly Post[] }) {
  return (
    <Card title="Posts" note="the most shown first; rates with 95 % intervals">
      <div class="creator-posts">
        <Table
          caption="Posts of the creator"
          head={["Post", "Impressions", "People", "Played", "Liked", "Skipped", "State"]}
          rows={posts.map((it) => [
            <a href={whyPath(it.id)}>{it.title || `Untitled ${it.id}`}</a>,
            count(it.impressions),
            count(it.people),
            <RateWithin rate={it.plays} />,
            <RateWithin rate={it.likes} />,
            <RateWithin rate={it.skips} />,
            <States post={it} />,
          ])}
        />
      </div>
    </Card>
  );
}

/** A rate with its interval, in percent. */
const RateWithin = ({ rate }: { readonly rate: Rate }) => (
  <span class="rate">
    {rateOf(rate)}
    <span class="note">
      {rate && `${(100 * rate.low).toFixed(0)}–${(100 * rate.high).toFixed(0)}`}
    </span>
  </span>
);

const States = ({ post: { stage, repeats, absent } }: { readonly post: Post }) => (
  <span class="states">
    {stage && <span class={`pill ${STAGE_STYLES[stage]}`}>{STAGE_WORDS[stage]}</span>}
    {repeats && <a href={whyPath(repeats.id)}>repeats {repeats.title || repeats.id}</a>}
    {absent
      .filter(({ reason }) => reason !== "duplicate")
      .map(({ reason, words }) => (
        <span key={reason} class="pill" title={words}>
          {reason.replaceAll("_", " ")}
        </span>
      ))}
  </span>
);
