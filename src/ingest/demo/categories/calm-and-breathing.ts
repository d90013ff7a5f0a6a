/** Demo posts about breath, stillness and getting through tense moments. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Calm & breathing". */
export const calmAndBreathing: CategoryMaterial = {
  id: 8,
  name: "Calm & breathing",
  description: "A slower minute, whenever you need one.",
  themes: [
    {
      name: "Breathing patterns",
      tone: "calm",
      formats: ["guided"],
      threads: ["slow", "speaker"],
      keywords: [
        "breathing exercise",
        "box breathing",
        "long exhale",
        "calm down",
        "nervous system",
      ],
      audience: "anyone whose shoulders are near their ears",
      places: ["on a pebble beach", "in a bare white room", "at an open window"],
      context: [
        "A circle grows and shrinks on the screen to breathe along with.",
        "The out-breath is longer than the in-breath, which is most of the secret.",
        "If it feels uncomfortable you're told to stop and breathe as you like.",
      ],
      posts: {
        "Box breathing, four rounds":
          "A square draws itself while you breathe in, hold, breathe out and hold again, four seconds on every side.",
        "Make the exhale longer":
          "You breathe in for three counts and out for six, and watch your pulse slow down on the screen.",
        "The sigh that resets you":
          "Two sips of air through the nose, one long sigh, repeated until the jaw lets go.",
        "Breathing for the last traffic light before home":
          "Six breaths at a red light, so that the office stays in the car.",
        "Hum your breath out":
          "With your lips closed you hum one low note on the out-breath, until your chest buzzes like a cat.",
        "Five fingers, five breaths":
          "Trace your hand with a fingertip, up on the in-breath, down on the out: good for small children and large ones.",
      },
    },
    {
      name: "Nerves in the body",
      tone: "practical",
      formats: ["guided", "explainer"],
      threads: ["speaker", "student", "shy"],
      keywords: ["nervousness", "racing heart", "grounding", "before a speech", "before an exam"],
      audience: "people with an exam, a speech or an interview today",
      places: ["in a corridor outside an exam hall", "in a lift", "in a parked car"],
      context: [
        "Short enough for the toilets before you're called in.",
        "It explains what adrenaline is up to, so that it stops being a mystery.",
        "Nothing in it needs you to lie down or close your eyes.",
      ],
      posts: {
        "Sixty seconds before you walk in":
          "Feet, breath, shoulders, first sentence: a checklist to do with your hand on the door.",
        "Five things you can see":
          "The grounding count from five down to one, done once with you at normal speed.",
        "Cold hands, hot face":
          "Why blood moves about when you are nervous, and how a warm mug moves it back.",
        "Calm nerves before an exam":
          "Press your palms together, breathe out slowly, read the whole paper once before you write.",
        "Shake it out": "Antelopes do it after the lion has gone; thirty seconds, knees loose.",
        "When your heart races in a meeting":
          "Three invisible things to do under the table while somebody else is talking.",
      },
    },
    {
      name: "Meditation from zero",
      tone: "calm",
      formats: ["guided", "voiceOver"],
      threads: ["slow", "discipline"],
      keywords: ["meditation", "beginner meditation", "sitting", "attention", "mindfulness"],
      audience: "people who think they can't meditate",
      places: ["on a kitchen chair", "on a cushion by the radiator", "at the end of a bed"],
      context: [
        "Six sittings, each a minute longer than the one before.",
        "Wandering off isn't failing; coming back is the exercise.",
        "The voice leaves long gaps and trusts you with them.",
      ],
      isSeries: true,
      posts: {
        "Meditation from zero (1): sit, that's all":
          "A chair, two feet on the floor, one minute, no technique whatever.",
        "Meditation from zero (2): follow one breath":
          "Choose a single breath and see it through from start to finish, then choose another.",
        "Meditation from zero (3): the mind wanders":
          "Shopping lists turn up on schedule, get a nod, and are left on the shelf.",
        "Meditation from zero (4): sounds":
          "Fridge, traffic, a neighbour's radio: listening without deciding which of them is noise.",
        "Meditation from zero (5): an itch":
          "What happens to an itch that nobody scratches is more interesting than it sounds.",
        "Meditation from zero (6): alone with the bell":
          "Six minutes, one bell at each end, nobody talking.",
      },
    },
    {
      name: "Two-minute resets",
      tone: "practical",
      formats: ["guided", "talk"],
      threads: ["desk", "parent"],
      keywords: ["micro break", "stress relief", "reset", "pause at work", "tension"],
      audience: "people with no time for this",
      places: ["at a desk between calls", "in a pantry with the door shut", "on the back step"],
      context: [
        "Two minutes by the clock, introduction included.",
        "It assumes that someone will call your name in a moment.",
        "Tested on nurses, waiters and a father of twins.",
      ],
      posts: {
        "A reset between two meetings":
          "Look out of the window at the furthest thing, drop your tongue from the roof of your mouth, start again.",
        "Hide in the pantry":
          "Official permission to stand among the tins until you can be nice again.",
        Unclench: "Jaw, fists, belly, toes: a tour of the places where the day is being stored.",
        "Wash your hands slowly":
          "You have to wash your hands anyway, so this time feel the warm water for twenty seconds.",
        "Close the tabs in your head":
          "Say out loud the seven things you're holding, put them on paper, go back to one.",
        "Step outside for two minutes":
          "Leave the phone inside and report to nobody what the sky is doing.",
      },
    },
    {
      name: "Hot moments",
      tone: "frank",
      formats: ["talk", "explainer"],
      threads: ["parent", "kindness"],
      keywords: ["anger", "patience", "conflict", "self-control", "losing your temper"],
      audience: "people with short fuses and people who live with them",
      places: ["in a hallway full of shoes", "on a garden wall", "at a kitchen sink"],
      context: [
        "Anger gets a fair hearing: it usually guards something.",
        "No one in it is proud of the story being told.",
        "The useful part is what to do in the four seconds before you speak.",
      ],
      posts: {
        "I shouted again, and then?":
          "Repair is a skill: how to go back in, what to say, and what to leave out.",
        "The email you didn't send":
          "Write it in full fury, walk round the block, and read it as the person who would have got it.",
        "Count the exits, not to ten":
          "Counting only delays things; leaving the room for a glass of water changes them.",
        "What is under the anger":
          "Draw the iceberg: anger is the part you see, and below the waterline there's nearly always hunger, fear or tiredness.",
        "Patience runs out at about half past five":
          "There's one hour of the day in which most families quarrel, and low blood sugar has a lot to do with it.",
        "Sorry, said properly": "Four parts, none of which is the word “but”.",
      },
    },
    {
      name: "Rain, tea and silence",
      tone: "calm",
      formats: ["voiceOver", "poem"],
      threads: ["slow", "thrift"],
      keywords: ["stillness", "slow living", "ambient sound", "tea", "quiet"],
      audience: "people who want it to be quiet for once",
      places: ["under a tin roof", "beside a mountain stream", "in a tea house"],
      context: [
        "It contains almost nothing, which is what it is for.",
        "Long shots, natural sound, a sentence now and then.",
        "Leave it running while you do one thing at a time.",
      ],
      posts: {
        "Eleven minutes of rain on a roof":
          "No voice at all until the last minute, and then only goodnight.",
        "Making one pot of tea":
          "It takes as long as it takes for the water to boil and the leaves to sink, and nothing else happens.",
        "Snow falling past a street lamp":
          "The camera doesn't move for nine minutes, and you can hear how quiet a town gets when nobody can drive.",
        "The sound of a house at three in the afternoon":
          "Clock, radiator, a page turning: an inventory of ordinary peace.",
        "A short poem about doing nothing":
          "Nineteen lines on an afternoon that was wasted thoroughly and well.",
        "Watch this bread rise":
          "Two hours squeezed into four minutes, and still the slowest thing you'll see today.",
      },
    },
  ],
};
