/** A service that is killed in the middle of a run: its next start says that the run was interrupted. */
import { afterAll, expect, test } from "bun:test";
import { join, resolve } from "node:path";
import { openYard, startServe, until, type Serving } from "../support/program.ts";
import { tinyModel } from "../support/served.ts";

const MAIN = resolve(import.meta.dir, "../../src/main.ts");
const yard = openYard();
afterAll(() => yard[Symbol.dispose]());

type Run = {
  readonly id: number;
  readonly state: string;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly log: readonly { readonly at: string; readonly text: string }[];
};
const read = async <T>({ get }: Serving, path: string) => (await (await get(path)).json()) as T;

test("a killed run has ended at its last sign of life by the next start, and what was asked for before the kill is done then", async () => {
  const home = yard.home("killed-run");
  const ENCODER_MODEL = await tinyModel(join(yard.root, "tiny"));
  const serve = () => startServe([process.execPath, MAIN], home, { CATALOGUE: "demo", ENCODER_MODEL, ENCODER_THREADS: "1" }); // prettier-ignore
  const first = await serve();
  // A quick one, or one that learns nothing, may end before it is killed; one that fits goes on for seconds.
  const { id } = await until(async () => {
    const { runs } = await read<{ runs: Run[] }>(first, "/runs?kind=learn");
    const newest = runs.find((it) => it.state === "running");
    const run = newest && (await read<Run>(first, `/runs/${newest.id}`));
    return run?.log.some(({ text }) => text.startsWith("fitting")) ? run : undefined;
  });
  const headers = { "content-type": "application/json" };
  await first.get("/learn", { method: "POST", headers });
  const [asked] = (await read<{ runs: Run[] }>(first, "/runs?kind=learn")).runs;
  expect(asked!.state).toBe("waiting");
  first.signal("SIGKILL");
  const killedAtMs = Date.now();
  await first.exitCode;
  const next = await serve();
  const killed = await until(async () => {
    const it = await read<Run>(next, `/runs/${id}`);
    return it.state === "interrupted" ? it : undefined;
  });
  expect(killed.ended_at! >= killed.log.at(-1)!.at).toBe(true);
  expect(Date.parse(killed.ended_at!)).toBeLessThanOrEqual(killedAtMs);
  await until(async () =>
    (await read<Run>(next, `/runs/${asked!.id}`)).state === "waiting" ? undefined : true,
  );
  await next.stop();
}, 300_000);
