/** Choice of a feed: a person, a mood, a category. */
import { useRoute } from "../api.ts";
import { SearchBox } from "./search-box.tsx";

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
      <label>
        Mood
        <select value={mood} onChange={(event) => onChange({ mood: event.currentTarget.value })}>
          <option value="">any</option>
          {moods.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        Category
        <select
          value={category}
          onChange={(event) => onChange({ category: event.currentTarget.value })}
        >
          <option value="">all</option>
          {categories.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
