/** Listening to a route that sends server-sent events. */
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, call, logins, pathOf } from "./api.ts";

/** State of a stream. */
export type StreamState = "connecting" | "open" | "lost";

/** Time after which a stream that was refused is asked for again, milliseconds. */
const AGAIN_MS = 5_000;
/** Time after which a page that nobody sees stops listening, milliseconds: browsers have six connections to a host for all pages. */
const HIDDEN_MS = 30_000;

/**
 * Calls `onEvent` with the data of each event of a route. After a lost connection, and a time in which nobody saw
 * the page, it goes on after the last event, where the events have ids and the route takes one as `after`.
 *
 * @param path  `undefined` listens to nothing.
 * @param types  Types of events that are listened to; constant.
 */
export function useStream<T>(
  path: string | undefined,
  onEvent: (data: T, type: string) => void,
  types: readonly string[],
): StreamState {
  const [state, setState] = useState<StreamState>("connecting");
  const [turn, setTurn] = useState(0);
  const again = () => setTurn((it) => it + 1);
  const newest = useRef(onEvent);
  newest.current = onEvent;
  const lastId = useRef<string | undefined>(undefined);
  const login = logins.value;
  useEffect(() => {
    if (path === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const source = new EventSource(pathOf(path, { after: lastId.current }));
    source.onopen = () => setState("open");
    for (const type of types)
      source.addEventListener(type, ({ data, lastEventId }: MessageEvent<string>) => {
        lastId.current = lastEventId;
        newest.current(JSON.parse(data) as T, type);
      });
    source.onerror = () => {
      setState("lost");
      // After a lost connection the browser comes back by itself; after a refusal it does not.
      if (source.readyState === EventSource.CLOSED)
        void isKeyMissing(path).then((it) => it || (timer = setTimeout(again, AGAIN_MS)));
    };
    const seen = () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(() => source.close(), HIDDEN_MS);
      else if (source.readyState === EventSource.CLOSED) again();
    };
    document.addEventListener("visibilitychange", seen);
    return () => {
      document.removeEventListener("visibilitychange", seen);
      clearTimeout(timer);
      source.close();
    };
  }, [path, turn, login]);
  return state;
}

/** Asks why a stream was refused: true if a key is missing, which is then asked for; a login starts it again. */
async function isKeyMissing(path: string): Promise<boolean> {
  const cause = await call("HEAD", path).catch((cause: unknown) => cause);
  return cause instanceof ApiError && [401, 403].includes(cause.status);
}
