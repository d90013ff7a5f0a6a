/** Effect of factors: what moves, and figures of the lists before and after. */
import type { ComponentChildren } from "preact";
import { Card, Failed, Stat } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import { Explained } from "../parts/term.tsx";
import { count, percent } from "../parts/words.ts";
import type { usePreview } from "./what-if-preview.ts";
import type { Effect, Factors, Preview } from "./what-if-types.ts";

const NAMES: Readonly<Record<string, string>> = {
  "ndcg@20": "held-out nDCG@20",
  diversity: "diversity",
  categories: "categories",
  creators: "creators",
  age_days: "median age, days",
  new_posts: "new posts on trial",
};

/** A value, with the digits of the figure that it belongs to. */
const figure = (value: number, of = value) =>
  value.toLocaleString("en-GB", { maximumFractionDigits: of < 1 ? 4 : 1 });
const signed = (value: number, of: number) =>
  `${value > 0 ? "+" : value < 0 ? "−" : "±"}${figure(Math.abs(value), of)}`;

const SURE = "beyond chance";

/** Certainty of a difference, by its interval. */
export function certainty({ low, high }: Pick<Effect, "low" | "high">): string {
  if (low === 0 && high === 0) return "unchanged";
  return low > 0 || high < 0 ? SURE : "may be chance";
}

/** A difference and its interval; one that may be chance is grey. */
function Difference({ before, difference, low, high }: Effect) {
  if (low === 0 && high === 0) return <span class="note">none</span>;
  const words = certainty({ low, high });
  return (
    <span class={words === SURE ? "" : "note"} title={words}>
      {signed(difference, before)}{" "}
      <span class="note">
        ({signed(low, before)} to {signed(high, before)})
      </span>
    </span>
  );
}

type EffectCardProps = {
  readonly preview: ReturnType<typeof usePreview>;
  readonly isBusy: boolean;
  readonly isSame: boolean;
  readonly saved: Factors;
  /** Buttons. */
  readonly children: ComponentChildren;
};

/** The effect in short, beside what can be done with it. */
export function EffectCard({ preview, isBusy, isSame, saved, children }: EffectCardProps) {
  const state = isSame ? sameWords(saved) : "not saved yet";
  return (
    <Card title="Effect" note={preview.isLoading ? "ranking …" : state}>
      <div aria-busy={isBusy} aria-live="polite">
        {preview.error && <Failed error={preview.error} />}
        <EffectStats preview={preview.value} />
      </div>
      <div class="actions">{children}</div>
    </Card>
  );
}

const sameWords = (saved: Factors) =>
  Object.keys(saved).length === 0 ? "nothing is changed" : "saved: in force for everybody";

type Of = { readonly preview: Preview | undefined };

/** The effect in three figures; dashes until there is one. */
function EffectStats({ preview }: Of) {
  const ndcg = preview?.held_out.ndcg;
  return (
    <dl class="stats">
      <Stat
        name="Replaced"
        value={preview ? percent(preview.replaced) : "–"}
        note="of the first 20 posts"
      />
      <Stat
        name="Moved"
        value={preview ? preview.places.toFixed(1) : "–"}
        note="places, those that stay"
      />
      <Stat
        name="Quality"
        value={ndcg ? signed(ndcg.difference, ndcg.before) : "–"}
        note={ndcg ? `nDCG@20, ${certainty(ndcg)}` : preview ? "nothing held out" : "nDCG@20"}
      />
    </dl>
  );
}

/** All figures, and the cases behind them. */
export function EffectFigures({ preview }: Of) {
  const { effects = [], held_out: heldOut } = preview ?? {};
  const rows = heldOut?.ndcg ? [heldOut.ndcg, ...effects] : effects;
  return (
    <>
      <div class="effect-table">
        <Table
          caption="Means over the first 20 posts, with the 95 % interval of the difference"
          head={["", "now", "then", "difference"]}
          rows={rows.map((it) => [
            <Explained word={NAMES[it.name] ?? it.name} meaning={it.about} />,
            figure(it.before),
            figure(it.after, it.before),
            <Difference {...it} />,
          ])}
        />
        <p class="note held-out">{heldOut?.words}</p>
      </div>
    </>
  );
}

/** The people whose lists were ranked, in words. */
export function whose(preview: Preview | undefined): string {
  if (preview === undefined) return " ";
  const { people, logged } = preview;
  const of = `of ${count(people)} people`;
  if (logged === people) return `${of} who asked for a page last`;
  if (logged === 0) return `${of} who did something last`;
  return `${of}: ${logged} who asked for a page last, ${people - logged} who did something last`;
}
