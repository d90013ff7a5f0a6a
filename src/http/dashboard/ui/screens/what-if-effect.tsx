/** Effect of factors: what moves, and figures of the lists before and after. */
import { Stat } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import { count, percent } from "../parts/words.ts";
import type { Effect, Preview } from "./what-if-types.ts";

const NAMES: Readonly<Record<string, string>> = {
  "ndcg@20": "held-out nDCG@20",
  diversity: "diversity",
  categories: "categories",
  creators: "creators",
  age_days: "median age, days",
  new_posts: "new posts on trial",
};

const figure = (value: number) => value.toLocaleString("en-GB", { maximumFractionDigits: value < 1 ? 4 : 1 }); // prettier-ignore
const signed = (value: number) => `${value > 0 ? "+" : value < 0 ? "−" : "±"}${figure(Math.abs(value))}`; // prettier-ignore

/** A difference and its interval; one that may be chance is grey. */
function Difference({ difference, low, high }: Effect) {
  if (low === 0 && high === 0) return <span class="note">none</span>;
  const isSure = low > 0 || high < 0;
  return (
    <span class={isSure ? "" : "note"} title={isSure ? "beyond chance" : "may be chance"}>
      {signed(difference)}{" "}
      <span class="note">
        ({signed(low)} to {signed(high)})
      </span>
    </span>
  );
}

/** The figures of a preview; dashes until there is one. */
export function EffectFigures({ preview }: { readonly preview: Preview | undefined }) {
  const { effects = [], held_out: heldOut } = preview ?? {};
  const rows = heldOut?.ndcg ? [heldOut.ndcg, ...effects] : effects;
  return (
    <>
      <dl class="stats">
        <Stat
          name="Replaced"
          value={preview ? percent(preview.replaced) : "–"}
          note="of the first 20 posts"
        />
        <Stat
          name="Moved"
          value={preview ? figure(preview.places) : "–"}
          note="places, those that stay"
        />
        <Stat name="People" value={preview ? count(preview.people) : "–"} note={whose(preview)} />
      </dl>
      <div class="effect-table">
        <Table
          caption="Means over their first 20 posts, and the 95 % interval of the difference"
          head={["", "now", "then", "difference"]}
          rows={rows.map((it) => [
            <abbr title={it.about}>{NAMES[it.name] ?? it.name}</abbr>,
            figure(it.before),
            figure(it.after),
            <Difference {...it} />,
          ])}
        />
        <p class="note held-out">{heldOut?.words}</p>
      </div>
    </>
  );
}

function whose(preview: Preview | undefined): string {
  if (preview === undefined) return " ";
  const { people, logged } = preview;
  if (logged === people) return "who asked for a page last";
  if (logged === 0) return "who did something last";
  return `${logged} asked last, others did something`;
}
