/** The doctor's checks, one at a time. */
import { pathsOf } from "../../src/app/paths.ts";
import type { Check, Finding } from "../../src/cli/checks/finding.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { TOKEN } from "./socialverse.ts";
import { noon } from "./upstream.ts";

/** Findings of a check with these settings and its data in `folder`; on day 3 if not told. */
export function findings(
  check: Check,
  folder: string,
  env: Readonly<Record<string, string>> = {},
  nowMs = noon(3),
): Promise<readonly Finding[]> {
  const api = { FLIC_TOKEN: TOKEN, RESONANCE_ALGORITHM: "any" };
  const config = parseConfig({ ...api, DATA_DIR: folder, ...env });
  return check.run({ config, paths: pathsOf(config), nowMs });
}

/** The findings as lines: verdict and message. */
export async function look(...asked: Parameters<typeof findings>): Promise<string[]> {
  return (await findings(...asked)).map((it) => `${it.verdict} ${it.message}`);
}
