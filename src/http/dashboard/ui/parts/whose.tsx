/** Choice of a feed: a person, a mood, a category. */
import { useRoute } from "../api.ts";
import { SearchBox } from "./search-box.tsx";
import { SelectField } from "./select-field.tsx";

/** Whose feed it is, and of what; "" for any. */
export type Choice = { readonly user: string; readonly mood: string; readonly category: string };

/** An id that nobody has: whoever asks by it is new. */
export const NEWCOMER = "a newcomer";

type Moods = { readonly moods: readonly { readonly name: string; readonly label: string }[] };
type Categories = { readonly categories: readonly { readonly name: string }[] };
type WhoseProps = {
  readonly choice: Choice;
  readonly onChange: (changed: Partial<Choice>) => void;
};

/** The three fields. */
export function Whose({ choice: { mood, category }, onChange }: WhoseProps) {
  const moods = useRoute<Moods>("/moods").value?.moods ?? [];
  const categories = useRoute<Categories>("/categories").value?.categories ?? [];
  return (
    <div class="chooser">
      <SearchBox
        label="Person"
        kind="people"
        placeholder="Name or id"
        first={[{ id: NEWCOMER, name: "A newcomer", note: "no history" }]}
        onChoose={({ id }) => onChange({ user: id })}
      />
      <SelectField
        label="Mood"
        value={mood}
        options={[["", "any"], ...moods.map(({ name, label }) => [name, label] as const)]}
        onChange={(it) => onChange({ mood: it })}
      />
      <SelectField
        label="Category"
        value={category}
        options={[["", "all"], ...categories.map(({ name }) => [name, name] as const)]}
        onChange={(it) => onChange({ category: it })}
      />
    </div>
  );
}
