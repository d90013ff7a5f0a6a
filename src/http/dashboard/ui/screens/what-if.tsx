/** The screen “What if”: factors of what was fitted, their effect on lists beside the button that saves them, and one click back. */
import { useEffect, useState } from "preact/hooks";
import { sameFactors } from "../../../../domain/adjustments.ts";
import { call, useRoute } from "../api.ts";
import { useNames } from "../parts/people.ts";
import { PostList } from "../parts/post-list.tsx";
import { usePosts } from "../parts/posts.ts";
import { Card, Failed, Screen } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import { SelectField } from "../parts/select-field.tsx";
import { EffectCard, EffectFigures, whose } from "./what-if-effect.tsx";
import { FactorSliders, Weights } from "./what-if-factors.tsx";
import { usePreview } from "./what-if-preview.ts";
import { factorWords, type Adjusted, type Factors, type Preview } from "./what-if-types.ts";
import "./what-if.css";

/** The saved factors, and those that the sliders show. */
function useFactors() {
  const route = useRoute<Adjusted>("/adjustments");
  const [changed, setChanged] = useState<Adjusted>();
  const adjusted = changed ?? route.value;
  const [moved, put] = useState<Factors>();
  const [error, setError] = useState<string>();
  useEffect(() => adjusted && put(adjusted.factors), [adjusted]);
  const change = (method: string, path: string, body?: Factors) =>
    call<Adjusted>(method, path, body).then(
      (it) => (setError(undefined), setChanged(it)),
      (cause: unknown) => setError(cause instanceof Error ? cause.message : String(cause)),
    );
  return {
    ...{ adjusted, moved, put, change },
    reload: () => (setError(undefined), setChanged(undefined), route.reload()),
    error: error ?? route.error,
  };
}

export function WhatIf() {
  const { adjusted, moved, put, change, error, reload } = useFactors();
  const isLearnt = adjusted?.adjustable != null;
  const preview = usePreview(isLearnt ? moved : undefined, adjusted?.history[0]?.version ?? 0);
  const saved = adjusted?.factors ?? {};
  const shown = moved ?? {};
  const isSame = sameFactors(shown, saved);
  const isBusy = preview.isLoading || (adjusted === undefined && error === undefined);
  return (
    <Screen
      title="What if"
      lead="Change what training has fitted, and see what becomes of people's lists before anybody is shown them."
    >
      {error && <Failed error={error} onRetry={reload} />}
      <div class="what-if">
        <Card title="Factors" note="×1 is as fitted">
          {adjusted?.adjustable && (
            <FactorSliders
              adjustable={adjusted.adjustable}
              factors={shown}
              saved={saved}
              onChange={put}
            />
          )}
          {adjusted && !adjusted.adjustable && (
            <p class="note">
              Nothing has been learnt yet: send posts and events, or wait for the first training.
            </p>
          )}
        </Card>
        <div class="what-if-effect">
          <EffectCard {...{ preview, isBusy, isSame }} saved={saved}>
            <button
              type="button"
              disabled={isSame}
              onClick={() => change("PUT", "/adjustments", shown)}
            >
              Save for everybody
            </button>
            <button type="button" class="plain" disabled={isSame} onClick={() => put(saved)}>
              Undo<span class="wide"> changes</span>
            </button>
            <button
              type="button"
              class="plain"
              disabled={!adjusted?.can_go_back}
              onClick={() => change("DELETE", "/adjustments/newest")}
            >
              Back<span class="wide"> to before</span>
            </button>
          </EffectCard>
          <Card title="Figures" note={whose(preview.value)}>
            <EffectFigures preview={preview.value} />
          </Card>
          {adjusted?.adjustable && (
            <Card title="Weights">
              <Weights adjustable={adjusted.adjustable} factors={shown} />
            </Card>
          )}
        </div>
        <Lists preview={preview.value} isLoading={preview.isLoading} />
        {adjusted && adjusted.history.length > 0 && (
          <History history={adjusted.history} onUse={put} />
        )}
      </div>
    </Screen>
  );
}

type HistoryProps = {
  readonly history: Adjusted["history"];
  readonly onUse: (factors: Factors) => void;
};

/** Saved versions; each can be put on the sliders again. */
function History({ history, onUse }: HistoryProps) {
  return (
    <Card title="Saved versions" note="the first is in force">
      <Table
        caption="The newest first"
        head={["Version", "Saved", "Factors", ""]}
        rows={history.map(({ version, saved_at, factors }) => [
          version,
          saved_at.slice(0, 16).replace("T", " "),
          factorWords(factors),
          <button type="button" class="quiet" onClick={() => onUse(factors)}>
            Put on the sliders
          </button>,
        ])}
      />
    </Card>
  );
}

type ListsProps = { readonly preview: Preview | undefined; readonly isLoading: boolean };

/** The list of one person before and after. */
function Lists({ preview, isLoading }: ListsProps) {
  const [at, choose] = useState(0);
  const lists = preview?.lists ?? [];
  const list = lists[Math.min(at, lists.length - 1)];
  const postOf = usePosts([...(list?.before ?? []), ...(list?.after ?? [])]);
  const nameOf = useNames(lists.map(({ user }) => user));
  return (
    <Card title="Lists before and after" note="those that change most">
      {preview && lists.length === 0 && (
        <p class="note">
          Nobody has asked or done anything yet: ask for a feed, and it is ranked here.
        </p>
      )}
      <SelectField
        label="Person"
        class="what-if-person"
        value={at}
        options={lists.map(({ user }, n) => [n, nameOf(user)])}
        onChange={choose}
      />
      <div class="before-after">
        {(["before", "after"] as const).map((side) => (
          <section key={side} aria-label={SIDES[side].title}>
            <h3>{SIDES[side].title}</h3>
            <PostList
              ids={list?.[side] ?? []}
              others={list?.[SIDES[side].other] ?? []}
              other={SIDES[side].word}
              postOf={postOf}
              isLoading={isLoading}
            />
          </section>
        ))}
      </div>
    </Card>
  );
}

/** The two lists of a person, and the word for the other one. */
const SIDES = {
  before: { title: "Now", other: "after", word: "then" },
  after: { title: "Then", other: "before", word: "now" },
} as const;
