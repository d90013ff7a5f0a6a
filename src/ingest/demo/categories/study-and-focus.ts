/** Demo posts about learning, exams and attention. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Study & focus". */
export const studyAndFocus: CategoryMaterial = {
  id: 6,
  name: "Study & focus",
  description: "Learn it, keep it, and get to bed on time.",
  themes: [
    {
      name: "Memory techniques",
      tone: "practical",
      formats: ["explainer", "handsOn"],
      threads: ["student", "language"],
      keywords: ["memory", "spaced repetition", "flashcards", "memory palace", "recall"],
      audience: "anyone with a lot to remember",
      places: ["at a table full of index cards", "on a night train", "in a student kitchen"],
      context: [
        "Forgetting is shown as a curve, and every trick is a way of bending it.",
        "Testing yourself beats reading again; the rest is detail.",
        "It can be tried at once with the ten words at the end.",
      ],
      posts: {
        "Build a memory palace in your own flat":
          "Twenty history dates find a place between the front door and the fridge, and they stay there.",
        "Spaced repetition, explained with laundry":
          "You learn best just before you forget, like ironing a shirt while it is still damp.",
        "Make flashcards that don't waste your time":
          "One fact a card, your own words, and a silly picture wherever possible.",
        "Why rereading feels great and does nothing":
          "Recognition isn't recall: the difference becomes clear once the book is closed.",
        "Remember names at a party":
          "Hear it, say it, hang it on something, and use it before the crisps are gone.",
        "The blank page test":
          "After every lecture, write down everything you can without looking, then check what is missing.",
        "How I learned 200 bones":
          "A nursing student sings, draws and walks her way round the skeleton.",
      },
    },
    {
      name: "Study with me",
      tone: "calm",
      formats: ["voiceOver", "diary"],
      threads: ["student", "slow"],
      keywords: ["study with me", "deep work", "pomodoro", "quiet company", "focus session"],
      audience: "students who work better in company",
      places: ["by a window with rain on it", "in a university library", "under a green desk lamp"],
      context: [
        "Pens, pages and a clock make up the whole soundtrack.",
        "Breaks are part of the recording, stretching included.",
        "People say in the comments what they are working on, and wish each other luck.",
      ],
      posts: {
        "Study with me: rain and chemistry":
          "For fifty minutes we do problem sets while it rains, and then there's tea.",
        "Study with me at the night library":
          "From eleven to one among four strangers who never look up.",
        "A slow Sunday of reading":
          "Read along for two chapters without hurrying, and scribble in the margin if you like.",
        "Twenty-five minutes for the thing you have been avoiding":
          "One round, one task, and a bell at the end of it.",
        "Thesis diary, the week of chapter three":
          "Monday looks hopeless; by Friday there are eleven pages and an empty biscuit tin.",
        "Study with me before sunrise":
          "The street lamps go off half-way through the second session.",
      },
    },
    {
      name: "Exam countdown",
      tone: "driven",
      formats: ["talk", "handsOn"],
      threads: ["student", "discipline"],
      keywords: ["exam revision", "study plan", "past papers", "exam nerves", "timetable"],
      audience: "pupils and students before finals",
      places: ["in front of a wall calendar", "at a school gate", "on dormitory stairs"],
      context: [
        "Six weeks, one episode a week, meant to be watched at the pace of your own calendar.",
        "The plan includes free evenings and defends them.",
        "Written by two teachers who mark these papers every summer.",
      ],
      isSeries: true,
      posts: {
        "Exam countdown, six weeks: draw the map":
          "List every topic, colour it red, amber or green, and be honest about the red.",
        "Exam countdown, five weeks: red topics first":
          "The mornings go to what you like least, while the head is fresh.",
        "Exam countdown, four weeks: past papers":
          "Do one badly, mark it strictly, and let it write next week's plan.",
        "Exam countdown, three weeks: teach it":
          "A younger cousin, a cat or an empty chair will do, as long as you explain out loud.",
        "Exam countdown, two weeks: timing":
          "Marks per minute, and the courage to leave question four.",
        "Exam countdown, last week: less":
          "New material is forbidden now; what counts is sleep, short rounds of recall and one walk a day.",
        "Exam countdown, the morning itself":
          "Eat something, take two pens, breathe out slowly at the door and begin with the easy question.",
      },
    },
    {
      name: "Notes and reading",
      tone: "practical",
      formats: ["handsOn", "explainer"],
      threads: ["student", "maker"],
      keywords: ["note-taking", "reading", "summaries", "notebooks", "lectures"],
      audience: "students and curious readers",
      places: ["over an open notebook", "in a lecture hall", "in a second-hand bookshop"],
      context: [
        "A page is filled in real time, crossings-out and all.",
        "The point of a note, it argues, is the thinking that happens while you write it.",
        "Works with a cheap pad and any pen.",
      ],
      posts: {
        "Three lines after every chapter":
          "What it said, what I think of it, and one thing to look up.",
        "Handwriting against typing, a fair fight":
          "The keyboard wins on speed, the pencil on what is left a week later.",
        "How to read a difficult book":
          "Nobody says you must start at page one: skim the end and argue with the introduction first.",
        "The index card method of a very old professor":
          "Forty years in shoe boxes, and she can still find any thought in under a minute.",
        "Lecture notes you will want to open again":
          "Leave the left page empty; tomorrow's questions will move in.",
        "Read twenty pages a day and see":
          "Twenty pages sounds like nothing, and comes to a shelf a year.",
      },
    },
    {
      name: "Phone and attention",
      tone: "frank",
      formats: ["talk", "diary", "explainer"],
      threads: ["student", "discipline", "slow"],
      keywords: ["distraction", "phone use", "attention span", "deep focus", "notifications"],
      audience: "people who pick up the phone without knowing why",
      places: ["in a phone-free café", "beside a locked drawer", "at a bus stop"],
      context: [
        "Yes, it knows that you are watching this on a phone.",
        "Willpower hardly comes into it; distance does.",
        "Screen-time charts are shown without mercy.",
      ],
      posts: {
        "My phone lives in the hallway now":
          "Eight steps of distance turned out to be worth more than any app.",
        "What one notification costs":
          "The glance takes two seconds and the way back takes minutes: an essay-writing afternoon with a stopwatch.",
        "Grey screen, thirty days":
          "Without colour the feed looks like a newspaper from 1962, and so does the urge.",
        "Bored on purpose":
          "Ten minutes in a queue without a screen, and the ideas that turned up in minute seven.",
        "Attention is a muscle with bad friends":
          "Who earns what each time you look up, drawn on one sheet of paper.",
        "Delete it until the exam":
          "Four students take one app off their phones for a month and report back, grumpily.",
      },
    },
    {
      name: "Maths without fear",
      tone: "warm",
      formats: ["explainer", "talk"],
      threads: ["student", "parent"],
      keywords: ["maths anxiety", "problem solving", "tutoring", "numbers", "school maths"],
      audience: "pupils who gave up on maths and the parents who did too",
      places: ["at a kitchen whiteboard", "on a chalk-covered pavement", "at a tutor's table"],
      context: [
        "Nobody is born bad at it, and the tutor has a long list of witnesses.",
        "Every step is drawn before it is written.",
        "Parents tend to watch it “for the children” and stay for themselves.",
      ],
      posts: {
        "Fractions with one pizza and an argument":
          "Who got more, three eighths or two fifths? Two hungry people settle it with a knife.",
        "Where algebra lost you":
          "It was most likely the week when letters meant two things at once, and it can be repaired in ten minutes.",
        "The beauty of being stuck":
          "On a single puzzle that took four evenings, and why nobody wanted the answer by the end.",
        "Maths anxiety is real, and it leaves":
          "Breathing slowly, working on paper, and beginning with one you know you can do.",
        "Estimate everything":
          "How many buses, how many piano tuners, how many beans: guessing as a sport.",
        "Why minus times minus is plus":
          "Walk backwards, film it, play the film in reverse: you move forward.",
      },
    },
  ],
};
