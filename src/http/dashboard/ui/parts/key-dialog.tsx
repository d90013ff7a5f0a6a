/** Dialog that asks for an admin key, where the service is not open to this browser. */
import { useEffect, useRef, useState } from "preact/hooks";
import { call, logins, needsKey } from "../api.ts";

export function KeyDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [key, setKey] = useState("");
  const [error, setError] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await call("POST", "/dashboard/session", { key });
      needsKey.value = false;
      logins.value++;
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    }
  };
  return (
    <dialog ref={dialog} aria-labelledby="key-title" onClose={() => (needsKey.value = false)}>
      <form onSubmit={submit}>
        <h2 id="key-title">This needs an admin key</h2>
        <p>
          Make one with <code>vidrec keys add --scope admin --name dashboard</code>. It stays in
          this browser until it is closed, for twelve hours at most.
        </p>
        <label>
          Key
          <input
            type="password"
            autocomplete="off"
            value={key}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </label>
        {error !== "" && (
          <p class="error" role="alert">
            {error}
          </p>
        )}
        <button type="submit">Open</button>
      </form>
    </dialog>
  );
}
