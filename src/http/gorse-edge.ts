/** The edge of `/api`: errors as text, and reads that write. */

const PROBLEM_TYPE = "application/problem+json";

/** True for paths of Gorse's REST. */
export function isGorse(path: string): boolean {
  return path === "/api" || path.startsWith("/api/");
}

/** True for a request that has feedback written back, whatever its method. */
export function writesBack(url: URL): boolean {
  return isGorse(url.pathname) && url.searchParams.has("write-back-type");
}

/**
 * A reply to a request for `url`: a problem under `/api` as the line of text that
 * clients of Gorse read, invalid parameters as 400.
 */
export async function inGorsesShape(url: URL | null, response: Response): Promise<Response> {
  if (url === null || !isGorse(url.pathname)) return response;
  if (response.headers.get("content-type") !== PROBLEM_TYPE) return response;
  const { detail } = (await response.json()) as { readonly detail: string };
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  headers.set("content-type", "text/plain; charset=utf-8");
  return new Response(detail, { headers, status: response.status === 422 ? 400 : response.status });
}
