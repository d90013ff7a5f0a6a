/** Preview of factors: requested once the sliders rest; an older request that still runs is aborted. */
import { useEffect, useState } from "preact/hooks";
import { call, logins } from "../api.ts";
import type { Factors, Preview } from "./what-if-types.ts";

/** Time in which further changes are waited for, milliseconds; the first preview comes at once. */
const SETTLE_MS = 250;

type State = { readonly value?: Preview; readonly of?: string; readonly error?: string };

/** The effect of `factors`; the last one stays while another is computed. `turn` asks again. */
export function usePreview(factors: Factors | undefined, turn: number) {
  const [state, setState] = useState<State>({});
  const key = factors && `${turn} ${JSON.stringify(factors)}`;
  const login = logins.value;
  useEffect(() => {
    if (key === undefined) return;
    const given = new AbortController();
    const ask = () =>
      call<Preview>("POST", "/adjustments/preview", { factors }, given.signal).then(
        (value) => setState({ value, of: key }),
        (cause: unknown) => {
          if (given.signal.aborted) return;
          const error = cause instanceof Error ? cause.message : String(cause);
          setState(({ value }) => ({ ...(value && { value }), of: key, error }));
        },
      );
    const timer = setTimeout(ask, state.of === undefined ? 0 : SETTLE_MS);
    return () => (clearTimeout(timer), given.abort());
  }, [key, login]);
  return { ...state, isLoading: state.of !== key };
}
