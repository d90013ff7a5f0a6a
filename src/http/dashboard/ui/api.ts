/** The service's JSON routes, as the screens call them. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

/** True once a route has asked for a key that this browser has not shown. */
export const needsKey = signal(false);

/** Counts logins: whoever reads it loads again after one. */
export const logins = signal(0);

type Problem = { readonly detail?: string; readonly title?: string };

/** A reply that was no success: `message` is the detail of its problem, `problem` all of it. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly problem: unknown;
  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/** Calls a route; `signal` gives the call up. @throws ApiError */
export async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  const reply = await fetch(path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (reply.status === 204) return undefined as T;
  const json = (await reply.json().catch(() => ({}))) as Problem;
  if (reply.ok) return json as T;
  // A key may be missing, or of too small a scope.
  if (reply.status === 401 || reply.status === 403) needsKey.value = true;
  throw new ApiError(reply.status, json);
}

/** Reads a route. @throws ApiError */
export const read = <T>(path: string): Promise<T> => call<T>("GET", path);

/** A reply that is loading, there, or failed; the last one stays while another is loaded. */
type Loaded<T> = {
  readonly value: T | undefined;
  readonly error: string | undefined;
  readonly isLoading: boolean;
  readonly reload: () => void;
};

/**
 * The reply of a route, loaded when `path` changes and after a login; `undefined` loads nothing.
 *
 * @param everyMs  Loads again after so long; 0 for never.
 */
export function useRoute<T>(path: string | undefined, everyMs = 0): Loaded<T> {
  const [state, setState] = useState<{ path?: string; value?: T; error?: string }>({});
  const [turn, setTurn] = useState(0);
  const login = logins.value;
  useEffect(() => {
    if (path === undefined) return;
    let isGone = false;
    const load = () =>
      read<T>(path).then(
        (value) => !isGone && setState({ path, value }),
        (cause: unknown) => {
          const error = cause instanceof Error ? cause.message : String(cause);
          if (!isGone) setState((before) => ({ ...before, path, error }));
        },
      );
    void load();
    const timer = everyMs > 0 ? setInterval(() => document.hidden || load(), everyMs) : undefined;
    return () => ((isGone = true), clearInterval(timer));
  }, [path, everyMs, turn, login]);
  return {
    value: state.value,
    error: state.error,
    isLoading: path !== undefined && state.path !== path,
    reload: () => setTurn((it) => it + 1),
  };
}

/** A path with query parameters; those that are `undefined` or "" are left out. */
export function pathOf(
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>>,
): string {
  const given = Object.entries(query).filter(([, it]) => it !== undefined && it !== "");
  const text = new URLSearchParams(given.map(([name, it]) => [name, String(it)])).toString();
  return text === "" ? path : `${path}?${text}`;
}
