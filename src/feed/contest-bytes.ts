/** Contests for reserved slots as bytes in the token of their list, so that another process ranks the same list. */
import type { Vocabulary } from "../linalg/vocabulary.ts";
import { UNKNOWN_ROW, type Contest } from "../ranking/exploration/contest.ts";

/** Steps of a chance in two bytes. */
const STEPS = 2 ** 16 - 1;
/** Bit of a slot's byte: a new post has won it. */
const WON = 128;
/** Bytes of a contest: its slot in the window, the incumbent's chance, the number of losers. */
const HEAD_BYTES = 5;
const KEY_BYTES = 6;
/** Further bytes of one that was won: the post's key, its chance, whether its creator is new. */
const WINNER_BYTES = KEY_BYTES + 3;
/** Bytes of a loser: its place in the list, which is shorter than its key, and its chance. */
const LOSER_BYTES = 4;
/** Places from here on, which no page reaches, have no room in their bytes. */
const PLACES_END = 2 ** 16;

/** The length of windows, then each contest; none for none. */
export function contestBytes(contests: readonly Contest[], postKeys: Float64Array): Buffer {
  if (contests.length === 0) return Buffer.alloc(0);
  const { first, last } = contests[0]!;
  return Buffer.concat([Buffer.of(last - first + 1), ...contests.map((it) => oneAsBytes(it, postKeys))]); // prettier-ignore
}

function oneAsBytes(contest: Contest, postKeys: Float64Array): Buffer {
  const { first, last, slot, rows, places, winner, isByNewCreator } = contest;
  const [chances, row] = [contest.chances(), rows[winner]];
  // One that the list does not have moves no post, won or lost.
  const losers = places
    .map((place, n) => ({ place, n }))
    .filter(({ place, n }) => n !== winner && place >= 0 && place < PLACES_END);
  const start = HEAD_BYTES + (row === undefined ? 0 : WINNER_BYTES);
  const bytes = Buffer.alloc(start + losers.length * LOSER_BYTES);
  const writeChance = (n: number, at: number) =>
    bytes.writeUInt16BE(Math.round(chances[n]! * STEPS), at);
  bytes.writeUInt8(first / (last - first + 1));
  bytes.writeUInt8((slot - first) | (row === undefined ? 0 : WON), 1);
  writeChance(rows.length, 2);
  bytes.writeUInt8(losers.length, 4);
  if (row !== undefined) {
    bytes.writeUIntBE(postKeys[row]!, HEAD_BYTES, KEY_BYTES);
    writeChance(winner, HEAD_BYTES + KEY_BYTES);
    bytes.writeUInt8(Number(isByNewCreator[winner]), HEAD_BYTES + KEY_BYTES + 2);
  }
  for (const [k, { place, n }] of losers.entries()) {
    bytes.writeUInt16BE(place, start + k * LOSER_BYTES);
    writeChance(n, start + k * LOSER_BYTES + 2);
  }
  return bytes;
}

/** Reads {@link contestBytes}; malformed bytes give any contests. */
export function contestsFrom(bytes: Buffer, rowOf: Vocabulary["rowOf"]): readonly Contest[] {
  const window = bytes[0] ?? 0;
  const chanceAt = (at: number) => bytes.readUInt16BE(at) / STEPS;
  const contests: Contest[] = [];
  for (let at = 1; at + HEAD_BYTES <= bytes.length && window > 1;) {
    const [first, slot] = [bytes.readUInt8(at) * window, bytes.readUInt8(at + 1)];
    const [incumbent, losers] = [chanceAt(at + 2), bytes.readUInt8(at + 4)];
    const isWon = (slot & WON) !== 0;
    const [winnerAt, losersAt] = [at + HEAD_BYTES, at + HEAD_BYTES + (isWon ? WINNER_BYTES : 0)];
    at = losersAt + losers * LOSER_BYTES;
    const place = slot % WON;
    if (at > bytes.length || place >= window || (contests.at(-1)?.first ?? -1) >= first)
      return contests;
    const [rows, isByNewCreator, places, chances] = [[], [], [], []] as [number[], boolean[], number[], number[]]; // prettier-ignore
    for (let n = 0; n < losers; n++) {
      rows.push(UNKNOWN_ROW);
      isByNewCreator.push(false);
      places.push(bytes.readUInt16BE(losersAt + n * LOSER_BYTES));
      chances.push(chanceAt(losersAt + n * LOSER_BYTES + 2));
    }
    const row = isWon ? rowOf(bytes.readUIntBE(winnerAt, KEY_BYTES)) : undefined;
    if (row !== undefined) {
      rows.push(row);
      isByNewCreator.push(bytes.readUInt8(winnerAt + KEY_BYTES + 2) === 1);
      places.push(-1);
      chances.push(chanceAt(winnerAt + KEY_BYTES));
    }
    chances.push(incumbent);
    contests.push({
      ...{ first, slot: first + place, last: first + window - 1, rows, isByNewCreator, places },
      ...{ winner: losers, chances: () => Float64Array.from(chances) },
    });
  }
  return contests;
}
