/** Contests for reserved slots as bytes in the token of their list, so that another process ranks the same list. */
import type { Vocabulary } from "../linalg/vocabulary.ts";
import type { Contest } from "../ranking/exploration/contest.ts";

/** Steps of a chance in two bytes. */
const STEPS = 2 ** 16 - 1;
/** Bit of a slot's byte: a new post has won it. */
const WON = 128;
/** Bytes of a contest: its slot in the window, the chance of the incumbent. */
const LEAST = 3;
/** Further bytes of one that was won: the post's key, its chance, whether its creator is new. */
const KEY = 6;
const WINNER = KEY + 3;

/** The length of windows, then each contest; none for none. */
export function contestBytes(contests: readonly Contest[], postKeys: Float64Array): Buffer {
  if (contests.length === 0) return Buffer.alloc(0);
  const { first, last } = contests[0]!;
  return Buffer.concat([Buffer.of(last - first + 1), ...contests.map((it) => oneAsBytes(it, postKeys))]); // prettier-ignore
}

function oneAsBytes(contest: Contest, postKeys: Float64Array): Buffer {
  const { first, last, slot, rows, winner, isByNewCreator } = contest;
  const [chances, row] = [contest.chances(), rows[winner]];
  const bytes = Buffer.alloc(1 + LEAST + (row === undefined ? 0 : WINNER));
  bytes.writeUInt8(first / (last - first + 1));
  bytes.writeUInt8((slot - first) | (row === undefined ? 0 : WON), 1);
  bytes.writeUInt16BE(Math.round(chances[rows.length]! * STEPS), 2);
  if (row === undefined) return bytes;
  bytes.writeUIntBE(postKeys[row]!, 4, KEY);
  bytes.writeUInt16BE(Math.round(chances[winner]! * STEPS), 4 + KEY);
  bytes.writeUInt8(Number(isByNewCreator[winner]), 6 + KEY);
  return bytes;
}

/** The contests of {@link contestBytes}; of other bytes any. Losers are not told. */
export function contestsFrom(bytes: Buffer, rowOf: Vocabulary["rowOf"]): readonly Contest[] {
  const window = bytes[0] ?? 0;
  const contests: Contest[] = [];
  for (let at = 1; at + LEAST < bytes.length && window > 1;) {
    const first = bytes.readUInt8(at) * window;
    const slot = bytes.readUInt8(at + 1);
    const chances = [bytes.readUInt16BE(at + 2) / STEPS];
    at += 1 + LEAST;
    const isWon = (slot & WON) !== 0 && at + WINNER <= bytes.length;
    const row = isWon ? rowOf(bytes.readUIntBE(at, KEY)) : undefined;
    const isByNewCreator = isWon ? [bytes.readUInt8(at + KEY + 2) === 1] : [];
    if (row !== undefined) chances.unshift(bytes.readUInt16BE(at + KEY) / STEPS);
    if (isWon) at += WINNER;
    const place = slot % WON;
    if (place >= window || (contests.at(-1)?.first ?? -1) >= first) return contests;
    contests.push({
      ...{ first, slot: first + place, last: first + window - 1, isByNewCreator },
      ...{ rows: row === undefined ? [] : [row], places: row === undefined ? [] : [-1], winner: 0 },
      chances: () => Float64Array.from(chances),
    });
  }
  return contests;
}
