/** Sliders of factors, in groups, and the fitted weights that they multiply as a table. */
import { factorOf, NEUTRAL } from "../../../../domain/adjustments.ts";
import { Table } from "../parts/table.tsx";
import { Term } from "../parts/term.tsx";
import type { Adjustable, Factors } from "./what-if-types.ts";

/** Factors at the stops of a slider: 1, which changes nothing, is in its middle. */
const STOPS = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4];
/** Groups and names of what is no score term. */
const FURTHER: Readonly<Record<string, { readonly group: string; readonly label: string }>> = {
  variety: { group: "The page", label: "variety" },
  half_life: { group: "New posts", label: "half-life of newness" },
  exploration: { group: "New posts", label: "exploration" },
};
const TERMS = "What counts";

type FactorsProps = {
  readonly adjustable: readonly Adjustable[];
  readonly factors: Factors;
  readonly saved: Factors;
  /** Called for each stop that a slider comes to, while it is dragged, too. */
  readonly onChange: (factors: Factors) => void;
};

/** All sliders. */
export function FactorSliders({ adjustable, ...rest }: FactorsProps) {
  const groups = Map.groupBy(adjustable, ({ name }) => FURTHER[name]?.group ?? TERMS);
  return (
    <div class="factors">
      {[...groups].map(([title, all]) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          {all.map((it) => (
            <FactorSlider key={it.name} it={it} {...rest} />
          ))}
        </fieldset>
      ))}
    </div>
  );
}

type SliderProps = Omit<FactorsProps, "adjustable"> & { readonly it: Adjustable };

function FactorSlider({ it, factors, saved, onChange }: SliderProps) {
  const { name, about, fitted } = it;
  const factor = factorOf(factors, name);
  const isOff = fitted.every(({ value }) => value === 0);
  const isMoved = factor !== factorOf(saved, name);
  const withFactor = (stop: string) => ({ ...factors, [name]: STOPS[Number(stop)]! });
  return (
    <div class="factor">
      <label for={`factor-${name}`}>{FURTHER[name]?.label ?? name}</label>
      <output class={isMoved ? "moved" : ""}>×{factor}</output>
      <input
        type="range"
        id={`factor-${name}`}
        min={0}
        max={STOPS.length - 1}
        step={1}
        value={stopOf(factor)}
        disabled={isOff}
        aria-valuetext={`times ${factor}`}
        aria-describedby={`about-${name}`}
        onInput={(event) => onChange(withFactor(event.currentTarget.value))}
      />
      <p class={`note ${fitted.length > 1 ? "in-table" : ""}`} id={`about-${name}`}>
        {about} {isOff ? "Fitted as 0: no factor changes it." : fittedWords(it, factor)}
      </p>
    </div>
  );
}

/** The stop that is nearest to a factor. */
const stopOf = (factor: number): number =>
  STOPS.reduce((best, it, n) => (Math.abs(it - factor) < Math.abs(STOPS[best]! - factor) ? n : best), 0); // prettier-ignore

const digits = (value: number) => value.toLocaleString("en-GB", { maximumSignificantDigits: 2 });

/** The fitted value, and its product with the factor; "" for the weights of a term, which have a table. */
function fittedWords({ fitted: [it, ...others] }: Adjustable, factor: number): string {
  if (it === undefined || others.length > 0) return "";
  const product = factor === NEUTRAL ? "" : `, now ${digits(it.value * factor)}`;
  return `Fitted as ${digits(it.value)}${product}.`;
}

type WeightsProps = Pick<FactorsProps, "adjustable" | "factors">;

/** Weights of the terms, by the length of the history; those that a factor changes stand out. */
export function Weights({ adjustable, factors }: WeightsProps) {
  const terms = adjustable.filter(({ fitted }) => fitted.length > 1);
  const lengths = terms[0]?.fitted.map(({ posts }) => posts ?? 0) ?? [];
  return (
    <div class="weights">
      <Table
        caption="By posts of history; in between they change little by little"
        head={["Term", ...lengths.map((it, n) => (n === lengths.length - 1 ? `${it}+` : it))]}
        rows={terms.map(({ name, fitted }) => [
          <Term word={name} />,
          ...fitted.map(({ value }) => {
            const factor = factorOf(factors, name);
            const now = digits(value * factor);
            return factor === NEUTRAL ? (
              now
            ) : (
              <strong title={`fitted ${digits(value)}`}>{now}</strong>
            );
          }),
        ])}
      />
    </div>
  );
}
