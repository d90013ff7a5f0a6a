/** `vidrec doctor`: checks the installation and says how to fix each problem. */
import { pathsOf } from "../app/paths.ts";
import { dataFolder, temporaryFolder } from "./checks/disk.ts";
import { encoder } from "./checks/encoder.ts";
import { fail, type Check, type CheckInputs, type Finding } from "./checks/finding.ts";
import { settings } from "./checks/settings.ts";
import { snapshot } from "./checks/snapshot.ts";
import { lock, store } from "./checks/store.ts";
import { upstream } from "./checks/upstream.ts";
import type { Command } from "./command.ts";
import { oneLine } from "./printable.ts";

/** All checks, in report order: a check comes after those it depends on. */
const CHECKS: readonly Check[] = [
  settings,
  dataFolder,
  temporaryFolder,
  lock,
  store,
  snapshot,
  upstream,
  encoder,
];

export const doctor: Command = {
  name: "doctor",
  summary: "check settings, disk, store, snapshot, upstream and encoder, and say what to do",
  run: async ({ config, print }) => {
    const inputs = { config, paths: pathsOf(config), nowMs: Date.now() };
    let failed = false;
    for (const check of CHECKS)
      for (const { verdict, part, message } of await findingsOf(check, inputs)) {
        print(`${verdict.padEnd(4)}  ${part.padEnd(8)}  ${oneLine(message)}`);
        failed ||= verdict === "fail";
      }
    return failed ? 1 : 0;
  },
};

async function findingsOf({ part, run }: Check, inputs: CheckInputs): Promise<readonly Finding[]> {
  try {
    return await run(inputs);
  } catch (cause) {
    return [fail(part, cause instanceof Error ? cause.message : String(cause))];
  }
}
