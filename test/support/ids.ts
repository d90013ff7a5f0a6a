/** Ids that are allowed, and hard on URLs, JSON and terminals. */
export const ODD_IDS = [
  "7",
  "9007199254740993",
  "00000000-0000-4000-8000-000000000000",
  "at://did:plc:z72i7/app.video/3k",
  "a/b",
  "/",
  "100% sure?",
  "%2F",
  "a+b & c=d#e",
  "\\..\\",
  '"quoted"',
  " padded ",
  "e\u0301",
  "👩‍🚀",
  "x".repeat(128),
  "é".repeat(64),
];
