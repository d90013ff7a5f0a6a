/** Demo posts about jobs, teams and small firms. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Work & career". */
export const workAndCareer: CategoryMaterial = {
  id: 9,
  name: "Work & career",
  description: "Getting in, getting on, getting out in time for dinner.",
  themes: [
    {
      name: "First job",
      tone: "practical",
      formats: ["talk", "interview"],
      threads: ["student", "shy"],
      keywords: [
        "first job",
        "career start",
        "job interview",
        "apprenticeship",
        "beginner at work",
      ],
      audience: "school leavers, trainees and graduates",
      places: ["in a staff canteen", "outside a factory gate", "at home in a borrowed blazer"],
      context: [
        "All of it is told by people whose own first day is less than three years away.",
        "It's the talk many people wish they had had on the bus that morning.",
        "A list of sentences to borrow comes at the end.",
      ],
      posts: {
        "Your first day is mostly names":
          "Draw yourself a plan of who sits where, and forgive yourself for whatever you've forgotten by lunch.",
        "How to ask a question at work":
          "Say what you tried, where it broke and what you would try next; nobody minds that sort.",
        "Tell me about yourself":
          "The interview question that isn't about your childhood, answered three times in under a minute.",
        "The mistake I made in week two":
          "An order for ten boxes became an order for ten pallets, and owning up took four minutes.",
        "What they don't put in the job advert":
          "Reading between the lines of “dynamic environment”, with a hiring manager who writes them.",
        "A thin CV can still be true":
          "If you think you have nothing to put on it, think again: paper rounds and babysitting are translated into what employers look for.",
        "Thank-you notes still work":
          "Five lines, sent the same evening, with one detail only you could have noticed.",
      },
    },
    {
      name: "Meetings and speaking up",
      tone: "practical",
      formats: ["talk", "explainer"],
      threads: ["shy", "speaker", "desk"],
      keywords: ["meetings", "speaking up at work", "assertiveness", "interruptions", "ideas"],
      audience: "people whose ideas get repeated by someone louder",
      places: ["at a long conference table", "outside meeting room four", "by the coffee machine"],
      context: [
        "Sample sentences are spoken out loud in two versions, timid and plain.",
        "It makes the reasonable point that most meetings are bad for everybody.",
        "Bosses are advised to watch it before their staff do.",
      ],
      posts: {
        "When somebody interrupts you":
          "“I'd like to finish this thought”: said calmly, practised five times, works.",
        "Say no without a novel":
          "One reason is plenty, three sound like an invitation to bargain.",
        "The idea you had and he said": "Credit can be taken back with a smile, and allies help.",
        "Ask for the agenda":
          "A single polite question that cancelled a third of one team's meetings.",
        "Disagreeing with the boss, a field guide":
          "Timing, privacy, and starting from the goal you share.",
        "Silence after the question":
          "If you can bear seven seconds of it, somebody will say what they really think.",
      },
    },
    {
      name: "Working from home",
      tone: "playful",
      formats: ["diary", "talk"],
      threads: ["desk"],
      keywords: ["remote work", "home office", "routine", "video calls", "work-life balance"],
      audience: "people who commute from bed to table",
      places: [
        "at an ironing board turned desk",
        "in a spare room",
        "on the floor beside the router",
      ],
      context: [
        "The cat is credited as co-author.",
        "It was clearly made by someone who has worn pyjamas to a budget review.",
        "Small rituals do the work that a commute used to do.",
      ],
      posts: {
        "Walk to work at home":
          "Out of the front door, round the block, back in by the same door: now you've arrived.",
        "The fake commute":
          "She leaves the house with her bag every morning, walks for ten minutes with a podcast, and comes back to work.",
        "Lunch is not a meeting": "Defending forty minutes against a calendar that hates gaps.",
        "A day in the life of my home office":
          "Nine o'clock is optimistic, three o'clock is toast, five o'clock is a small victory dance.",
        "Camera off, and why that's fine":
          "Being looked at all day is tiring, and here is how to say so to a team.",
        "Close the laptop like a shop":
          "Sweep the desk, write tomorrow's first line, say goodnight to nobody in particular.",
      },
    },
    {
      name: "A tiny firm in a hundred days",
      tone: "driven",
      formats: ["diary", "voiceOver"],
      threads: ["founder", "maker"],
      keywords: [
        "starting a business",
        "self-employment",
        "first customers",
        "side project",
        "startup diary",
      ],
      audience: "people who want to start something small",
      places: ["in a garage full of cardboard", "at a market stall", "on a borrowed workbench"],
      context: [
        "The company repairs folding bikes and, at the outset, has no customers.",
        "Income and hours are shown in the corner, down to the last coin.",
        "There is no big break in the story, only a growing list of phone numbers.",
      ],
      isSeries: true,
      posts: {
        "Tiny firm, day 1: a name and a notebook":
          "Naming a bicycle workshop takes the whole morning, and registering it takes eleven minutes at the town hall.",
        "Tiny firm, day 9: nobody called":
          "Two hundred leaflets have been handed out and the phone stays silent, so the price list is rewritten.",
        "Tiny firm, day 16: the first customer":
          "She brings a squeak, a cake and the best review a workshop could wish for.",
        "Tiny firm, day 31: the sums":
          "The first month's income and costs fit on one page, which ends with a minus and a plan.",
        "Tiny firm, day 48: saying no to a big order":
          "Sixty bikes at a bad price would have filled the room and emptied the account.",
        "Tiny firm, day 77: help":
          "An apprentice on Saturdays, and the fear of being somebody's boss.",
        "Tiny firm, day 100: the books balance":
          "Not rich, not broke, and the squeaky bike from day sixteen rides past the window.",
      },
    },
    {
      name: "Changing careers",
      tone: "warm",
      formats: ["interview", "voiceOver"],
      threads: ["comeback", "lateStarter"],
      keywords: ["career change", "laid off", "retraining", "second career", "purpose"],
      audience: "people who wonder whether it's too late to switch",
      places: ["in a half-empty office", "in a training workshop", "on a regional train"],
      context: [
        "The pay cut gets mentioned, in numbers.",
        "It avoids the word “dream” and talks about Mondays instead.",
        "Each account begins on the last day of the old job.",
      ],
      posts: {
        "From banker to beekeeper, minus the fairy tale":
          "The bees were easy; explaining it at dinner parties took two years.",
        "They cut my job on a Thursday":
          "A printer of thirty years on the box he carried out, and the class he joined the week after.",
        "At forty-four I was the oldest apprentice":
          "Being taught soldering by a nineteen-year-old, and loving it.",
        "How to try a job before you take it":
          "Two days of shadowing told her more than a year of thinking had.",
        "The list of things I'm keeping":
          "An old profession doesn't vanish: what a nurse took along into software testing.",
        "Quit slowly":
          "He retrained on one evening a week for eighteen months, because he wanted to see the new job before he left the old one.",
      },
    },
    {
      name: "Leading a small team",
      tone: "frank",
      formats: ["talk", "interview"],
      threads: ["founder", "kindness"],
      keywords: ["leadership", "feedback", "new manager", "trust", "teamwork"],
      audience: "new managers and whoever has to work for them",
      places: ["in a restaurant kitchen after hours", "on a building site", "in a fire station"],
      context: [
        "A head chef, a site foreman and a fire officer share the stories between them.",
        "The word “boss” comes up less often than “we”.",
        "Mistakes of the person in charge come first.",
      ],
      posts: {
        "Give feedback before it becomes a speech":
          "If you've rehearsed it in the shower you've waited too long: small, early and in private works better.",
        "I was a terrible boss for a year":
          "What an anonymous note on the fridge changed, sentence by sentence.",
        "Praise the thing, not the person":
          "“Good job” evaporates; “you checked the valve twice” stays.",
        "Trust is built on Tuesdays": "Not by away days but by answering when you said you would.",
        "The quiet one sees the fire first":
          "Why every briefing on this crew begins with the youngest.",
        "Letting somebody go, decently":
          "Dismissing someone is the worst day of the job, and you can still do it without surprises or an audience.",
      },
    },
  ],
};
