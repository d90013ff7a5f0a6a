/** vidrec as somebody types it: from its sources, in a process of its own. */
import { join } from "node:path";

const MAIN = join(import.meta.dir, "../../src/main.ts");

/** Outcome of a command. */
export type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** Run `vidrec`, or another script, in the folder `cwd` with these settings, and none of the machine's. */
export async function vidrec(
  args: readonly string[],
  cwd: string,
  settings: Readonly<Record<string, string>> = {},
  script = MAIN,
): Promise<Ran> {
  const child = Bun.spawn([process.execPath, script, ...args], {
    cwd,
    env: { HOME: cwd, ...settings },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, out, err };
}
