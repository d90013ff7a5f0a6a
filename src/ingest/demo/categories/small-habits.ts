/** Demo posts about small things done daily. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Small habits". */
export const smallHabits: CategoryMaterial = {
  id: 20,
  name: "Small habits",
  description: "Two minutes a day, most days.",
  themes: [
    {
      name: "Two-minute habits",
      tone: "practical",
      formats: ["explainer", "talk"],
      threads: ["discipline", "desk"],
      keywords: [
        "tiny habits",
        "habit stacking",
        "two-minute rule",
        "cue and routine",
        "consistency",
      ],
      audience: "people with a history of January plans",
      places: ["beside a toothbrush mug", "by the front door", "at a fridge covered in lists"],
      context: [
        "So small that failing would be embarrassing: that is the design.",
        "The new thing gets tied to something you already do, like string to a doorknob.",
        "Missing once is fine; missing twice is where the trouble starts.",
      ],
      posts: {
        "One push-up":
          "The smallest training plan on earth, and why it grows when no one is looking.",
        "After I pour my coffee, I …":
          "Finish the sentence with something that takes less time than the coffee.",
        "Make it easy to start and hard to skip":
          "Where you keep things decides what you do: the guitar belongs on a stand, and the biscuits on the top shelf.",
        "Two minutes of tidying beats a spring clean":
          "You set a kitchen timer for one drawer, and quite often you go on by accident.",
        "The don't-break-the-chain calendar":
          "A red cross for every day, and what to do when the chain snaps.",
        "Habits that stuck and habits that didn't":
          "Twelve were tried in a year; four are alive, and the dead ones get an honest funeral.",
        "Floss one tooth": "A dentist's ridiculous advice, and her numbers on how well it works.",
      },
    },
    {
      name: "Early mornings",
      tone: "driven",
      formats: ["diary", "voiceOver"],
      threads: ["discipline", "runner"],
      keywords: ["early riser", "morning routine", "wake up early", "5 am", "alarm clock"],
      audience: "would-be early birds",
      places: ["in a dark kitchen", "on an empty street", "at a desk before dawn"],
      context: [
        "It says openly that early mornings are made at nine in the evening.",
        "The city is still asleep in every frame.",
        "By seven the most important thing of the day is behind you.",
      ],
      posts: {
        "The alarm is across the room":
          "Out of bed, four steps, cold floor: the argument is over before it starts.",
        "A hundred mornings at five":
          "What nobody tells you about getting up at five is that day thirty is harder than day three, and that day hundred is just a Tuesday.",
        "What I do before anyone needs me":
          "She gets up an hour before her children, reads ten pages, runs to the bridge and is back before the first cereal bowl.",
        "Bakers, bus drivers, me":
          "A tour of who is up at half past four, and what they think about all these videos.",
        "Go to bed, hero": "The secret of the five o'clock club turns out to be a quarter to ten.",
        "Sunrise is free": "Thirty sunrises from the same bench, for nothing but the effort.",
      },
    },
    {
      name: "Quitting something",
      tone: "frank",
      formats: ["talk", "interview"],
      threads: ["comeback", "discipline"],
      keywords: ["quitting", "breaking bad habits", "smoking", "sugar", "cravings"],
      audience: "people who have stopped before and started again",
      places: [
        "outside a corner shop",
        "on a smokers' bench, without a cigarette",
        "in a circle of chairs",
      ],
      context: [
        "It knows about relapses and makes room for them.",
        "A craving is timed on screen: it peaks, and then it passes.",
        "The replacement matters as much as the refusal.",
      ],
      posts: {
        "My last cigarette was number nine":
          "Eight last ones came first, and each of them taught something.",
        "Ride the wave for ten minutes":
          "What a craving does if you watch it instead of fighting it.",
        "Thirty days without sugar, hour by hour":
          "The headache comes on day two, the bad temper on day five, and on day twenty a strawberry tastes like a whole cake.",
        "Sober at weddings": "How to hold a glass, answer the question and dance anyway.",
        "The trigger was the balcony":
          "He always smoked in the same chair, so he moved the chair, and that was easier than moving himself.",
        "Ten years, one day at a time":
          "At his ten-year anniversary he gets a cake and still ends every sentence with “so far”.",
      },
    },
    {
      name: "A tidy enough home",
      tone: "playful",
      formats: ["handsOn", "diary"],
      threads: ["thrift", "parent"],
      keywords: ["tidying", "decluttering", "housework", "home organisation", "cleaning routine"],
      audience: "households where the chair is full of clothes",
      places: [
        "in front of The Chair",
        "at the door of a very full wardrobe",
        "on a floor made of toys",
      ],
      context: [
        "The goal is that friends can drop in, not that they gasp.",
        "Dust is treated as a flatmate with rights.",
        "It's filmed faster than life and set to a marching band.",
      ],
      posts: {
        "The chair where clothes live":
          "Neither clean nor dirty: a third category at last gets its own hook.",
        "One in, one out": "A mug comes home, a mug must leave, and the children hold the vote.",
        "Ten minutes before bed, whole family":
          "Everyone tidies for as long as one song lasts, and speeches are forbidden.",
        "The drawer of mystery cables": "An archaeological dig down to the year 2004.",
        "Clean as you cook": "Every simmer is a chance to wash a spoon.",
        "Toys on holiday": "Half go into the cellar for a month and come back as new.",
      },
    },
    {
      name: "Journals and trackers",
      tone: "calm",
      formats: ["handsOn", "guided"],
      threads: ["slow", "maker"],
      keywords: ["journaling", "gratitude", "bullet journal", "reflection", "habit tracker"],
      audience: "people with many beautiful empty notebooks",
      places: ["at a lamp-lit table", "over squared paper", "on a windowsill with a plant"],
      context: [
        "Ink, paper and a handful of honest lines.",
        "It leaves out the stickers.",
        "Looking back over a month is where the value shows up.",
      ],
      posts: {
        "Three good things, without the glitter":
          "Writing down that the bus was on time feels silly for a week and starts to work in the second.",
        "One line a day for five years":
          "Every page holds the same date five times, so you meet your older selves.",
        "The evening page": "What went well, what was hard, what can be left for tomorrow.",
        "A mood map in coloured squares":
          "By the end of March the pattern shows itself, and so does its cause.",
        "Questions for the last day of the month":
          "What gave energy, what took it, what would you do again?",
        "Thank-you letters you never send": "To a teacher, a nurse, a stranger with jump leads.",
      },
    },
    {
      name: "Less screen",
      tone: "practical",
      formats: ["diary", "talk"],
      threads: ["slow", "parent", "discipline"],
      keywords: ["digital detox", "screen time", "scrolling", "phone habits", "offline"],
      audience: "families and couples who scroll in company",
      places: [
        "at a charging station in the hall",
        "in a tent without signal",
        "on a sofa, phones stacked",
      ],
      context: [
        "It's about the household rather than the lone hero.",
        "What fills the freed hour gets planned first.",
        "Children turn out to be strict inspectors.",
      ],
      posts: {
        "The charger moved to the hall":
          "Bedrooms got dark at night, and an alarm clock was bought for small change at a jumble sale.",
        "No phones until breakfast":
          "Forty minutes of morning that used to belong to somebody else.",
        "A paper map weekend":
          "Two wrong turnings, one argument, one waterfall that wasn't on anybody's list.",
        "Unfollow a hundred": "What do you feel after each post? A thumb, a timer and a bin.",
        "The evening box": "Shoebox, slot in the lid, in at seven and out at seven.",
        "Teach the algorithm or leave the room":
          "An afternoon of telling a feed what you want, and when closing it is quicker.",
      },
    },
  ],
};
