/** Choice of how a side of the comparison is ranked: which factors, and which snapshot. */
import { pathOf, useRoute } from "../api.ts";
import type { Choice } from "../parts/whose.tsx";
import { SelectField } from "../parts/select-field.tsx";
import { factorWords, type Adjusted } from "./what-if-types.ts";

/** Factors and snapshot of a list; "" for those that serve. */
export type Ranking = {
  /** A version of the factors; "0" is what was fitted. */
  readonly version: string;
  /** "true" for the snapshot before. */
  readonly older: string;
};

/** The route of a side's list. */
export function listPath(choice: Choice & Ranking, limit: number): string {
  const { version, older, ...whose } = choice;
  if (version === "" && older === "") return pathOf("/recommendations", { ...whose, limit, preview: true }); // prettier-ignore
  return pathOf("/adjustments/list", choice);
}

type RankingProps = {
  readonly ranking: Ranking;
  readonly onChange: (changed: Partial<Ranking>) => void;
};

/** The two fields. */
export function RankingFields({ ranking: { version, older }, onChange }: RankingProps) {
  const history = useRoute<Adjusted>("/adjustments").value?.history ?? [];
  return (
    <div class="chooser">
      <SelectField
        label="Factors"
        value={version}
        options={[["", "in force"], ["0", "as fitted"], ...history.map(versionOption)]}
        onChange={(it) => onChange({ version: it })}
      />
      <SelectField
        label="Snapshot"
        value={older}
        options={[
          ["", "present"],
          ["true", "before"],
        ]}
        onChange={(it) => onChange({ older: it })}
      />
    </div>
  );
}

const versionOption = ({ version, factors }: Adjusted["history"][number]) =>
  [`${version}`, `version ${version}: ${factorWords(factors)}`] as const;
