/** Readings of settings and options that are more than a number: addresses, lists, folders. */
import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** A value that was read, or what it should have been. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: string };
/** Reads a value as somebody typed it. */
export type Parse<T> = (raw: string) => Parsed<T>;

/** Makes a reading of a function that returns `undefined` where the value is not as `expected`. */
export function reading(expected: string, read: (text: string) => string | undefined) {
  return (raw: string): Parsed<string> => {
    const value = read(raw.trim());
    return value === undefined ? { ok: false, expected } : { ok: true, value };
  };
}

/** Any text but none. */
export const filled = reading("a text that is not empty", (text) => text || undefined);

/** What an HTTP header can carry as it is. */
export const headerText = reading("plain ASCII, without line breaks", (text) =>
  /^[\x20-\x7e]*$/.test(text) ? text : undefined,
);

/** A web address, without a slash at the end. */
export const httpUrl = reading("an http or https URL without query", (text) => {
  const url = URL.parse(text);
  const isPlain = url !== null && url.search === "" && url.hash === "";
  return isPlain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, "") : undefined;
});

/** An address of this machine to listen on; IPv6 in brackets or not. */
export const listenAddress = reading(
  "an IP address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1, or localhost",
  (text) => {
    if (text.toLowerCase() === "localhost") return "localhost";
    return ipOf(text.replace(/^\[(.*)\]$/, "$1"));
  },
);

/** True for an address, as `listenAddress` and `hostName` spell it, that only this machine can reach. */
export function isLoopback(address: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1|::ffff:7f..:[\da-f]{1,4})$/.test(address);
}

/** Origins, separated by commas, as browsers send them. */
export const origins = reading(
  "origins separated by commas, such as https://app.example.com,http://localhost:3000",
  (text) => eachOf(text, originOf),
);

/** Names that a Host header may carry, separated by commas. */
export const hostNames = reading(
  "host names or IP addresses separated by commas, without scheme and port, such as feed.example.com",
  (text) => eachOf(text, hostName),
);

/** Some of `names`, separated by commas. */
export function someOf(names: readonly string[]) {
  return reading(`some of ${names.join(", ")}, separated by commas`, (text) =>
    eachOf(text, (it) => (names.includes(it) ? it : undefined)),
  );
}

/** One of `names`, in any case. */
export function oneOf(names: readonly string[]) {
  return reading(`one of ${names.join(", ")}`, (text) =>
    names.find((it) => it.toLowerCase() === text.toLowerCase()),
  );
}

/** A folder that exists. */
export const folder = reading("a folder that exists", (text) =>
  isFolder(text) ? text : undefined,
);

/** A folder, or a path where one can be made. */
export const placeForFolder = reading("a folder, or a path where one can be made", (text) => {
  if (text === "") return undefined;
  let existing = resolve(text);
  while (!existsSync(existing)) existing = dirname(existing);
  return isFolder(existing) ? text : undefined;
});

/** A path of a file, in a folder that exists. */
export const placeForFile = reading("a path of a file, in a folder that exists", (text) =>
  text !== "" && isFolder(dirname(resolve(text))) && !isFolder(text) ? text : undefined,
);

/** A sentence encoder: `embedded`, a folder, or a name on the hub. */
export function encoderModel(embedded: string) {
  const expected = `${embedded}, a folder that exists, or the name of a model on the hub as owner/name`;
  return reading(expected, (text) => {
    const isHubName = /^\w[\w.-]*\/[\w.-]+$/.test(text);
    return text === embedded || isHubName || isFolder(text) ? text : undefined;
  });
}

/** A host's name in small letters without a dot at its end, or its IP address; IPv6 in brackets or not. */
export function hostName(text: string): string | undefined {
  const name = text.toLowerCase().replace(/\.$/, "");
  const isName = /^[a-z\d_](?:[a-z\d_-]*[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]*[a-z\d_])?)*$/;
  return ipOf(name.replace(/^\[(.*:.*)\]$/, "$1")) ?? (isName.test(name) ? name : undefined);
}

/** An IP address in the one spelling that URLs have, less the brackets of IPv6: `0:0::1` is `::1`. */
function ipOf(text: string): string | undefined {
  if (/^[\da-f.]*:[\da-f:.]*$/i.test(text))
    return URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1);
  return /^[\d.]+$/.test(text) && URL.parse(`http://${text}/`)?.hostname === text
    ? text
    : undefined;
}

function isFolder(path: string): boolean {
  return path !== "" && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** Every entry of a list as `read` gives it; `undefined` if there is none, or one that cannot be read. */
function eachOf(list: string, read: (entry: string) => string | undefined): string | undefined {
  const entries = list.split(",").map((it) => read(it.trim()));
  return entries.includes(undefined) ? undefined : entries.join(",");
}

/** An origin, without the slash that people add to it. Apps have schemes of their own. */
function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/\s?#@*]+\/?$/i.test(text) || url === null) return undefined;
  return url.origin === "null" ? text.replace(/\/$/, "") : url.origin;
}
