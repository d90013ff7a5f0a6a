/** Demo posts about learning and living in other languages. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Languages". */
export const languages: CategoryMaterial = {
  id: 26,
  name: "Languages",
  description: "Say it wrong until you say it right.",
  themes: [
    {
      name: "One language, one year",
      tone: "driven",
      formats: ["diary", "talk"],
      threads: ["language", "discipline"],
      keywords: ["language learning", "Portuguese", "study plan", "daily practice", "fluency"],
      audience: "people on day one of an app",
      places: ["on a tram with headphones", "at a kitchen corkboard", "in a corner shop in Lisbon"],
      context: [
        "The language is Portuguese, the budget is half an hour a day.",
        "A chart of hours ticks along at the bottom.",
        "Every episode ends with a minute of unscripted talk, so that you can hear the change.",
      ],
      isSeries: true,
      posts: {
        "Portuguese in a year, month 1: hello, thank you, sorry":
          "The first forty words are all polite ones, and they're enough to order two coffees.",
        "Portuguese in a year, month 2: the ear":
          "He listens to the radio at breakfast and understands nothing at all, until one morning a single word jumps out.",
        "Portuguese in a year, month 4: the plateau":
          "New words go in, old ones fall out, and the app congratulates anyway.",
        "Portuguese in a year, month 6: first phone call":
          "A dentist's appointment without pictures or hands.",
        "Portuguese in a year, month 8: dreaming in verbs":
          "The subjunctive turns up in a dream about fish.",
        "Portuguese in a year, month 10: an argument": "About parking, and lost with honour.",
        "Portuguese in a year, month 12: a week in Lisbon":
          "Nobody switched to English, except one kind waiter who was sent away.",
      },
    },
    {
      name: "Talking before you're ready",
      tone: "playful",
      formats: ["talk", "diary"],
      threads: ["language", "shy"],
      keywords: [
        "speaking practice",
        "conversation",
        "language exchange",
        "mistakes",
        "confidence",
      ],
      audience: "people who understand everything and say nothing",
      places: ["at a language café", "on a video call at midnight", "at a fruit stall"],
      context: [
        "Mistakes get a bell, and the bell rings a lot.",
        "Fifty words and a pair of hands take you further than expected.",
        "Being laughed at happens twice, and both times it ends in a friendship.",
      ],
      posts: {
        "I told the whole table I was pregnant":
          "A man mixes up two words that sound alike, and his girlfriend's entire family congratulates him.",
        "Order in the language, even if they answer in yours":
          "A battle of politeness at a bakery counter.",
        "Tandem partners, a dating guide":
          "Finding a language partner is like dating: where to look, how to split the time fairly, when to break up.",
        "Ten sentences that keep a conversation alive":
          "“Really?”, “and then?”, “how do you say that again?”: small wheels for big talks.",
        "Talk to yourself while cooking":
          "Narrate the carrots: nobody corrects you, and dinner gets made.",
        "Say it around": "If the word for “ladle” is gone, “the big spoon that drinks” will do.",
      },
    },
    {
      name: "Sounds and songs",
      tone: "playful",
      formats: ["guided", "handsOn"],
      threads: ["language", "maker"],
      keywords: ["pronunciation", "accent", "songs", "listening", "tongue twisters"],
      audience: "learners whose R gives them away",
      places: ["in front of a bathroom mirror", "in a choir room", "at a karaoke bar"],
      context: [
        "You're asked to do odd things with a cork.",
        "Lyrics run along the bottom with the stresses marked.",
        "The aim is to be understood with pleasure, and passing for a native isn't required.",
      ],
      posts: {
        "Roll your R in a fortnight":
          "If you say “butter” fast enough your tongue already does it; the rest is two weeks of purring.",
        "Learn a language from one song":
          "Sing it, translate it, steal its grammar, sing it again.",
        "French vowels with a pencil in your mouth":
          "You'll look ridiculous, your nose will hum, and your “u” will be better by the end.",
        "Shadowing: be an echo":
          "Half a second behind the newsreader, for three minutes, until your jaw learns the tune.",
        "Tones for the tone-deaf":
          "Mandarin's four melodies, found in things you already say when surprised, bored or cross.",
        "Tongue twisters from nine countries":
          "Native speakers fail at their own tongue twisters first, which evens things out.",
      },
    },
    {
      name: "Words that stay",
      tone: "practical",
      formats: ["explainer", "handsOn"],
      threads: ["language", "student"],
      keywords: [
        "vocabulary",
        "word lists",
        "etymology",
        "flashcards",
        "reading in a foreign language",
      ],
      audience: "learners with a leaky bucket",
      places: ["at a wall of sticky notes", "with a children's book", "on a long bus ride"],
      context: [
        "Words are learned in company: never alone, always in a phrase.",
        "A teacher of thirty years lists what she no longer believes.",
        "It includes a way of forgetting on purpose.",
      ],
      posts: {
        "The thousand words that do the work":
          "A short list covers most of any conversation, and here is how to meet it.",
        "Label the house":
          "After a week with sticky notes on the fridge, the mirror and the dog, nobody in the family needs them any more.",
        "Read children's books without shame":
          "A bear goes for a picnic, you follow him page by page, and along the way you learn the past tense.",
        "Cousins across the border": "Milk, Milch, melk, mleko: families of words on one big tree.",
        "Stop collecting, start using":
          "Five new words a day, each spent in a message before bedtime.",
        "Guess first, look up later": "Why a wrong guess makes the right word stick.",
      },
    },
    {
      name: "Between two languages",
      tone: "warm",
      formats: ["poem", "interview"],
      threads: ["language", "parent", "kindness"],
      keywords: ["bilingual", "mother tongue", "identity", "bilingual children", "translation"],
      audience: "families that change language at the front door",
      places: ["in a bilingual kitchen", "at a Saturday school", "between two bookshelves"],
      context: [
        "Sentences start in one language and arrive in the other.",
        "Grandparents on the phone are the real examiners.",
        "It's tender about words that have no twin.",
      ],
      posts: {
        "I dream in one and count in the other":
          "Six people on which language they swear, pray and do sums in.",
        "Raising a child with three languages":
          "With one language for each parent and a third at nursery, this toddler has invented rules of her own.",
        "Words my mother had no translation for":
          "A short poem with gaps where the meaning should be.",
        "Interpreter at the age of nine":
          "Many children translate tax letters and doctors' news for their parents, and four of them, grown up now, remember what that was like.",
        "My name, pronounced properly": "On the small joy of hearing all of its syllables.",
        "Which language do you say sorry in?":
          "Couples with two mother tongues about quarrels and the way back.",
      },
    },
    {
      name: "Speaking in a second language",
      tone: "warm",
      formats: ["talk", "interview"],
      threads: ["language", "speaker", "shy"],
      keywords: [
        "English at work",
        "presentations in English",
        "accent",
        "public speaking",
        "non-native speaker",
      ],
      audience: "people who present in a language they learned at school",
      places: [
        "at an international conference",
        "in an echoing seminar room",
        "in front of a laptop at night",
      ],
      context: [
        "Clear beats correct, and slow beats both.",
        "The speaker gives talks in his third language and keeps his vowels.",
        "Native speakers in the audience could learn something as well.",
      ],
      posts: {
        "Your accent is not a mistake":
          "What listeners need is stress and pauses; the rest is music.",
        "Present in English without a script":
          "Learn the first and the last sentence by heart, and walk freely in between.",
        "When you don't understand the question": "Three polite ways of getting it again, slower.",
        "Meetings in your third language":
          "Speak early, use short sentences, and draw when words run out.",
        "Practise the numbers":
          "Fifteen or fifty? Drills for the digits that cause trouble on the phone.",
        "Being funny in a foreign language":
          "The year without jokes, and the first one that worked in front of a crowd.",
      },
    },
  ],
};
