/** Select field: a label, and a choice of one of several values by their words. */

type SelectFieldProps<Value extends string | number> = {
  readonly label: string;
  readonly class?: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, words: string])[];
  readonly onChange: (value: Value) => void;
};

export function SelectField<Value extends string | number>(props: SelectFieldProps<Value>) {
  const { label, value, options, onChange } = props;
  return (
    <label class={props.class}>
      {label}
      <select
        value={value}
        onChange={({ currentTarget: { selectedIndex } }) => onChange(options[selectedIndex]![0])}
      >
        {options.map(([it, words]) => (
          <option key={it} value={it}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
