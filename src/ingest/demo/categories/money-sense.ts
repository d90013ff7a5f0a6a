/** Demo posts about spending, saving and earning a little more. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Money sense". */
export const moneySense: CategoryMaterial = {
  id: 11,
  name: "Money sense",
  description: "Plain talk about wages, debts and wants.",
  themes: [
    {
      name: "Living on a student budget",
      tone: "playful",
      formats: ["diary", "talk"],
      threads: ["student", "thrift"],
      keywords: ["student budget", "saving money", "shared flat", "cheap living", "part-time job"],
      audience: "students and trainees with more month than money",
      places: ["in a shared kitchen", "at a flea market", "in the cheapest seat on the train"],
      context: [
        "Every receipt is held up to the camera.",
        "It's about having a good time on little, and it looks like it.",
        "Flatmates provide the commentary nobody asked for.",
      ],
      posts: {
        "Forty a week, all in":
          "Food, bus, one cinema ticket: seven days of receipts stuck to a wall.",
        "The envelope trick":
          "Cash for fun goes into an envelope on Monday, and when it's empty the fun gets inventive.",
        "Furnish a room for nothing":
          "Three weekends, two pavements, one borrowed van and a surprisingly good armchair.",
        "Flatmates and the shared pot":
          "A spreadsheet ended the great cheese war of the third floor.",
        "Jobs that let you study":
          "Night porter, museum guard, exam invigilator: paid to sit still.",
        "Saying “I can't afford it” out loud":
          "Scary the first time, catching the second, and the start of cheaper birthdays for everyone.",
      },
    },
    {
      name: "Out of debt",
      tone: "frank",
      formats: ["diary", "talk"],
      threads: ["comeback", "thrift"],
      keywords: ["debt", "repayment plan", "credit card", "budget", "fresh start"],
      audience: "people who stopped opening their letters",
      places: [
        "at a table covered in letters",
        "in an advice centre",
        "on the stairs of a block of flats",
      ],
      context: [
        "The amounts are real and stay on screen the whole time.",
        "Shame is called the most expensive item on the list.",
        "It took nineteen months, and you see the dull ones as well.",
      ],
      isSeries: true,
      posts: {
        "Out of debt 1: opening the letters":
          "A friend sits next to her while she opens thirty-one envelopes, some of them two years old.",
        "Out of debt 2: the whole number":
          "Adding it up was worse than expected and, strangely, a relief.",
        "Out of debt 3: calling the bank":
          "The call is rehearsed twice, made once, and goes better than the rehearsals.",
        "Out of debt 4: small ones first":
          "Mathematicians object, yet crossing out a whole line keeps the hand moving.",
        "Out of debt 5: the washing machine dies":
          "A flood in the kitchen eats two months of repayments, and the plan bends instead of breaking.",
        "Out of debt 6: zero": "One last transfer at a bus stop, and nobody around to tell.",
      },
    },
    {
      name: "Saving small",
      tone: "practical",
      formats: ["explainer", "talk"],
      threads: ["thrift", "parent"],
      keywords: [
        "saving",
        "emergency fund",
        "household budget",
        "automatic transfer",
        "money habits",
      ],
      audience: "households on ordinary wages",
      places: ["next to a biscuit tin", "at a kitchen table", "in front of a supermarket shelf"],
      context: [
        "No latte is blamed for anything.",
        "It works in coins before it works in percentages.",
        "A bank clerk with thirty years behind the counter checked the sums.",
      ],
      posts: {
        "Pay yourself on payday":
          "If it leaves the account before you see it, you won't miss it: set up once, forgotten for years.",
        "A budget with three lines": "Must, may, later: any more columns and nobody keeps it up.",
        "The rainy-day fund and the rainy day":
          "When the boiler broke there was money in the tin, which made it the most boring emergency of their lives.",
        "Check what you pay for every month":
          "Twenty minutes with a bank statement and a red pen turned up four forgotten subscriptions.",
        "Pocket money that teaches something":
          "An eight-year-old divides her coins among three jars for spending, saving and giving, and then meets a very expensive plastic dinosaur.",
        "Shop with a list and full": "The supermarket is cleverer than you at six in the evening.",
      },
    },
    {
      name: "Investing without drama",
      tone: "calm",
      formats: ["explainer", "talk"],
      threads: ["founder", "thrift"],
      keywords: ["investing basics", "compound interest", "index funds", "risk", "retirement"],
      audience: "beginners who find the subject frightening or dull",
      places: ["on a park bench", "at a table full of pebbles", "in a greenhouse"],
      context: [
        "It names no products, and says twice that it is no advice.",
        "The charts cover decades, so most crashes look like dents.",
        "The hero of the piece is time, with boredom as its sidekick.",
      ],
      posts: {
        "Compound interest, drawn with rabbits":
          "Two rabbits, a meadow and twenty years, and a curve that stays flat until it isn't.",
        "What a share really is": "A bakery is cut into a hundred slices, and you buy one.",
        "Doing nothing in a crash":
          "The hardest button to leave alone, told by someone who pressed it in 2008.",
        "Risk is not a dirty word":
          "Money for next year and money for the year 2050 don't belong in the same jar.",
        "Get-rich-quick, taken apart":
          "Seven warning signs, from the rented sports car to the countdown clock.",
        "Start with the price of a pizza":
          "If you put aside the price of a pizza each month, the amount hardly matters at first and the habit does.",
      },
    },
    {
      name: "Buying less",
      tone: "calm",
      formats: ["voiceOver", "diary"],
      threads: ["thrift", "slow"],
      keywords: ["minimalism", "buying less", "decluttering", "second-hand", "enough"],
      audience: "people with full cupboards and empty evenings",
      places: ["in front of a half-empty wardrobe", "in a repair café", "at a charity shop"],
      context: [
        "“Enough” is looked at as a number that can be found.",
        "No white rooms, no rules about counting your spoons.",
        "It's as much about time as it is about things.",
      ],
      posts: {
        "A year without new clothes":
          "What happens if you buy no clothes for twelve months? Four repairs, a swap party, and a coat that got better with age.",
        "The thirty-day list":
          "Write down what you want, wait a month, and see how much of it you still want.",
        "Borrow the drill": "A hole takes two minutes: how one street came to share forty tools.",
        "Things that are better old":
          "Pans, denim and bicycles improve when they're used, and so do friends and most songs.",
        "Advent without parcels":
          "A family tries giving afternoons instead of objects; the teenager is sceptical.",
        "How much is enough?":
          "Six people of very different incomes are asked and, oddly, give similar answers.",
      },
    },
    {
      name: "Pricing your work",
      tone: "practical",
      formats: ["talk", "interview"],
      threads: ["founder", "maker"],
      keywords: ["freelance rates", "pricing", "negotiation", "invoices", "self-employed"],
      audience: "freelancers and makers who charge too little",
      places: ["in a studio full of samples", "beside a cash box", "at a shared office table"],
      context: [
        "It does the sum that most freelancers put off: hours, tax, holidays, sick days.",
        "Friends who want a discount get a section of their own.",
        "The speaker undercharged for eleven years and has kept the receipts.",
      ],
      posts: {
        "Your hourly rate is wrong":
          "Half of your hours can't be billed, so the number has to carry both halves.",
        "Name the price and stop talking": "The urge to fill the silence costs more than any tax.",
        "Mates' rates":
          "Full price or a present, nothing in between: a rule that saved two friendships.",
        "The invoice nobody paid":
          "What do you do when a client doesn't pay? First you write three reminders, then you ring, and then you change your contracts.",
        "Raise your prices on a Monday":
          "She wrote to twelve clients that her rate was going up, and eleven of them stayed.",
        "What a handmade mug should cost":
          "A potter adds up clay, kiln, hours, failures and the shop's share on a tea towel, and the result surprises even her.",
      },
    },
  ],
};
