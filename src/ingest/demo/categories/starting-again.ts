/** Demo posts about beginning once more, after a loss or late. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Starting again". */
export const startingAgain: CategoryMaterial = {
  id: 21,
  name: "Starting again",
  description: "Second tries, third acts, late beginnings.",
  themes: [
    {
      name: "After a failure",
      tone: "warm",
      formats: ["interview", "voiceOver"],
      threads: ["comeback", "founder"],
      keywords: ["failure", "comeback", "resilience", "second chance", "setback"],
      audience: "people who have just had a door closed on them",
      places: ["in an emptied shop", "outside an exam office", "on the steps of a courthouse"],
      context: [
        "The low point is told without music.",
        "None of it was a blessing in disguise at the time.",
        "What they did on the day after is the useful part.",
      ],
      posts: {
        "The day I closed my café":
          "He talks about stacking the chairs for the last time, and about the regular who turned up with a job offer.",
        "Failed the bar twice":
          "She knows exactly what the waiting room smells like, and passed at the third attempt.",
        "A CV of failures":
          "Rejected papers, lost elections and burnt soufflés, printed proudly on two pages.",
        "What I learned from losing 9–0":
          "A goalkeeper watches the match again, all nine, and laughs by the sixth.",
        "Bankrupt at thirty-five, baker at forty":
          "Five years between two photographs, and most of them were paperwork.",
        "Fall seven times, sit down for a bit":
          "Getting up at once is overrated; first have a look round from the floor.",
        "The rejection jar": "One marble for every no, and a dinner for friends when it's full.",
      },
    },
    {
      name: "Late starters",
      tone: "warm",
      formats: ["interview", "diary"],
      threads: ["lateStarter"],
      keywords: [
        "late bloomer",
        "never too late",
        "learning later in life",
        "retirement",
        "new beginning",
      ],
      audience: "people over fifty and everybody who will be",
      places: ["in an evening class", "on a graduation lawn", "at a driving school"],
      context: [
        "Ages are given in full and nobody is called “young at heart”.",
        "Being the oldest in the room comes with certain powers.",
        "Grandchildren supply the doubts and, later, the applause.",
      ],
      posts: {
        "Learned to read at fifty-eight":
          "For decades he hid it from his colleagues, and then he learned, because of a letter he had carried for thirty years.",
        "Degree at seventy-nine":
          "She sat in the front row because of her hearing and stayed there because of her questions.",
        "First tattoo, first bike, first solo trip":
          "A widow's list, begun on a napkin in a hospital cafeteria.",
        "Driving test at sixty":
          "He wore out four instructors and one bollard before he got his licence.",
        "The beginner's ballet class with one man in it":
          "He is a bricklayer, he is fifty-three, and his pliés are getting there.",
        "Who says it's too late?":
          "A teenager puts the question to nine pensioners and runs out of paper.",
      },
    },
    {
      name: "A new country",
      tone: "warm",
      formats: ["diary", "poem"],
      threads: ["language", "comeback", "shy"],
      keywords: ["moving abroad", "immigration", "new country", "homesickness", "integration"],
      audience: "newcomers and the people who live next door to them",
      places: [
        "at an arrivals gate",
        "in a language school corridor",
        "in a very small first flat",
      ],
      context: [
        "Two languages share the subtitles.",
        "It finds its jokes at the immigration office, where they're badly needed.",
        "Home is a word with a plural by the end.",
      ],
      posts: {
        "Two suitcases and a dictionary":
          "She shows what she packed when she emigrated, what she wishes she had packed, and the frying pan that mattered most.",
        "The first joke I understood":
          "After fourteen months the whole bus laughed, and so did she, at the right time.",
        "Engineer there, dishwasher here":
          "Papers, patience and night classes: four years to get his own profession back.",
        "My accent stays": "A poem about a tongue that remembers where it learned to walk.",
        "Inviting the neighbours to Eid":
          "A family cooks for the whole staircase in its first year here, and the landlady who had complained about the noise ends up dancing.",
        "Homesick in aisle seven": "A tin of the right brand of beans can undo a grown man.",
      },
    },
    {
      name: "Back after injury",
      tone: "driven",
      formats: ["diary", "voiceOver"],
      threads: ["runner", "comeback", "strength"],
      keywords: ["injury recovery", "rehab", "return to running", "knee surgery", "setbacks"],
      audience: "athletes on crutches",
      places: ["on a clinic treadmill", "at the edge of a running track", "on a physio's couch"],
      context: [
        "A torn ligament, eleven months and a notebook.",
        "It measures progress in degrees, steps and, finally, kilometres.",
        "The physio's catchphrase is “boring is good”.",
      ],
      isSeries: true,
      posts: {
        "Back after injury 1: the sound it made":
          "She landed badly, heard the knee go, and knew in the car that the season was over.",
        "Back after injury 2: ten degrees":
          "The knee bends as far as a slightly open book, and there is applause.",
        "Back after injury 3: watching the others run":
          "Holding jackets at a race turns out to be harder than the exercises.",
        "Back after injury 4: one minute on the treadmill":
          "Sixty seconds with a harness, a grin and a physio who says stop.",
        "Back after injury 5: the relapse":
          "Feeling good is dangerous: one run that was too long cost three weeks of rehab.",
        "Back after injury 6: first park run, last place":
          "The slowest five kilometres of a life, and the loudest cheer.",
      },
    },
    {
      name: "After a break-up",
      tone: "warm",
      formats: ["talk", "poem"],
      threads: ["comeback", "kindness"],
      keywords: ["break-up", "heartbreak", "divorce", "healing", "single again"],
      audience: "people with one toothbrush in the mug",
      places: [
        "in a half-furnished room",
        "on a night-time balcony",
        "in a car with all the boxes",
      ],
      context: [
        "It takes the pain seriously and the self-pity lightly.",
        "Friends appear with boxes, pasta and a screwdriver.",
        "Nobody finds a new love by the end, which is a relief.",
      ],
      posts: {
        "Week one: eat, wash, call somebody": "The shortest list that will get you to Sunday.",
        "Dividing the bookshelf":
          "Yours, mine, ours, and the cookbook neither of you could bear to keep.",
        "The side of the bed that stays cold": "Eleven lines of verse and a hot-water bottle.",
        "Don't text":
          "Messages to an ex belong in a drafts folder or with a friend on call, until the urge passes, which usually takes about four hours.",
        "I learned to assemble furniture by crying":
          "Building a wardrobe alone for the first time went wrong twice, and the pride afterwards was quite out of proportion.",
        "A year later, in the same restaurant":
          "A different table, a different dessert, the same waiter who pretends not to remember.",
      },
    },
    {
      name: "Back to school at forty",
      tone: "playful",
      formats: ["diary", "talk"],
      threads: ["lateStarter", "student"],
      keywords: [
        "adult education",
        "mature student",
        "evening classes",
        "going back to school",
        "exams",
      ],
      audience: "grown-ups with homework",
      places: [
        "in the back row of a lecture",
        "at a child's desk in the evening",
        "on a commuter train",
      ],
      context: [
        "Children and parent compare marks at the kitchen table.",
        "Reading glasses count as school equipment.",
        "There's a running joke about the canteen.",
      ],
      posts: {
        "My study group could be my children":
          "She explains deadlines to them, they explain the app to her, and together they pass statistics.",
        "Homework after bedtime": "From nine to half past ten, once the lunch boxes are done.",
        "Essay, first in twenty-two years": "Footnotes have changed, procrastination hasn't.",
        "The teacher is younger than my boots":
          "On being corrected by someone born in the year you left school.",
        "Maths again, and this time it's personal":
          "An old enemy is invited to a rematch at the adult education centre.",
        "Graduating next to my daughter":
          "Mother and daughter finished their degrees in the same week and argue about whose gown suits whom.",
      },
    },
  ],
};
