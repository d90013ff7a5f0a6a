/** Metrics for Prometheus. The only importer of prom-client. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Readiness } from "../feed/readiness.ts";
import type { Outcome } from "./access.ts";
import { countAnswers } from "./answered.ts";

/** Metrics of one server. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Creates the metrics in a registry of their own: two servers of one process share none. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: "vidrec_http_request_duration_seconds",
    help: "Requests answered, by method, route and status",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const counter = <Label extends string>(name: string, help: string, label: Label) =>
    new Counter({ name: `vidrec_${name}`, help, labelNames: [label], registers });
  const fallbacks = counter("feed_fallbacks_total", "Pages of feeds with a fallback, by its name", "fallback"); // prettier-ignore
  const access = counter("http_access_total", "Requests to routes that need a key, by what came of the check", "outcome"); // prettier-ignore
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `vidrec_${name}`, help, registers });
  const snapshotAge = gauge("snapshot_age_seconds", "Age of the snapshot that serves, NaN if none");
  const syncAge = gauge("sync_age_seconds", "Since the last complete sync, NaN if none");
  const backlog = gauge("encoder_backlog", "Texts that have no embedding yet");
  const degraded = gauge("degraded", "How many things do not work at the moment");
  const unreadable = new Gauge({
    name: "vidrec_unreadable_rows",
    help: "Rows of the last sync that could not be read, or not wholly, by endpoint and reason",
    labelNames: ["endpoint", "reason"],
    registers,
  });
  const heldBack = gauge(
    "held_back_rows",
    "Stored rows that upstream no longer sends, too many to be believed",
  );
  const memory = gauge("resident_memory_bytes", "Memory of the process");

  const answered = countAnswers();

  return {
    contentType: registry.contentType,
    /** Counts an answered request. */
    observe(method: string, route: string, status: number, seconds: number): void {
      requests.observe({ method, route, status }, seconds);
      answered.add(route, status, seconds);
    },
    /** Counts a check of a request's key. */
    count: (outcome: Outcome): void => access.inc({ outcome }),
    /** Counts the fallbacks of a page. */
    fellBack(on: readonly string[]): void {
      for (const fallback of on) {
        fallbacks.inc({ fallback });
        answered.fellBack(fallback);
      }
    },
    /** Facts about the answer. */
    answered: answered.read,
    /** All metrics in Prometheus' text format. */
    async expose(readiness: Readiness): Promise<string> {
      snapshotAge.set(readiness.snapshot?.ageSeconds ?? Number.NaN);
      syncAge.set(readiness.syncAgeSeconds ?? Number.NaN);
      backlog.set(readiness.encoder.backlog);
      degraded.set(readiness.degraded.length);
      unreadable.reset();
      for (const { endpoint, reason, rows } of readiness.unreadable)
        unreadable.set({ endpoint, reason }, rows);
      heldBack.set(readiness.heldBackRows);
      memory.set(process.memoryUsage.rss());
      return registry.metrics();
    },
  };
}
