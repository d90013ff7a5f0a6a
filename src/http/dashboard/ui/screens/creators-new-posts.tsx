/** New posts: what exploration sets aside for them, and how soon they have had their first impressions. */
import type { Stage } from "../../../../feed/creators/health.ts";
import type { Health } from "../../../routes/catalogue-health.ts";
import { useMemo } from "preact/hooks";
import { Chart } from "../parts/chart.tsx";
import { Card, Stat } from "../parts/screen.tsx";
import { count, percent, span } from "../parts/words.ts";
import { counted, ToDo } from "./creators-parts.tsx";

/** Stages of a new post in words. */
export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  waiting: "never shown",
  trial: "tried out",
  graduated: "known",
  retired: "worse than others",
};

/** Hours from which on half of the new posts wait long. */
const LONG_HOURS = 48;

type Of = { readonly health: Health };

/** The two cards. */
export function NewPosts({ health }: Of) {
  return (
    <div class="span-6 creators-column">
      <Exploration health={health} />
      <FirstImpressions health={health} />
    </div>
  );
}

function Exploration({ health }: Of) {
  const it = health.exploration;
  if (it === null)
    return (
      <Card title="Exploration" note="off">
        <p>New posts are shown only where ranking puts them by their words and their creator.</p>
        <ToDo>
          Set <code>EXPLORE_SHARE=0.05</code>, and feeds set a slot in twenty aside for them.
        </ToDo>
      </Card>
    );
  const won = health.impressions > 0 ? it.won / health.impressions : undefined;
  return (
    <Card title="Exploration" note={`of posts up to ${it.days} days old`}>
      <dl class="stats">
        <Stat name="Slots set aside" value={percent(it.share, 0)} note="to try new posts out" />
        <Stat
          name="Slots won"
          value={count(it.won)}
          note={`by new posts${won === undefined ? "" : `, ${percent(won)}`}`}
        />
        {Object.entries(STAGE_WORDS).map(([stage, words]) => (
          <Stat
            key={stage}
            name={words.replace(/^./, (letter) => letter.toUpperCase())}
            value={count(it.posts[stage as Stage])}
          />
        ))}
      </dl>
      <ExplorationToDo exploration={it} />
    </Card>
  );
}

function ExplorationToDo({
  exploration: it,
}: {
  readonly exploration: NonNullable<Health["exploration"]>;
}) {
  const { waiting, trial, graduated, retired } = it.posts;
  if (waiting + trial + graduated + retired === 0)
    return <p class="note">No post is new: there is nothing to try out.</p>;
  if (waiting > trial)
    return (
      <ToDo>
        Most new posts wait for their first impression. They come first in the next feeds; if they
        do not become fewer, raise <code>EXPLORE_SHARE</code>.
      </ToDo>
    );
  return <p class="note">Each is to have {it.impressions} first impressions.</p>;
}

function FirstImpressions({ health }: Of) {
  const it = health.first_impressions;
  const note = it.posts > 0 ? `${counted(it.posts, "post")} of these days` : undefined;
  return (
    <Card title={`Time to the first ${it.impressions} impressions`} note={note}>
      <p>{firstWords(it)}</p>
      {it.curve.length > 1 && <Curve curve={it.curve} />}
      {it.posts > 0 && (it.median_hours ?? it.longest_hours) > LONG_HOURS && (
        <ToDo>
          If people have asked for feeds all along, raise <code>EXPLORE_SHARE</code>: feeds then set
          more slots aside for new posts.
        </ToDo>
      )}
    </Card>
  );
}

function firstWords(it: Health["first_impressions"]): string {
  if (it.posts === 0)
    return "No post was created in these days. Once there is one, this says how soon it is known.";
  const some = `${count(it.reached)} of ${counted(it.posts, "new post")} ${it.reached === 1 ? "has" : "have"} had ${it.impressions}; the others are followed until now.`;
  const within = (hours: number) => span(3_600 * hours);
  if (it.median_hours !== null)
    return `${some} Half have had them within ${within(it.median_hours)}.`;
  if (it.quarter_hours !== null)
    return `${some} A quarter have had them within ${within(it.quarter_hours)}; for half it is too early to tell.`;
  return `${some} It is too early to tell how long that takes.`;
}

function Curve({ curve }: { readonly curve: Health["first_impressions"]["curve"] }) {
  const [x, lines] = useMemo(
    () =>
      [
        [0, ...curve.map((it) => it.hours)],
        [{ name: "New posts", values: [0, ...curve.map((it) => 100 * it.share)] }],
      ] as const,
    [curve],
  );
  return (
    <Chart
      label="Share of new posts that have had their first impressions, by age in hours"
      x={x}
      xName="Age"
      xUnit=" h"
      lines={lines}
      format={(it) => `${Number(it.toFixed(1))} %`}
      height={140}
    />
  );
}
