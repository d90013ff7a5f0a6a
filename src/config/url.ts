/** URLs that may be shown, stored or sent on: without what lets somebody in. */
import { unescape } from "node:querystring";

/**
 * A base URL as it may be shown and stored: without user, password, query and fragment. Of text
 * that is no web address, what follows the last "@".
 */
export function withoutCredentials(url: string): string {
  const found = URL.parse(url.trim());
  if (found === null || !/^https?:$/.test(found.protocol))
    return url.slice(url.lastIndexOf("@") + 1).replace(/[?#].*/s, "");
  return `${found.origin}${found.pathname}`.replace(/\/+$/, "");
}

/** A link without user and password, and otherwise as it is: its query may be what makes it work. */
export function withoutUserInfo(link: string): string {
  return link.replace(/^(\s*(?:[a-z][a-z\d+.-]*:[\\/]*|[\\/]{2,}))[^\\/?#]*@/i, "$1");
}

/** The `Authorization` header that the user and password of `url` stand for; `undefined` without. */
export function basicAuthorization(url: string): string | undefined {
  const { username = "", password = "" } = URL.parse(url) ?? {};
  if (username === "" && password === "") return undefined;
  const pair = `${unescape(username)}:${unescape(password)}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}
