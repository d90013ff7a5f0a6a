/** `vidrec doctor`: checks the installation and says how to fix each problem. */
import { pathsOf } from "../app/paths.ts";
import { dataFolder, temporaryFolder } from "./checks/disk.ts";
import { encoder } from "./checks/encoder.ts";
import type { Check, Finding, Patient } from "./checks/finding.ts";
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
    const patient = { config, paths: pathsOf(config), nowMs: Date.now() };
    let failed = false;
    for (const check of CHECKS)
      for (const { verdict, about, said } of await lookSafely(check, patient)) {
        print(`${verdict.padEnd(4)}  ${about.padEnd(8)}  ${oneLine(said)}`);
        failed ||= verdict === "fail";
      }
    return failed ? 1 : 0;
  },
};

async function lookSafely({ about, look }: Check, patient: Patient): Promise<readonly Finding[]> {
  try {
    return await look(patient);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    return [{ verdict: "fail", about, said }];
  }
}
