/** Texts that are no numbers, and no URLs of a server. */

/** No whole numbers. */
export const NO_INTEGERS = [
  "x",
  "-1",
  "1.5",
  "0x10",
  "1e2",
  "Infinity",
  "NaN",
  "9 9",
  "99999999999",
];

/** No URLs of a server. */
export const NO_URLS = [
  "nowhere",
  "ftp://a.example",
  "api.example.com",
  "http://",
  "http://a?b",
  "http://a#b",
];
