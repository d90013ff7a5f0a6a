/** Demo posts about speaking in front of others. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Public speaking". */
export const publicSpeaking: CategoryMaterial = {
  id: 5,
  name: "Public speaking",
  description: "Toasts, talks, meetings and microphones.",
  themes: [
    {
      name: "Stage fright",
      tone: "warm",
      formats: ["talk", "interview"],
      threads: ["speaker", "shy"],
      keywords: ["stage fright", "nerves", "speech anxiety", "audience", "confidence"],
      audience: "people whose hands shake at a microphone",
      places: [
        "in the wings of a small theatre",
        "in a church vestry",
        "on a folding chair backstage",
      ],
      context: [
        "Actors, teachers and one auctioneer admit that it never went away.",
        "Adrenaline gets treated as fuel that was delivered to the wrong address.",
        "Anyone who has gone blank in front of a class will recognise the silence it describes.",
      ],
      posts: {
        "I threw up before every concert for nine years":
          "A cellist describes his nerves without any vanity, and the season in which they suddenly became bearable.",
        "What the audience really sees":
          "Hands that feel like an earthquake look, on film, like nothing at all.",
        "Going blank, and what to do in second three":
          "An empty head is not the end of a speech: take a sip, look at the clock, repeat your last sentence.",
        "Nervous is excited without the breath": "Same heartbeat, same hands, different caption.",
        "Find your one friendly face":
          "Row two, left of the aisle: how one nodding stranger can carry a whole speech.",
        "The night before a big speech":
          "Put the clothes out and read it through once; after that, practising only makes it worse.",
      },
    },
    {
      name: "Voice and presence",
      tone: "practical",
      formats: ["guided", "handsOn"],
      threads: ["speaker"],
      keywords: ["voice training", "diction", "projection", "pauses", "body language"],
      audience: "teachers, presenters and podcasters",
      places: ["in a rehearsal room", "in a tiled stairwell", "beside an upright piano"],
      context: [
        "Exercises come from drama school and need a closed door.",
        "You will feel silly, which is listed as one of the benefits.",
        "Before and after recordings let you hear the difference.",
      ],
      posts: {
        "A five-minute warm-up for your speaking voice":
          "It starts with humming, goes on to sirens and tongue twisters, and ends with a yawn you're allowed to enjoy.",
        "The pause is your loudest word":
          "Count to two after the important sentence and watch people look up.",
        "Speak from the belt, not the throat": "Where loud comes from when it doesn't hurt.",
        "What to do with your hands":
          "Pockets, podium, fig leaf: the usual hiding places, and one resting position that works.",
        "Mumblers' gym":
          "Consonants as weights: a workout for people who are asked “sorry?” too often.",
        "Slow down without sounding sleepy": "Speed isn't the problem; missing full stops are.",
        "Record yourself once a week":
          "The first playback is horrible, the fourth is interesting, the tenth is useful.",
      },
    },
    {
      name: "Stories on stage",
      tone: "playful",
      formats: ["talk", "explainer"],
      threads: ["speaker", "maker"],
      keywords: ["storytelling", "opening line", "structure", "humour", "anecdote"],
      audience: "anyone who has to open a conference or close a wedding",
      places: ["at an open-mic night", "on a pub stool", "under one bare bulb"],
      context: [
        "The advice is given inside stories, so it shows what it preaches.",
        "You'll want to tell somebody the one about the goose.",
        "Change is the test: if nobody is different at the end, it was only a list of events.",
      ],
      posts: {
        "Start in the middle of the trouble":
          "Cut the weather, the date and the thank-yous; open with the goose already in the car.",
        "Three acts in ninety seconds":
          "Someone wants something, something is in the way, somebody changes: proved with a lost sandwich.",
        "How to be funny when you are not":
          "Surprise plus truth plus timing, and the golden rule of never announcing a joke.",
        "The story only you can tell":
          "Digging through an ordinary week for the small moment worth a stage.",
        "Last lines":
          "Endings that land, endings that limp, and one that made two hundred plumbers cry.",
        "Steal this speech shape":
          "Problem, detour, discovery, invitation: a skeleton that fits nearly every toast.",
      },
    },
    {
      name: "Slides and talks at work",
      tone: "practical",
      formats: ["handsOn", "talk"],
      threads: ["speaker", "desk", "founder"],
      keywords: ["presentation", "slides", "pitch", "data charts", "meeting"],
      audience: "people who present at work",
      places: ["in a glass meeting room", "next to a wheezing projector", "at a standing desk"],
      context: [
        "Real decks from real meetings are repaired on screen.",
        "One number a slide is the house rule.",
        "Most of the advice comes down to caring about people in the back row.",
      ],
      posts: {
        "Delete half of your slides":
          "A forty-slide deck goes on a diet until only the argument is left.",
        "Say the headline first":
          "Busy rooms want the answer on slide one and the reasons afterwards.",
        "One chart, one sentence": "If you can't write under it what it means, it isn't ready.",
        "Presenting to people who outrank you":
          "They interrupt because they are interested; plan for it and leave room.",
        "When the projector dies": "Two talks that got better the moment the technology gave up.",
        "The pitch that fits in a lift ride":
          "Who it is for, what hurts, what you do about it: four floors are enough.",
      },
    },
    {
      name: "Ten-day speaking challenge",
      tone: "driven",
      formats: ["talk", "diary"],
      threads: ["speaker", "discipline"],
      keywords: ["speaking challenge", "daily practice", "camera", "impromptu", "progress"],
      audience: "people who learn by doing it daily",
      places: ["against a white wall", "in the car on a lunch break", "in the kitchen at six"],
      context: [
        "The deal is one minute a day, posted before you can watch it back.",
        "Thousands of viewers have filmed along with it.",
        "Nothing gets deleted: that is what makes the last day worth seeing.",
      ],
      isSeries: true,
      posts: {
        "Speaking challenge, day 1: say your name":
          "Name, town, and why you are doing this, in one breathless take.",
        "Speaking challenge, day 2: one object":
          "Pick up whatever is nearest and talk about it for sixty seconds; a stapler gets its moment.",
        "Speaking challenge, day 4: no filler words":
          "Every “um” costs a push-up, which is why this one runs to three minutes.",
        "Speaking challenge, day 5: disagree politely":
          "Pick a harmless hill, such as pineapple, and defend it.",
        "Speaking challenge, day 7: explain it to a child":
          "How a fridge works, without a single word of jargon.",
        "Speaking challenge, day 8: a stranger as audience":
          "The camera goes outside, and so does the pulse.",
        "Speaking challenge, day 10: watch day one again":
          "Both videos run next to each other, and what has changed most are the shoulders.",
      },
    },
    {
      name: "Speaking up for quiet people",
      tone: "warm",
      formats: ["talk", "voiceOver"],
      threads: ["shy", "speaker"],
      keywords: ["introverts", "small talk", "speaking up", "shyness", "groups"],
      audience: "quiet people in loud groups",
      places: ["in the corner of a café", "on a bench outside a party", "in a quiet reading room"],
      context: [
        "Being quiet isn't treated as something to be cured.",
        "The tips are small enough to use tonight.",
        "It was written by someone who used to rehearse ordering pizza.",
      ],
      posts: {
        "Say something in the first five minutes":
          "The longer you wait the bigger the first sentence gets, so spend a small one early.",
        "Small talk for people who want big talk":
          "Three questions that skip the weather without scaring anyone.",
        "How to enter a group of people already talking":
          "Stand at the gap, laugh when they laugh, and wait for the breath.",
        "Quiet people make excellent hosts":
          "Listening, remembering and refilling glasses turn out to be stagecraft.",
        "Raising your hand, a short history of mine":
          "At school she never spoke; years later a question of hers from the back row stopped a bad decision.",
        "You can leave at nine": "Permission to go early makes it easier to come at all.",
      },
    },
  ],
};
