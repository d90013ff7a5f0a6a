/** Faults of the stand-in upstream, as switches. */
import type { Dataset, ListName } from "./rows.ts";

/** Timing of a fault. */
type Timing = {
  /** Only requests to this endpoint count; all of them if absent. */
  readonly on?: ListName;
  /** Number of such requests that pass before it strikes; 0 if absent. */
  readonly after?: number;
  /** Number of times that it strikes; until healed if absent. */
  readonly times?: number;
  /** Milliseconds that it strikes, from its first strike on; until healed if absent. */
  readonly forMs?: number;
};

/** Faults that are answered in their own way. */
export type FaultyAnswer =
  /** An error reply; `retryAfter` is sent as it is. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfter?: string }
  /** The first half of the JSON, in a reply that is whole as HTTP. */
  | { readonly kind: "cut" }
  /** The first half of the JSON, then the connection breaks. */
  | { readonly kind: "drop" }
  | { readonly kind: "html" }
  /** A page without rows, wherever it was asked for. */
  | { readonly kind: "empty" }
  /** Any other JSON. */
  | { readonly kind: "json"; readonly body: unknown }
  | { readonly kind: "redirect"; readonly to: string };

/** One fault, and when it strikes. */
export type Fault = Timing &
  (
    | FaultyAnswer
    | { readonly kind: "latency"; readonly ms: number }
    /** Data changes just before the request is answered: rows shift between pages. */
    | { readonly kind: "edit"; readonly edit: (data: Dataset) => void }
  );

/** Faults that are switched on, with what is left of each. */
export class FaultBoard {
  #armed: { fault: Fault; toPass: number; left: number; endsAtMs: number | undefined }[] = [];

  /** Switch a fault on. */
  add(fault: Fault): void {
    const { after = 0, times = Infinity } = fault;
    this.#armed.push({ fault, toPass: after, left: times, endsAtMs: undefined });
  }

  /** Switch everything off. */
  heal(): void {
    this.#armed = [];
  }

  /** The faults that strike this request. */
  strike(list: ListName, nowMs: number): Fault[] {
    return this.#armed.flatMap((it) => {
      const { on, forMs = Infinity } = it.fault;
      if ((on !== undefined && on !== list) || it.left === 0 || it.toPass-- > 0) return [];
      it.endsAtMs ??= nowMs + forMs;
      if (nowMs >= it.endsAtMs) return [];
      it.left--;
      return [it.fault];
    });
  }
}

/** A JSON reply. */
export function jsonReply(body: unknown, status = 200): Response {
  return Response.json(body, { status });
}

/** The reply that `fault` makes of the `honest` one. */
export function faultyReply(fault: FaultyAnswer, honest: () => Record<string, unknown>): Response {
  const headers = { "content-type": "application/json" };
  switch (fault.kind) {
    case "status": {
      const retryAfter = fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter };
      return new Response("<h1>something went wrong</h1>", {
        status: fault.status,
        headers: { "content-type": "text/html", ...retryAfter },
      });
    }
    case "cut":
      return new Response(half(honest()), { headers });
    case "drop":
      return new Response(thenBreak(half(honest())), { headers });
    case "html":
      return new Response("<!doctype html><title>Maintenance</title>", {
        headers: { "content-type": "text/html" },
      });
    case "empty":
      return jsonReply(withoutRows(honest()));
    case "json":
      return jsonReply(fault.body);
    case "redirect":
      return new Response(null, { status: 302, headers: { location: fault.to } });
  }
}

function half(body: unknown): string {
  const text = JSON.stringify(body);
  return text.slice(0, Math.ceil(text.length / 2));
}

/** A body whose connection breaks after `text`. */
function thenBreak(text: string): ReadableStream {
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.error(undefined);
    },
  });
}

function withoutRows(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (Array.isArray(value)) return [key, []];
      return [key, key === "page_size" ? 0 : value];
    }),
  );
}
