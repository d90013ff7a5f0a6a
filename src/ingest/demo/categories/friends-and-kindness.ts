/** Demo posts about friends, strangers and being decent to both. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Friends & kindness". */
export const friendsAndKindness: CategoryMaterial = {
  id: 12,
  name: "Friends & kindness",
  description: "Good people, and how to find them or be one. ",
  themes: [
    {
      name: "Making friends as an adult",
      tone: "warm",
      formats: ["talk", "diary"],
      threads: ["shy", "kindness"],
      keywords: ["making friends", "friendship", "new in town", "invitations", "shyness"],
      audience: "people who have moved, split up or simply lost touch",
      places: ["at a board-game night", "on the steps of a new flat", "in a community garden"],
      context: [
        "Researchers count some two hundred hours until a stranger has become a close friend.",
        "Someone has to go first, and it may as well be you.",
        "The awkward pauses have been left in.",
      ],
      posts: {
        "Friends after thirty, an experiment":
          "Fifty-two weeks, one invitation each, and a table that slowly fills.",
        "The second invitation":
          "First meetings are easy; friendship starts with whoever suggests the next one.",
        "Go to the same place every Thursday":
          "Being a regular somewhere does half of the work for you.",
        "How to text somebody you lost":
          "“I heard this song and thought of you” is enough, three years late or ten.",
        "I joined a choir and can't sing":
          "Nobody minded, the tenors had biscuits, and Wednesdays have a shape now.",
        "Invite people into the mess":
          "Soup, unwashed hair and laundry on the chairs: why nobody remembers the tidy evenings.",
      },
    },
    {
      name: "Listening",
      tone: "calm",
      formats: ["talk", "interview"],
      threads: ["kindness", "shy"],
      keywords: ["active listening", "empathy", "conversation", "attention", "questions"],
      audience: "fixers, interrupters and anyone with a friend in trouble",
      places: ["on a park bench for two", "in a hairdresser's chair", "at a hospice kitchen table"],
      context: [
        "Silence does more work in it than advice.",
        "A phone-line volunteer and a hairdresser turn out to use the same three sentences.",
        "You catch yourself listening differently while it runs.",
      ],
      posts: {
        "Do you want help or do you want company?":
          "Asking that first has spared one couple about four hundred pointless solutions.",
        "Hear the second sentence":
          "People begin with the harmless part, so wait for what comes next.",
        "Three questions better than “how are you”":
          "What has been good, what has been heavy, what are you looking forward to?",
        "The hairdresser who knows everything":
          "Twenty-six years of listening with scissors in her hand, and never a word passed on.",
        "Stop fixing": "On the itch to solve, and what a sad friend hears when you scratch it.",
        "Sitting with somebody who is grieving":
          "You can't say the right thing, so bring soup and say the name of the person who died.",
      },
    },
    {
      name: "Small kindnesses",
      tone: "warm",
      formats: ["voiceOver", "poem"],
      threads: ["kindness"],
      keywords: [
        "random acts of kindness",
        "strangers",
        "generosity",
        "good news",
        "everyday heroes",
      ],
      audience: "anyone who could do with some good news",
      places: ["on a city tram", "at a supermarket till", "in a hospital corridor"],
      context: [
        "Every story was sent in by a viewer and retold with permission.",
        "Have a tissue within reach.",
        "The helpers never learn what they did, which is half of its charm.",
      ],
      posts: {
        "The bus driver who waited":
          "He saw someone running in the mirror, and eleven passengers agreed to be late.",
        "A note under the windscreen": "Written by a stranger, kept for eight years in a wallet.",
        "The coffee that was already paid for":
          "A chain of forty-three strangers at one counter, and the teenager who started it.",
        "Somebody shovelled the whole street":
          "One insomniac with a camera saw who it was that cleared the snow at five in the morning, and never told.",
        "He taught me to tie a tie in a train toilet":
          "Ten minutes before the interview of a lifetime, with help from a conductor.",
        Umbrella: "A poem the length of a traffic light, about sharing a very small roof.",
        "The lost glove on the fence":
          "An ode to whoever picks things up and puts them where they can be found.",
      },
    },
    {
      name: "Hard conversations",
      tone: "practical",
      formats: ["talk", "explainer"],
      threads: ["kindness", "founder"],
      keywords: ["difficult conversations", "boundaries", "conflict", "honesty", "apology"],
      audience: "people who have been putting off a talk",
      places: ["across a café table", "on a slow walk", "in a parked car outside the house"],
      context: [
        "Opening lines are offered word for word, to be made your own.",
        "A mediator of many divorces vouches for it.",
        "It doesn't promise that the other person will take it well.",
      ],
      posts: {
        "Start with what you noticed":
          "Facts before feelings, feelings before wishes, and nothing before breakfast.",
        "Boundaries are not walls":
          "More like a garden gate: who opens it, who has a key, what the sign says.",
        "Telling a friend they hurt you":
          "The talk goes best if it's soon, if nobody else is there, and if it stays with one thing.",
        "Have the talk side by side":
          "Walking or washing up beats staring at each other over a candle.",
        "When the other one cries": "Pause, stay, offer water, and don't take back what was true.",
        "Agreeing to disagree about dinner and politics":
          "Two sisters keep a list of subjects for walks and a list for never.",
      },
    },
    {
      name: "Loneliness",
      tone: "warm",
      formats: ["poem", "interview"],
      threads: ["shy", "comeback", "kindness"],
      keywords: ["loneliness", "connection", "living alone", "belonging", "reaching out"],
      audience: "people who eat alone more often than they would like",
      places: ["at a window seat for one", "in a small flat on a Sunday", "on the last bus"],
      context: [
        "It describes a feeling that more people have than admit to it.",
        "There's no quick cure on offer, just a hand held out.",
        "A list of places that are open on Sundays is pinned under the video.",
      ],
      posts: {
        "Table for one":
          "From hiding behind a book to ordering pudding: a year of eating out alone, in four short verses.",
        "Sunday at four":
          "The hour when the phone is quiet, and three people who found something to do with it.",
        "The neighbour I knew by her footsteps":
          "It took a burst pipe for them to meet, after six years of sharing a ceiling.",
        "Lonely is not the same as alone":
          "A lighthouse keeper and a student in a flat of seven compare notes.",
        "Say hello to the person at the bus stop":
          "Short exchanges with near-strangers lift a day more than anyone expects.",
        "Christmas with the choir of leftovers":
          "Eleven people who had nowhere to go, one goose, no common language.",
      },
    },
    {
      name: "Neighbours and volunteering",
      tone: "playful",
      formats: ["diary", "interview"],
      threads: ["kindness", "lateStarter"],
      keywords: ["volunteering", "community", "neighbourhood", "helping out", "belonging"],
      audience: "people with a free Saturday",
      places: ["at a food bank", "at a street party", "at a rural fire station"],
      context: [
        "Joining in takes no skill that can't be picked up in an afternoon.",
        "It has biscuits, bad puns and a great many folding tables.",
        "Those who came to help admit that they got more than they gave.",
      ],
      posts: {
        "Saturday at the food bank":
          "Sorting tins with a retired judge and a boy doing it for his school certificate.",
        "We closed our street for a day":
          "A form, forty chairs, and a man at number nine who turned out to play the accordion.",
        "Reading to people who can't see":
          "An hour a week, detective stories only, with strong views on the culprit.",
        "The repair café fixes a toaster and a marriage":
          "She brought the toaster, he brought the crumbs.",
        "Learn to coach the under-sevens":
          "There are two balls, no rules and one child asleep in the goal.",
        "Give blood, get a biscuit":
          "First-timers, needles, jokes and how it's over before the song ends.",
      },
    },
  ],
};
