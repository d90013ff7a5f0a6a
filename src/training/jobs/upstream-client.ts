/** The client of a learner's upstream: the API, or the demo inside the program. */
import { demoFetch } from "../../ingest/demo/upstream.ts";
import { openClient, type UpstreamClient } from "../../ingest/socialverse/client.ts";
import type { Upstream } from "./protocol.ts";

/**
 * Opens the client.
 *
 * @param onRetry  Called when a request has failed, and is tried again.
 */
export function upstreamClient(
  upstream: Exclude<Upstream, { kind: "none" }>,
  onRetry: (message: string) => void,
): UpstreamClient {
  return upstream.kind === "api"
    ? openClient({ ...upstream, onRetry })
    : openClient({
        baseUrl: "http://demo.invalid",
        token: "demo",
        resonanceAlgorithm: "demo",
        fetch: demoFetch(),
      });
}
