/** Named moods, each with the sentence that is encoded for it. */

/** All named moods; `name` is the value of a request's `mood`. */
export const MOODS = [
  {
    name: "motivated",
    label: "Motivated",
    sentence: "Push harder, chase your goals and never give up.",
  },
  { name: "calm", label: "Calm", sentence: "Slow breathing, quiet and a peaceful mind." },
  {
    name: "happy",
    label: "Happy",
    sentence: "Joy and laughter: kindness, play and happy moments with the people you love.",
  },
  { name: "sad", label: "Sad", sentence: "Comfort for a heavy heart, grief and hard days." },
  {
    name: "anxious",
    label: "Anxious",
    sentence: "Calming worry, stress and a racing mind, step by step.",
  },
  {
    name: "tired",
    label: "Tired",
    sentence: "Rest, sleep and recovering from exhaustion and burnout.",
  },
  { name: "stuck", label: "Stuck", sentence: "Feeling stuck: one small step to begin again." },
  {
    name: "lonely",
    label: "Lonely",
    sentence: "Friendship, belonging and reaching out to other people.",
  },
  {
    name: "confident",
    label: "Confident",
    sentence: "Believing in yourself, courage and speaking up.",
  },
  {
    name: "focused",
    label: "Focused",
    sentence: "Deep work, discipline and concentration without distraction.",
  },
  {
    name: "grateful",
    label: "Grateful",
    sentence: "Gratitude, kindness and appreciating what you have.",
  },
  {
    name: "curious",
    label: "Curious",
    sentence: "Learning something new, wonder and surprising ideas.",
  },
  {
    name: "energetic",
    label: "Energetic",
    sentence: "High energy workout, moving your body, music and drive.",
  },
] as const satisfies readonly Mood[];

/** A named mood. */
export type Mood = { readonly name: string; readonly label: string; readonly sentence: string };
