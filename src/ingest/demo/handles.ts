/** Usernames and bios of the demo's accounts; none is a real person's name. */

/** First halves of a username. */
export const HANDLE_STARTS = [
  ..."amber brisk cobalt dusty early foggy gentle humble inky jolly".split(" "),
  ..."lucky mossy nimble odd paper quiet rainy silver tidy wandering".split(" "),
];

/** Second halves of a username. */
export const HANDLE_ENDINGS = [
  ..."acorn anchor badger bicycle button candle comet ferry heron kettle".split(" "),
  ..."lantern marble otter pebble radio saucer spoon thimble umbrella willow".split(" "),
];

/** Usernames that break programs: only digits, other scripts, combining marks, names equal but for case. */
export const ODD_HANDLES = [
  "20417",
  "7",
  "300",
  "904112",
  "8800",
  "frühaufsteher",
  "café-crème",
  "ночной-чтец",
  "夜更かし",
  "ñandú-feliz",
  "İnce-çay",
  "šedý-vlk",
  "꽃-길",
  "قهوة-الصباح",
  "Quiet-Kettle",
  "quiet-kettle",
  "x",
  "name with spaces",
];

/** The threads, and a bio for each. */
export const BIOS = {
  runner: "Up early, out along the river. Training for a first marathon.",
  trail: "Happiest above the tree line with wet shoes.",
  strength: "Lifting heavy things and putting them down again.",
  discipline: "Five in the morning is a decision.",
  student: "Revising. Always revising. Finals in spring.",
  language: "Learning my fourth language, badly and happily.",
  speaker: "Used to shake at microphones, now runs a speaking club.",
  shy: "Mostly here to read along.",
  desk: "Office by day, stiff neck by evening.",
  founder: "Building a very small company in a very small room.",
  thrift: "Fewer things, more evenings.",
  maker: "Ink on the fingers, glue on the table.",
  cook: "Feeds people.",
  slow: "Tea, rain, long walks.",
  parent: "Two small children, one cold coffee.",
  kindness: "Volunteer on Saturdays, collects good news.",
  comeback: "Second attempt at nearly everything.",
  lateStarter: "Took up the cello at fifty-six.",
};

/** Every thread. */
export const THREADS = Object.keys(BIOS) as (keyof typeof BIOS)[];
