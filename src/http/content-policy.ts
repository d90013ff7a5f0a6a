/** Content policy of the pages: what each of them loads, and nothing else. */

/** Sources of a page that loads the files of its own service. */
export const OWN_FILES = ["style-src 'self'", "img-src 'self' data:", "connect-src 'self'"];

/** `Content-Security-Policy` of a page that may load from `sources`. */
export const contentPolicy = (...sources: readonly string[]): string =>
  [
    "default-src 'none'",
    ...sources,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
