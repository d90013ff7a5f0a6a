/** Script and stylesheet of the dashboard: embedded in the compiled program, bundled at the first request elsewhere. */
import { resolve } from "node:path";

/** Texts of the two files. */
type Assets = { readonly script: string; readonly style: string };

/** Set by the build of the compiled program. */
declare const DASHBOARD: Assets | undefined;

let bundled: Promise<Assets> | undefined;

/** The dashboard's files; the same ones on every call. */
export async function dashboardAssets(): Promise<Assets> {
  if (typeof DASHBOARD !== "undefined") return DASHBOARD;
  return (bundled ??= bundleDashboard());
}

/** Bundles the sources in `ui/`. @throws AggregateError if they can't be bundled. */
export async function bundleDashboard(): Promise<Assets> {
  const { outputs } = await Bun.build({
    entrypoints: [resolve(import.meta.dir, "ui/app.tsx")],
    target: "browser",
    minify: true,
    jsx: { runtime: "automatic", importSource: "preact" }, // where there is no tsconfig.json, as in an image
  });
  const textOf = async (extension: string) =>
    (await outputs.find(({ path }) => path.endsWith(extension))?.text()) ?? "";
  return { script: await textOf(".js"), style: await textOf(".css") };
}
