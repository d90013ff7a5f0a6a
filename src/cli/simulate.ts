/** `vidrec simulate`: made-up viewers use a running vidrec for simulated weeks, and two simpler ways beside it. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApp } from "../app/compose.ts";
import { popularityPolicy, type Policy } from "../benchmarks/simulator/policy.ts";
import { simulationReport } from "../benchmarks/simulator/report.ts";
import { livePolicy, nightlyPolicy, type RunningService } from "../benchmarks/simulator/service-policy.ts"; // prettier-ignore
import { simulate as run, type Simulated } from "../benchmarks/simulator/simulate.ts";
import { worldOf, type World } from "../benchmarks/simulator/world.ts";
import type { Config } from "../config/settings.ts";
import { placeForFile } from "../config/values.ts";
import { postText } from "../text/text.ts";
import type { Command, Context } from "./command.ts";
import { openService } from "./simulated-service.ts";
import { simulationText } from "./simulation-text.ts";

/** Size of a simulation. */
type Size = { readonly seed: number; readonly viewers: number; readonly days: number };

/** The command. */
export const simulate: Command = {
  name: "simulate",
  summary: "made-up viewers use vidrecs of its own for weeks, beside popularity and a daily feed",
  options: [
    { syntax: "--viewers <n>", help: "number of viewers", fallback: 200, limits: { min: 2, max: 100_000, integer: true } }, // prettier-ignore
    { syntax: "--days <n>", help: "number of days", fallback: 14, limits: { min: 2, max: 120, integer: true } }, // prettier-ignore
    { syntax: "--seed <n>", help: "seed of the world, by default SEED", limits: { min: 0, max: 4_294_967_295, integer: true } }, // prettier-ignore
    { syntax: "--json", help: "print JSON" },
    {
      syntax: "--svg <file>",
      help: "draw each day's reward into this file, too",
      parse: placeForFile,
    },
  ],
  run: async (context) => {
    const { config, options, print } = context;
    const { viewers, days, seed = config.SEED } = options as Partial<Size>;
    const rows = simulationReport(await simulated(context, { seed, viewers: viewers!, days: days! }), seed); // prettier-ignore
    print(options["json"] === true ? JSON.stringify(rows, undefined, 2) : simulationText(rows));
    const svg = options["svg"] as string | undefined;
    if (svg !== undefined) {
      const { rewardPicture } = await import("./reward-picture.ts");
      await Bun.write(svg, rewardPicture(rows));
    }
    return 0;
  },
};

/** The policies that ask a vidrec. The first is what the first edition could do: it neither explored nor knew what it had shown. */
const SERVICES: readonly {
  readonly name: string;
  readonly settings: Partial<Config>;
  readonly policy: (service: RunningService) => Policy;
}[] = [
  { name: "daily", settings: { EXPLORE_SHARE: 0 }, policy: (it) => nightlyPolicy("daily feed", it, false) }, // prettier-ignore
  { name: "nightly", settings: {}, policy: (it) => nightlyPolicy("vidrec, told at night", it, true) }, // prettier-ignore
  { name: "live", settings: {}, policy: livePolicy },
];

/** Runs every policy, each vidrec in a data folder of its own, over loopback and by the simulated clock. */
export async function simulated(
  { config, version, out }: Pick<Context, "config" | "version" | "out">,
  { seed, viewers, days }: Size,
): Promise<Simulated[]> {
  const world = worldOf(seed, days);
  const folder = mkdtempSync(join(tmpdir(), "vidrec-simulate-"));
  const own = (name: string): Config => ({ ...config, CATALOGUE: "own", FLIC_TOKEN: "", DATA_DIR: join(folder, name) }); // prettier-ignore
  const runs: Simulated[] = [];
  const play = async (policy: Policy) => {
    const onDay = (done: number) => out.progress(`${policy.name}: days`, done, days);
    runs.push(await run(policy, { world, seed, viewers, days, onDay }));
  };
  try {
    await encodeAll(own("texts"), version, out, world);
    await play(popularityPolicy());
    for (const { name, settings, policy } of SERVICES) {
      cpSync(join(folder, "texts"), join(folder, name), { recursive: true });
      await using service = openService({ ...own(name), ...settings }, version);
      await play(policy(service));
    }
    return runs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Encodes the world's texts once for all policies. */
async function encodeAll(config: Config, version: string, out: Context["out"], { posts }: World) {
  await using app = openApp(config, version, out);
  const none = { topic: "", slug: "", tags: "" };
  await app.embed(posts.map((it) => postText({ ...it, ...none, summary: it.text })));
}
