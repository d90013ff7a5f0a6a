/** All categories of the demo catalogue. */
import { calmAndBreathing } from "./categories/calm-and-breathing.ts";
import { familyLife } from "./categories/family-life.ts";
import { fitness } from "./categories/fitness.ts";
import { foodAndEnergy } from "./categories/food-and-energy.ts";
import { friendsAndKindness } from "./categories/friends-and-kindness.ts";
import { languages } from "./categories/languages.ts";
import { makingThings } from "./categories/making-things.ts";
import { mindset } from "./categories/mindset.ts";
import { moneySense } from "./categories/money-sense.ts";
import { outdoors } from "./categories/outdoors.ts";
import { publicSpeaking } from "./categories/public-speaking.ts";
import { sleepAndRest } from "./categories/sleep-and-rest.ts";
import { smallHabits } from "./categories/small-habits.ts";
import { startingAgain } from "./categories/starting-again.ts";
import { studyAndFocus } from "./categories/study-and-focus.ts";
import { workAndCareer } from "./categories/work-and-career.ts";
import type { CategoryMaterial } from "./material.ts";

/** The categories; the order decides ids of creators. */
export const CATEGORIES: readonly CategoryMaterial[] = [
  mindset,
  fitness,
  publicSpeaking,
  studyAndFocus,
  calmAndBreathing,
  workAndCareer,
  moneySense,
  friendsAndKindness,
  makingThings,
  foodAndEnergy,
  sleepAndRest,
  outdoors,
  smallHabits,
  startingAgain,
  familyLife,
  languages,
];
