/** URLs without their credentials, so that they can be shown and stored. */
import { unescape } from "node:querystring";

/**
 * A base URL without user, password, query and fragment. For text that is no web address, what
 * follows the last "@" without query and fragment.
 */
export function withoutCredentials(url: string): string {
  const found = URL.parse(url.trim());
  if (found === null || !/^https?:$/.test(found.protocol))
    return url.slice(url.lastIndexOf("@") + 1).replace(/[?#].*/s, "");
  return `${found.origin}${found.pathname}`.replace(/\/+$/, "");
}

/** A link without user and password. Its query stays, since the link may need it. */
export function withoutUserInfo(link: string): string {
  return link.replace(/^(\s*(?:[a-z][a-z\d+.-]*:[\\/]*|[\\/]{2,}))[^\\/?#]*@/i, "$1");
}

/** The `Authorization` header for the user and password in `url`; `undefined` without any. */
export function basicAuthorization(url: string): string | undefined {
  const { username = "", password = "" } = URL.parse(url) ?? {};
  if (username === "" && password === "") return undefined;
  const pair = `${unescape(username)}:${unescape(password)}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}
