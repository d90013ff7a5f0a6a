/** Parsers of settings and command-line options: numbers, addresses, lists, folders. */
import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** A parsed value, or a description of valid ones. */
type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: string };
/** Parses a value as a user typed it. */
export type Parse<T> = (raw: string) => Parsed<T>;

/** A parser made of a function that returns `undefined` for an invalid value. */
export function parser(expected: string, parse: (text: string) => string | undefined) {
  return (raw: string): Parsed<string> => {
    const value = parse(raw.trim());
    return value === undefined ? { ok: false, expected } : { ok: true, value };
  };
}

/** A parser of numbers from `min` to `max`, both included. */
export function number(limits: { min: number; max: number; integer?: boolean }): Parse<number> {
  const { min, max, integer = false } = limits;
  return (raw) => {
    const value = /^-?(?:\d+\.?\d*|\.\d+)$/.test(raw.trim()) ? Number(raw) : Number.NaN;
    if (value >= min && value <= max && (!integer || Number.isInteger(value)))
      return { ok: true, value };
    return { ok: false, expected: `${integer ? "an integer" : "a number"} from ${min} to ${max}` };
  };
}

/** A parser of whole numbers from `min` to `max`, both included. */
export const integer = (min: number, max: number) => number({ min, max, integer: true });

/** Parses any text that is not empty. */
export const filled = parser("a text that is not empty", (text) => text || undefined);

/** Parses any text. */
export const anyText = parser("a text", (text) => text);

/** Parses a time of day. */
export const clockTime = parser("a time of day as HH:MM", (text) =>
  /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? text : undefined,
);

/** Parses text that an HTTP header can carry. */
export const headerText = parser("plain ASCII, without line breaks", (text) =>
  /^[\x20-\x7e]*$/.test(text) ? text : undefined,
);

/** Parses a web address; slashes at its end are removed. */
export const httpUrl = parser("an http or https URL without query", (text) => {
  const url = URL.parse(text);
  const isPlain = url !== null && url.search === "" && url.hash === "";
  return isPlain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, "") : undefined;
});

/** Parses an address to listen on; IPv6 with or without brackets. */
export const listenAddress = parser(
  "an IP address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1, or localhost",
  (text) => {
    if (text.toLowerCase() === "localhost") return "localhost";
    return ipOf(text.replace(/^\[(.*)\]$/, "$1"));
  },
);

/** True if only this machine can reach an address, spelled as by `listenAddress` or `hostName`. */
export function isLoopback(address: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1|::ffff:7f..:[\da-f]{1,4})$/.test(address);
}

/** Parses origins, separated by commas, into the form that browsers send. */
export const origins = parser(
  "origins separated by commas, such as https://app.example.com,http://localhost:3000",
  (text) => eachOf(text, originOf),
);

/** Parses host names, separated by commas, into the form of a Host header. */
export const hostNames = parser(
  "host names or IP addresses separated by commas, without scheme and port, such as feed.example.com",
  (text) => eachOf(text, hostName),
);

/** Largest weight of a signal, in units of one rating of the best quantile. */
const WEIGHT_MAX = 10;

/** Parses signals with their weights, separated by commas. */
export const weights = parser(
  `kinds with weights from -${WEIGHT_MAX} to ${WEIGHT_MAX}, such as purchase:1.5,boring:-1, each once; a kind is 1 to 32 of a-z, 0-9 and _, the first a letter`,
  (text) => {
    const list = eachOf(text, weightOf);
    const names = list?.split(",").map((it) => it.split(":")[0]);
    return new Set(names).size === names?.length ? list : undefined;
  },
);

/** The weights in a list as `weights` parses it, by name. */
export function weightsIn(list: string): Readonly<Record<string, number>> {
  const entries = list === "" ? [] : list.split(",").map((it) => it.split(":"));
  return Object.fromEntries(entries.map(([name, weight]) => [name, Number(weight)]));
}

/** A name and its weight in plain digits; `undefined` for a name that every object has. */
function weightOf(text: string): string | undefined {
  const [, name = "", digits] =
    /^([a-z][a-z\d_]{0,31})\s*:\s*([-+]?(?:\d+\.?\d*|\.\d+))$/.exec(text) ?? [];
  const weight = Number(digits);
  return !(name in {}) && Math.abs(weight) <= WEIGHT_MAX ? `${name}:${weight}` : undefined;
}

/** A parser of some of `names`, separated by commas. */
export function someOf(names: readonly string[]) {
  return parser(`some of ${names.join(", ")}, separated by commas`, (text) =>
    eachOf(text, (it) => (names.includes(it) ? it : undefined)),
  );
}

/** Largest seed: 32 bits. */
const SEED_MAX = 4_294_967_295;

/** Parses seeds, separated by commas. */
export const seeds = parser(`integers from 0 to ${SEED_MAX}, separated by commas`, (text) =>
  eachOf(text, (it) => (/^\d+$/.test(it) && Number(it) <= SEED_MAX ? `${Number(it)}` : undefined)),
);

/** A parser of one of `names`, in any case. */
export function oneOf(names: readonly string[]) {
  return parser(`one of ${names.join(", ")}`, (text) =>
    names.find((it) => it.toLowerCase() === text.toLowerCase()),
  );
}

/** Parses the path of an existing folder. */
export const folder = parser("a folder that exists", (text) => (isFolder(text) ? text : undefined));

/** Parses the path of a folder that exists or can be made. */
export const placeForFolder = parser("a folder, or a path where one can be made", (text) => {
  if (text === "") return undefined;
  let existing = resolve(text);
  while (!existsSync(existing)) existing = dirname(existing);
  return isFolder(existing) ? text : undefined;
});

/** Parses the path of a file in an existing folder. */
export const placeForFile = parser("a path of a file, in a folder that exists", (text) =>
  text !== "" && isFolder(dirname(resolve(text))) && !isFolder(text) ? text : undefined,
);

/** A parser of a sentence encoder: `embedded`, a folder, or a name on the hub. */
export function encoderModel(embedded: string) {
  const expected = `${embedded}, a folder that exists, or the name of a model on the hub as owner/name`;
  return parser(expected, (text) => {
    const isHubName = /^\w[\w.-]*\/[\w.-]+$/.test(text);
    return text === embedded || isHubName || isFolder(text) ? text : undefined;
  });
}

/** A host name in lower case without a final dot, or an IP address; `undefined` if `text` is neither. */
export function hostName(text: string): string | undefined {
  const name = text.toLowerCase().replace(/\.$/, "");
  const isName = /^[a-z\d_](?:[a-z\d_-]*[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]*[a-z\d_])?)*$/;
  return ipOf(name.replace(/^\[(.*:.*)\]$/, "$1")) ?? (isName.test(name) ? name : undefined);
}

/** An IP address as URLs spell it, without the brackets of IPv6: `0:0::1` becomes `::1`. */
function ipOf(text: string): string | undefined {
  if (/^[\da-f.]*:[\da-f:.]*$/i.test(text))
    return URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1);
  return /^[\d.]+$/.test(text) && URL.parse(`http://${text}/`)?.hostname === text
    ? text
    : undefined;
}

/** True for the path of a folder that exists. */
export function isFolder(path: string): boolean {
  return path !== "" && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** A list with every entry parsed; `undefined` if one is invalid. */
function eachOf(list: string, parse: (entry: string) => string | undefined): string | undefined {
  const entries = list.split(",").map((it) => parse(it.trim()));
  return entries.includes(undefined) ? undefined : entries.join(",");
}

/** An origin without a final slash. Apps have schemes of their own, which URLs call "null" origins. */
function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/\s?#@*]+\/?$/i.test(text) || url === null) return undefined;
  return url.origin === "null" ? text.replace(/\/$/, "") : url.origin;
}
