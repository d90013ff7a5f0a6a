/**
 * The signals that this program knows: the built-in ones, and those that settings have added to the store.
 *
 * Opening a store fills the list, so that every thread that reads events knows their kinds.
 */
import type { Signal } from "./signal.ts";
import { SIGNALS, type BuiltIn } from "./signals.ts";

/** Name of a signal that a setting adds. */
type AddedName = string & { readonly added: never };

/** The name of a signal; stored rows and columns have its code instead. */
export type SignalName = BuiltIn | AddedName;

/** A signal that a setting adds, or the weight that it gives a built-in one. */
export type AddedSignal = { readonly code: number; readonly name: string; readonly weight: number };

/** Weights by the name of a signal; a missing one is 0. */
export type Weights = Readonly<Record<string, number>>;

/** The smallest code of added signals. Codes are bytes. */
export const ADDED_FROM = 128;
/** The largest code of added signals. */
export const ADDED_UNTIL = 255;

const BUILT_IN = Object.entries(SIGNALS) as [BuiltIn, Signal][];

let byName: ReadonlyMap<string, Signal>;
let byCode: readonly (SignalName | undefined)[];
let accepted: ReadonlySet<string>;
knowSignals([]);

/**
 * Makes this thread know the added signals of a store in place of those it knew.
 *
 * @param offered  Names of the added signals that new events may have; by default all.
 */
export function knowSignals(
  added: readonly AddedSignal[],
  offered: readonly string[] = added.map((it) => it.name),
): void {
  const weights = new Map(added.map((it) => [it.name, it.weight]));
  const weighed = BUILT_IN.map(([name, signal]): [string, Signal] => {
    const weight = weights.get(name) ?? signal.strength.weight;
    return [name, { ...signal, strength: { ...signal.strength, weight } }];
  });
  const further = added
    .filter((it) => !Object.hasOwn(SIGNALS, it.name))
    .map((it): [string, Signal] => [it.name, signalFrom(it)]);
  byName = new Map([...weighed, ...further]);
  const codes: (SignalName | undefined)[] = [];
  for (const [name, { code }] of byName) codes[code] = name as SignalName;
  byCode = codes;
  accepted = new Set([...Object.keys(SIGNALS), ...offered.filter((it) => weights.has(it))]);
}

/** An added signal: one above 0 says that the post was watched and liked, one below that it was seen and disliked. */
function signalFrom({ code, name, weight }: AddedSignal): Signal {
  return {
    code,
    value: { unit: "none" },
    repeats: "lasts",
    strength: { weight, by: "presence", isDeliberate: true },
    isSeen: true,
    isPopular: weight > 0,
    isStep: weight > 0,
    steers: undefined,
    words: name.replaceAll("_", " "),
    socialverse: undefined,
  };
}

/** The signal of a name. */
export function signalOf(name: SignalName): Signal {
  return byName.get(name)!;
}

/** The name of the signal with a code; `undefined` for a code of a newer version. */
export function signalNamed(code: number): SignalName | undefined {
  return byCode[code];
}

/** The signal with a code; `undefined` for a code of a newer version. */
export function signalCoded(code: number): Signal | undefined {
  const name = byCode[code];
  return name && byName.get(name);
}

/** True for names that new events may have. */
export function isSignal(name: string): name is SignalName {
  return accepted.has(name);
}

/** The names that new events may have, in the order of their codes. */
export function signalNames(): SignalName[] {
  return byCode.filter((name) => name !== undefined && accepted.has(name)) as SignalName[];
}

/** The present weight of every signal. */
export function signalWeights(): Weights {
  const entries = byName.entries().map(([name, { strength }]) => [name, strength.weight] as const);
  return Object.fromEntries(entries);
}

/** The weights of the built-in signals where no setting gives them others. */
export function builtInWeights(): Weights {
  return Object.fromEntries(BUILT_IN.map(([name, { strength }]) => [name, strength.weight]));
}

/** Codes of the signals that say nothing about a person: no history holds them. */
export function ignoredCodes(): number[] {
  const ignored = byName.values().filter((it) => !it.isSeen && it.strength.weight === 0);
  return [...ignored.map((it) => it.code)];
}

/** True if whoever did an event of this code has seen the post; also for codes of a newer version. */
export function isSeenCode(code: number): boolean {
  return signalCoded(code)?.isSeen ?? true;
}
