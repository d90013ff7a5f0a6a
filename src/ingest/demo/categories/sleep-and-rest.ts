/** Demo posts about sleeping, resting and stopping in time. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Sleep & rest". */
export const sleepAndRest: CategoryMaterial = {
  id: 17,
  name: "Sleep & rest",
  description: "Permission to lie down.",
  themes: [
    {
      name: "Falling asleep",
      tone: "calm",
      formats: ["guided", "voiceOver"],
      threads: ["slow"],
      keywords: ["falling asleep", "insomnia", "bedtime routine", "relaxation", "sleep hygiene"],
      audience: "people awake at one in the morning",
      places: ["in a dim bedroom", "under a skylight", "by the light of one candle"],
      context: [
        "The screen goes dark after the first minute, so you can put the phone away.",
        "If you miss the ending, that is the idea.",
        "The reader has the voice of someone who has all night.",
      ],
      posts: {
        "Let the bed hold you":
          "From the heels to the back of the head, one heavy part after another.",
        "The most boring story in the world":
          "A man sorts screws by size in a shop where nothing else occurs.",
        "Counting backwards by sevens":
          "Just hard enough to keep worries out, and dull enough to lose by ninety-three.",
        "Awake at three":
          "Company for the wakeful hour: no clock, no advice, a kettle somewhere far off.",
        "A bedtime for grown-ups":
          "Same hour, low lamp, three dull steps: the toddler's evening, borrowed back.",
        "Put the day down":
          "Name three things that were done, one that can wait, and turn off the light.",
      },
    },
    {
      name: "Broken nights",
      tone: "warm",
      formats: ["talk", "diary"],
      threads: ["parent"],
      keywords: ["baby sleep", "new parents", "night feeds", "tired parents", "toddler bedtime"],
      audience: "parents of small people who don't sleep",
      places: ["in a nursing chair at three", "on a landing", "under a blanket fort"],
      context: [
        "It contains no method, and no promise that yours will sleep through by Sunday.",
        "You can follow it with one eye open and the sound off, thanks to large subtitles.",
        "Grandparents say that they had forgotten; parents say thank you.",
      ],
      posts: {
        "To whoever is up with the baby right now":
          "It's ten past three, the street is dark, and there are more lit windows than you think.",
        "Sleep when the baby sleeps, and other jokes":
          "What really helped: one shift each, earplugs, and lower standards for socks.",
        "Forty bedtimes in two minutes":
          "A father filmed forty evenings of putting his toddler to bed, and the excuses for one more story get better and better.",
        "How we split the night":
          "Nine to two is hers, two to seven is mine, and nobody is a hero.",
        "The day we both cried in the car park":
          "Tiredness as the third adult in the house, and the neighbour who took the pram for an hour.",
        "Naps are not lazy":
          "A shift worker and a new mother defend twenty minutes on any flat surface.",
      },
    },
    {
      name: "Recovery days",
      tone: "practical",
      formats: ["explainer", "talk"],
      threads: ["runner", "strength"],
      keywords: ["recovery", "rest day", "sore muscles", "overtraining", "sleep and sport"],
      audience: "people who find days off harder than training",
      places: ["on a foam mat", "at a physio's table", "beside an ice-cold stream"],
      context: [
        "Training breaks you down a little; lying on the sofa is when you're rebuilt.",
        "It's aimed at the sort of person who counts a rest day as a defeat.",
        "Sleep comes out as the cheapest performance aid there is.",
      ],
      posts: {
        "The rest day is part of the plan":
          "Four weeks of training drawn as stairs, with the landings coloured in.",
        "Sore or injured?":
          "Both sides or one, warm or sharp, better or worse after ten minutes: a check you can do on the stairs.",
        "Legs up, phone down":
          "A quarter of an hour on the floor after a long run, with nothing to achieve.",
        "I trained every day until I couldn't":
          "An amateur rower on eleven months of tiredness that she took for laziness.",
        "Sleep like it's your job":
          "Nine hours before race week, and the unglamorous things that make it possible.",
        "Foam rolling without the grimace":
          "It doesn't have to hurt: slow rolling at a bearable pressure, two minutes for each leg.",
      },
    },
    {
      name: "Rest without guilt",
      tone: "calm",
      formats: ["talk", "poem"],
      threads: ["slow", "comeback"],
      keywords: ["rest", "guilt", "doing nothing", "weekend", "slowing down"],
      audience: "people who feel lazy when they sit",
      places: ["in a hammock", "on an unmade bed", "in a rowing boat going nowhere"],
      context: [
        "Fields lie fallow, and nobody calls them lazy.",
        "It was published on a Monday morning on purpose.",
        "The tempo alone makes the case.",
      ],
      posts: {
        "The weekend is not a second job":
          "A to-do list is read aloud and then, item by item, let go.",
        "Lie on the grass": "An instruction for adults, in three short verses.",
        "You don't have to earn the bath":
          "Where the idea comes from that rest is a reward, and why it tires people out.",
        "A day with nothing in it":
          "From late breakfast to early bed, without a plan, a purchase or a photograph.",
        "Cats, an appreciation": "Eighteen hours of sleep a day and not one apology.",
        "Sunday without a list":
          "Two months of leaving one day blank, and the restlessness that came before the quiet.",
      },
    },
    {
      name: "Night owls",
      tone: "playful",
      formats: ["explainer", "diary"],
      threads: ["student", "discipline"],
      keywords: [
        "night owl",
        "chronotype",
        "all-nighter",
        "sleep and learning",
        "morning lectures",
      ],
      audience: "students who come alive at midnight",
      places: [
        "at a vending machine at two",
        "on a campus after dark",
        "under a duvet with a laptop",
      ],
      context: [
        "It takes the side of the owls while being rude about all-nighters.",
        "Two sleep researchers argue and neither of them is a morning person.",
        "The sleepy experiments were done on willing flatmates.",
      ],
      posts: {
        "Don't pull the all-nighter":
          "Two flatmates learned for the same test, one slept before it, and the gap between them was a whole grade.",
        "Your brain files while you sleep":
          "Vocabulary at ten in the evening, dreams at three, and the words are still there at breakfast.",
        "Owl in a lark's timetable":
          "How to survive eight o'clock lectures when your mornings begin at eleven.",
        "Moving bedtime by fifteen minutes":
          "A fortnight of small shifts, light at breakfast and grumbling throughout.",
        "Coffee has a long tail":
          "Half of the four o'clock cup is still awake at ten, and so are you.",
        "The power nap, timed": "Twenty minutes is a gift, fifty is a swamp.",
      },
    },
    {
      name: "Burnout",
      tone: "frank",
      formats: ["interview", "talk"],
      threads: ["comeback", "desk"],
      keywords: ["burnout", "exhaustion", "overwork", "recovery", "workload"],
      audience: "people who are running on fumes",
      places: ["in a garden on sick leave", "in a stairwell at work", "on a ferry"],
      context: [
        "Yoga at lunch doesn't cure a job for two done by one.",
        "Recovery takes months in every account, never a long weekend.",
        "Those who speak all missed the same early signs.",
      ],
      posts: {
        "I cried at the photocopier":
          "It wasn't about the paper jam, as her colleague understood at once.",
        "The signs I read as ambition":
          "She answered mail late at night, stopped eating lunch, and was proud of both.",
        "Six weeks on the sofa": "What doing nothing looks like when you can't do anything else.",
        "Coming back at half speed":
          "After burnout she returned for four hours a day, and it took two attempts until her boss understood what that meant.",
        "Ask who gets your energy":
          "Twelve names on a page, a plus or a minus beside each, and some awkward findings.",
        "Nobody puts “answered mail at midnight” on a gravestone":
          "A priest who burned out himself talks about limits without any incense.",
      },
    },
  ],
};
