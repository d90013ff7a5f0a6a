/** A new service in memory that is sent rows by HTTP. */
import { serving } from "./http.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { pushInto } from "./push.ts";
import { fakeService } from "./service.ts";

export const JSON_TYPE = { "content-type": "application/json" };
export const NDJSON_TYPE = { "content-type": "application/x-ndjson" };

/** `send` posts a body, or a value as JSON; `ask` sends none. */
export function pushing(store = openStore(":memory:")) {
  const { get } = serving({ ...fakeService(), push: pushInto(store) });
  const ask = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await get(path, { method, ...init });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  const send = (
    path: string,
    body: unknown,
    headers: Record<string, string> = JSON_TYPE,
    method = "POST",
  ) => {
    const isBody = body instanceof ReadableStream || body instanceof Uint8Array || typeof body === "string"; // prettier-ignore
    return ask(method, path, { headers, body: isBody ? (body as string) : JSON.stringify(body) });
  };
  const patch = (path: string, body: unknown) => send(path, body, JSON_TYPE, "PATCH");
  return { send, patch, ask };
}
