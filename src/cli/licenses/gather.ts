/** Licences of the program's parts, read from the installed packages. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** Fields of package.json that name other packages; optional ones need not be installed. */
const KINDS = [
  "dependencies",
  "optionalDependencies",
  "peerDependencies",
  "peerDependenciesMeta",
] as const;

type Package = {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
  readonly homepage?: string;
} & { readonly [kind in (typeof KINDS)[number]]?: object };
type Found = { readonly folder: string; readonly about: Package };
type Entry = { readonly title: string; readonly text: string };

const PROJECT = resolve(import.meta.dir, "../../..");
const HERE = "src/cli/licenses";
const APACHE = "src/text/model/LICENSE";

/** Parts that come from no package, or whose package lacks the licence text. */
const OTHERS = [
  ["vidrec", "LICENSE"],
  ["Bun, the runtime, with SQLite and all that is linked into it", `${HERE}/bun.txt`],
  ["ONNX Runtime, with what is linked into it", `${HERE}/onnxruntime.txt`],
  ["sentence-transformers/all-MiniLM-L6-v2, the weights", APACHE],
  ["AssemblyScript, whose standard library is part of the kernels", APACHE],
] as const;

const OURS = join(PROJECT, "LICENSE");
/** The terms of the MIT licence, up to the end of the text. */
const MIT = /^Permission is hereby granted, free of charge[^]*/im;

/** All licences as one text. A build macro, since the built program has no packages to read. */
export function gatherLicenses(): string {
  const others = OTHERS.map(([title, path]) => ({ title, text: read(join(PROJECT, path)) }));
  const packages = installed().map(entryOf);
  return [...others, ...packages]
    .map(({ title, text }) => `${"=".repeat(72)}\n${title}\n${"=".repeat(72)}\n\n${text.trim()}\n`)
    .join("\n");
}

/** Installed production dependencies, transitive ones included, by name. */
function installed(): Found[] {
  const found = new Map<string, Package>();
  const add = (folder: string) => {
    if (found.has(folder)) return;
    const about = JSON.parse(read(join(folder, "package.json"))) as Package;
    found.set(folder, about);
    for (const name of KINDS.flatMap((kind) => Object.keys(about[kind] ?? {})))
      for (const needed of foldersOf(name, folder)) add(needed);
  };
  add(PROJECT);
  return [...found]
    .filter(([, about]) => !about.private) // ours
    .map(([folder, about]) => ({ folder, about }))
    .toSorted((a, b) => (a.about.name < b.about.name ? -1 : 1));
}

/** Folder of package `name` as Node finds it from `folder`; none if an optional one is not installed. */
function foldersOf(name: string, folder: string): string[] {
  const candidate = join(folder, "node_modules", name);
  if (existsSync(join(candidate, "package.json"))) return [candidate];
  return folder === PROJECT ? [] : foldersOf(name, dirname(folder));
}

function entryOf({ folder, about }: Found): Entry {
  const { name, version, license = "no licence named", author, homepage } = about;
  const title = `${name} ${version} (${license})`;
  const texts = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile() && isLicense(relative(folder, join(it.parentPath, it.name))))
    .map((it) => join(it.parentPath, it.name))
    .toSorted()
    .map(read);
  const by = typeof author === "string" ? author : author?.name;
  if (texts.length === 0)
    texts.push(`The package holds no text. ${[by, homepage].filter(Boolean).join(", ")}`);
  // MIT's terms must accompany every copy, even if the package only names the licence.
  if (license === "MIT" && !texts.some((it) => MIT.test(it))) texts.push(MIT.exec(read(OURS))![0]);
  return { title, text: texts.join("\n\n") };
}

/** True for licence files, also those of bundled code (`swagger-ui-bundle.js.LICENSE.txt`). */
function isLicense(path: string): boolean {
  return (
    /(?:licen[cs]e|copying|notice)[^/]*$/i.test(path) &&
    !/node_modules|\.(?:[cm]?[jt]s|map)$/.test(path)
  );
}

function read(path: string): string {
  return readFileSync(path, "utf8").replaceAll("\r", "");
}
