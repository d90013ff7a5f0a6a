/** Listening to a route that sends server-sent events. */
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, call, logins } from "./api.ts";

/** State of a stream. */
export type StreamState = "connecting" | "open" | "lost";

/** Time after which a stream that was refused is asked for again, milliseconds. */
const AGAIN_MS = 5_000;

/**
 * Calls `onEvent` with the data of each event of a route, also after a lost connection.
 *
 * @param path  `undefined` listens to nothing.
 * @param types  Types of events that are listened to; constant.
 */
export function useStream<T>(
  path: string | undefined,
  onEvent: (data: T, type: string) => void,
  types: readonly string[] = ["message"],
): StreamState {
  const [state, setState] = useState<StreamState>("connecting");
  const [turn, setTurn] = useState(0);
  const newest = useRef(onEvent);
  newest.current = onEvent;
  const login = logins.value;
  useEffect(() => {
    if (path === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => void (timer = setTimeout(() => setTurn((it) => it + 1), AGAIN_MS));
    const source = new EventSource(path);
    source.onopen = () => setState("open");
    for (const type of types)
      source.addEventListener(type, ({ data }: MessageEvent<string>) =>
        newest.current(JSON.parse(data) as T, type),
      );
    source.onerror = () => {
      setState("lost");
      // After a lost connection the browser comes back by itself; after a refusal it does not.
      if (source.readyState === EventSource.CLOSED) void reasonOf(path).then((it) => it.isKey || again()); // prettier-ignore
    };
    return () => (source.close(), clearTimeout(timer));
  }, [path, turn, login]);
  return state;
}

/** Asks why a stream was refused, and for a key where one is missing: a login starts it again. */
async function reasonOf(path: string): Promise<{ readonly isKey: boolean }> {
  const cause = await call("HEAD", path).catch((cause: unknown) => cause);
  return { isKey: cause instanceof ApiError && [401, 403].includes(cause.status) };
}
