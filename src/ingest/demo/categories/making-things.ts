/** Demo posts about drawing, writing, music and other things made by hand. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Making things"; its name is sent with a trailing space, as upstream's are at times. */
export const makingThings: CategoryMaterial = {
  id: 14,
  name: "Making things ",
  description: "Ink, wood, clay, wool and noise.",
  themes: [
    {
      name: "Thirty days of drawing",
      tone: "playful",
      formats: ["handsOn", "diary"],
      threads: ["maker", "discipline"],
      keywords: ["drawing", "sketchbook", "daily practice", "beginner art", "thirty-day challenge"],
      audience: "people who stopped drawing at about eleven",
      places: ["on a kitchen table", "in a train compartment", "on a folding stool"],
      context: [
        "You see the hand, the pen and every wrong line.",
        "One cheap notebook lasts the whole month.",
        "By the end nothing looks perfect and everything looks like it was made by somebody.",
      ],
      isSeries: true,
      posts: {
        "Thirty days of drawing, day 1: a bad mug":
          "The handle is a question mark, and that is a perfectly good beginning.",
        "Thirty days of drawing, day 5: only outlines":
          "Today the rule is to look at the shoe and never at the paper, until the lace is done.",
        "Thirty days of drawing, day 9: shadows": "Squint until the lemon is just two greys.",
        "Thirty days of drawing, day 14: hands":
          "Everyone hates hands, so draw twelve bad ones before lunch.",
        "Thirty days of drawing, day 20: people on the tram":
          "People get off before you've finished them, so two pages fill up with half strangers.",
        "Thirty days of drawing, day 25: I missed three":
          "What to do with empty pages: leave them empty and turn over.",
        "Thirty days of drawing, day 30: the mug again":
          "The month ends with the object it began with, and you can see where the looking has gone.",
      },
    },
    {
      name: "Writing",
      tone: "warm",
      formats: ["talk", "voiceOver"],
      threads: ["maker", "slow"],
      keywords: ["writing", "diary", "poetry", "novel", "morning pages"],
      audience: "people who write in secret",
      places: ["at a typewriter", "in a café before opening time", "in bed with a torch"],
      context: [
        "It keeps to a simple promise: nobody has to read what you write.",
        "There are prompts at the end, odd enough to work.",
        "Authors of nothing famous talk about why they go on.",
      ],
      posts: {
        "Write badly for ten minutes":
          "Set a timer, forbid the delete key, and find the one sentence worth keeping.",
        "Where stories hide in your street":
          "A door that is always open, a bicycle with one wheel, a name scratched off a bell.",
        "Morning pages, after a thousand mornings":
          "Most of what she has written is about the weather, and still she would never throw the boxes out.",
        "My novel took eleven years of lunch breaks":
          "He wrote two hundred words a day next to a sandwich and tells you what that adds up to.",
        "Read it aloud to the dog":
          "Ears catch what eyes forgive, and the dog is a generous critic.",
        "A letter instead of a message":
          "Paper, ink and four days of waiting turn out to be part of what is said.",
      },
    },
    {
      name: "Learning an instrument",
      tone: "practical",
      formats: ["handsOn", "diary"],
      threads: ["maker", "lateStarter"],
      keywords: ["music practice", "learning guitar", "piano", "adult beginner", "rhythm"],
      audience: "adults with an instrument in the attic",
      places: ["in a thin-walled flat", "at a second-hand piano", "in a garden shed"],
      context: [
        "Wrong notes are left in and even circled.",
        "Fifteen minutes a day, it argues, beats two hours on Sunday.",
        "Played slowly enough to join in.",
      ],
      posts: {
        "Piano at fifty, bar by bar":
          "After nine weeks with a single lullaby both hands can finally do their own thing.",
        "Three chords, four hundred songs":
          "G, C and D, a stiff ring finger, and a campfire's worth of tunes.",
        "Practise the bad bar, not the piece":
          "Loop the two seconds that trip you, at half speed, until they get boring.",
        "A metronome is a patient friend":
          "It never sighs, and it never lets you rush the easy part.",
        "My neighbours and my trumpet":
          "He practises with socks in the bell at agreed hours, and once a year the whole staircase gets a concert.",
        "Playing with others before you're good":
          "A beginners' orchestra where everyone gets lost together at bar nineteen.",
      },
    },
    {
      name: "Wood, clay and thread",
      tone: "calm",
      formats: ["handsOn", "voiceOver"],
      threads: ["maker", "slow"],
      keywords: ["handcraft", "woodworking", "pottery", "knitting", "mending"],
      audience: "people who sit at screens and miss their hands",
      places: ["at a potter's wheel", "in a workshop full of shavings", "in a rocking chair"],
      context: [
        "The tools do the talking.",
        "Materials have a grain, and the lesson is to work along it.",
        "Watching it lowers the pulse; trying it lowers it further.",
      ],
      posts: {
        "Carve a spoon from a fallen branch":
          "With a knife and an evening a piece of birch becomes a spoon, though it leans slightly to the left.",
        "Centre the clay":
          "Before there is a bowl there are twenty minutes of getting wobbly earth to be still.",
        "Darning a sock in the open": "Bright thread on grey wool, so that the mend may be seen.",
        "One scarf, one winter": "Two rows on every bus ride from October until the crocuses.",
        "Sharpening day": "Chisels, wet stone and the sound of an edge coming back.",
        "The chair my grandfather half finished":
          "Three legs had been waiting in the barn since before I was born.",
      },
    },
    {
      name: "Creative block",
      tone: "frank",
      formats: ["talk", "poem"],
      threads: ["maker", "comeback"],
      keywords: ["creative block", "inspiration", "ideas", "creativity", "doubt"],
      audience: "artists, designers and writers who are stuck",
      places: ["in an empty studio", "in front of a blank canvas", "on a fire escape"],
      context: [
        "It spends no time on waiting for a muse.",
        "Being stuck gets described so exactly that it becomes funny.",
        "Somewhere in it is a rule for the days when there's nothing.",
      ],
      posts: {
        "The well is dry, so carry water":
          "When ideas run out it helps to go out and look: at museums, at gravel pits, at other people's kitchens.",
        "Make ten terrible ones":
          "Quantity as a crowbar: ten bad posters in an hour, and the eighth is rather good.",
        "Steal like a magpie, not like a burglar":
          "Taking the shine of a thing and leaving the thing.",
        "Ode to a blank page":
          "It has been insulted by every poet alive, and here it answers back.",
        "I didn't paint for two years":
          "No lightning brought it back, just a dull flyer for an evening class.",
        "Constraints are a gift":
          "A tired illustrator allowed herself one colour and one hour a day, and found out that limits were what she had been missing.",
      },
    },
    {
      name: "Showing your work",
      tone: "driven",
      formats: ["talk", "interview"],
      threads: ["founder", "maker", "shy"],
      keywords: ["sharing your work", "portfolio", "audience", "criticism", "first exhibition"],
      audience: "makers with full drawers",
      places: ["at a craft fair", "while hanging pictures in a corridor", "behind a trestle table"],
      context: [
        "The point is to get things out of the drawer, not to get famous.",
        "Criticism is sorted into three piles: useful, taste, and not about you.",
        "It ends with a deadline, which is yours to choose.",
      ],
      posts: {
        "Show it on Friday, whatever it is":
          "A standing date with an audience of four did more than ten years of meaning to.",
        "My first market stall sold three cards":
          "Two to my aunt; the third paid for everything that came later.",
        "How to take a bad review": "Read it, walk, read it again for the one line that helps.",
        "Document while you work":
          "Photographs of the mess bring more people in than the finished piece.",
        "Put a price on it and stand beside it":
          "Six hours behind a craft stall teach you what people pick up, what they skip and what they ask.",
        "An exhibition in a launderette":
          "She hung thirty drawings over the washing machines, because there the audience has to stay for forty minutes.",
      },
    },
  ],
};
