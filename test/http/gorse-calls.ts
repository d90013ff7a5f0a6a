/** Calls of Gorse's REST on an empty store. */
import { openStore } from "../../src/data/sqlite/open.ts";
import { serving } from "../support/http.ts";
import { gorseInto } from "../support/push.ts";
import { fakeService } from "../support/service.ts";

export const AT = "2024-05-01T12:00:00Z";
export const LATER = "2024-05-02T12:00:00Z";

/** A service on an empty store; `call` sends JSON, and gives the status and what came back. */
export function gorse() {
  const store = openStore(":memory:");
  const { get } = serving({ ...fakeService(), gorse: gorseInto(store) });
  const call = async (method: string, path: string, body?: unknown) => {
    const json = { "content-type": "application/json" };
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: json };
    const response = await get(`/api${path}`, { method, ...sent });
    const isJson = response.headers.get("content-type")!.startsWith("application/json");
    return [response.status, isJson ? await response.json() : await response.text()] as const;
  };
  const feedback = (FeedbackType: string, ItemId = "a", Timestamp = AT, Value = 0) => ({ FeedbackType, UserId: "u", ItemId, Timestamp, Value, Comment: "" }); // prettier-ignore
  const held = async (path = "/user/u/feedback") => (await call("GET", path))[1];
  return { store, get, call, feedback, held };
}

export const DONE = [200, { RowAffected: 1 }] as const;
