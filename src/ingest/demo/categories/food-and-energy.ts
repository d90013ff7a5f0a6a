/** Demo posts about cooking and eating well enough. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Food & energy". */
export const foodAndEnergy: CategoryMaterial = {
  id: 15,
  name: "Food & energy",
  description: "Eat like someone who cares about you is cooking.",
  themes: [
    {
      name: "Cooking from nothing",
      tone: "playful",
      formats: ["handsOn"],
      threads: ["cook", "lateStarter"],
      keywords: [
        "learn to cook",
        "beginner recipes",
        "kitchen basics",
        "knife skills",
        "home cooking",
      ],
      audience: "people who can burn water",
      places: ["at a two-ring hob", "in a rented kitchen", "next to a smoking pan"],
      context: [
        "One pan, one knife, one spoon.",
        "Things burn on camera and get eaten anyway.",
        "Confidence is the ingredient it really sells.",
      ],
      posts: {
        "An onion, properly": "Why recipes say five minutes and onions say twenty.",
        "Eggs four ways, in order of bravery":
          "Boiled, scrambled, fried and, after a deep breath, poached.",
        "Salt early, taste often":
          "The same soup seasoned in three steps, with the cook's eyebrows as a gauge.",
        "Your knife is blunt and it's scaring you":
          "How to hold it, hone it, and keep all ten fingers.",
        "The empty-fridge dinner": "Half a cabbage, two eggs and a heel of cheese walk into a pan.",
        "Invite six people and cook one thing":
          "Guests remember candles and second helpings, so one big pot of lentils is a better idea than five courses.",
      },
    },
    {
      name: "Fuel for runners",
      tone: "practical",
      formats: ["explainer", "handsOn"],
      threads: ["runner", "trail", "cook"],
      keywords: [
        "running nutrition",
        "carbohydrates",
        "race day breakfast",
        "hydration",
        "recovery meal",
      ],
      audience: "runners and cyclists training for distance",
      places: ["at an aid station", "beside a track bag", "in a kitchen after a long run"],
      context: [
        "A club's dietitian keeps the claims modest.",
        "Every suggestion has been tried on a real long run, toilets included.",
        "Nothing comes in a shiny sachet if it can be helped.",
      ],
      posts: {
        "What to eat before a long run":
          "It's dull, cheap and gentle on the stomach: why porridge and jam on white bread still win at kilometre eighteen.",
        "Bonking explained with a campfire":
          "Kindling is sugar, logs are fat, and you've just run out of kindling.",
        "Rice balls for the back pocket":
          "Sticky rice with salt and a bit of egg, wrapped small, is easier to eat on the run than any gel.",
        "Drink to thirst, and know the exceptions":
          "On most runs thirst is guide enough, but hot days and salty shirts call for a simple sum with the bathroom scales.",
        "The first meal after a race":
          "Within the hour you want potatoes, eggs and something green, preferably in a chair.",
        "Marathon breakfast, minute by minute":
          "From the alarm at five to the last sip in the starting pen.",
      },
    },
    {
      name: "Student kitchen",
      tone: "playful",
      formats: ["handsOn", "diary"],
      threads: ["student", "cook", "thrift"],
      keywords: ["student cooking", "cheap meals", "batch cooking", "one-pot", "shared kitchen"],
      audience: "students with one shelf in the fridge",
      places: ["in a hall of residence", "over a camping stove", "round a wobbly table"],
      context: [
        "A plate costs less than the bus fare, by the shop's own receipt.",
        "The fire alarm goes off once and is left in.",
        "Leftovers are planned, not regretted.",
      ],
      posts: {
        "Five dinners from one pot of beans":
          "Soup on Monday, tacos on Tuesday, and by Friday something that might be a pie.",
        "Brain food for the week of finals":
          "Eat nuts, eggs and oranges, cook one big pasta salad on Sunday, and leave the energy drinks alone after four.",
        "Noodles, upgraded":
          "An egg, frozen peas and the end of the peanut butter turn a packet into supper.",
        "Cook once, study all week":
          "One Sunday afternoon with three pans fills eleven boxes, which is a whole week of not thinking about dinner.",
        "The flat dinner":
          "Everyone puts in a coin and a vegetable, and the loser of the card game washes up.",
        "Breakfast in a jar for nine o'clock lectures":
          "You stir it together before bed, the fridge does the work, and there's no excuse left for going hungry.",
      },
    },
    {
      name: "Lunch at the desk",
      tone: "practical",
      formats: ["handsOn", "talk"],
      threads: ["desk", "cook"],
      keywords: ["work lunch", "meal prep", "afternoon slump", "lunch box", "energy"],
      audience: "people who eat over a keyboard",
      places: ["in an office kitchenette", "out of a lunch box", "on a bench by the car park"],
      context: [
        "Made the evening before in a quarter of an hour.",
        "Colleagues will ask what that is.",
        "It also begs you to eat it somewhere other than at your screen.",
      ],
      posts: {
        "The three o'clock slump starts at noon":
          "Big white roll, big white sleep: a week of swapping lunches and logging yawns.",
        "A lunch box in layers": "Dressing at the bottom, leaves on top, shake at one.",
        "Soup in a flask":
          "Four soups, one flask, and a nose-level argument for going without the canteen.",
        "Eat away from your keyboard":
          "Twenty minutes on a bench made the afternoon an hour shorter.",
        "Desk-drawer larder": "Nuts, oatcakes, sardines for the brave, chocolate for the rest.",
        "Leftovers with dignity":
          "How last night's rice gets a lime, some herbs and a second career.",
      },
    },
    {
      name: "Bread and patience",
      tone: "calm",
      formats: ["handsOn", "voiceOver"],
      threads: ["cook", "slow", "maker"],
      keywords: ["sourdough", "baking bread", "fermentation", "kneading", "slow food"],
      audience: "people who like flour on their sleeves",
      places: ["in a village bakery", "at a floury table", "in front of an oven door"],
      context: [
        "There are four ingredients, and time is counted as one of them.",
        "You can almost smell it.",
        "The baker never hurries and never explains twice.",
      ],
      posts: {
        "Feed the starter, wait, feed the starter":
          "A jar of flour and water wakes up over seven mornings on a windowsill.",
        "Kneading is a conversation":
          "Dough tells your hands when it's ready, and this is what too early, too late and right feel like.",
        "Your first sourdough will be flat":
          "It'll taste of bread all the same, and here is what the second one needs.",
        "A baker's night":
          "The street is dark and the windows are gold: one night's work from two o'clock until the first customers.",
        "The loaf that forgave me":
          "Dough forgotten for nine hours was baked out of spite and turned into the best bread of the year.",
        Crust: "Nothing but the crackling of loaves as they cool, for a minute and a half.",
      },
    },
    {
      name: "Round the family table",
      tone: "warm",
      formats: ["diary", "voiceOver"],
      threads: ["parent", "cook"],
      keywords: [
        "family meals",
        "cooking with children",
        "picky eaters",
        "dinner time",
        "tradition",
      ],
      audience: "families who want to eat together more often",
      places: ["round a sticky table", "on a step stool", "in a grandmother's kitchen"],
      context: [
        "Somebody refuses the green bits, and the world goes on.",
        "Dinner is treated as the one meeting a day worth having.",
        "Small hands do much of the work, so it takes three times as long.",
      ],
      posts: {
        "Let the four-year-old crack the eggs":
          "There will be shell in the bowl, and it's worth it for the face of the cook.",
        "The child who eats only pasta":
          "One bite, no bribes, no drama: a year of very small victories with peas.",
        "Grandmother never measured anything":
          "Three generations try to write down a dumpling recipe made of handfuls.",
        "Phones in the bread basket":
          "Half an hour a day, parents included, who turned out to be the worst.",
        "Friday is pancake parliament":
          "Grievances are heard, toppings are voted on, and the youngest chairs.",
        "Dinner in fifteen minutes with a baby on one arm":
          "A father cooks left-handed and has something hot on the table before anyone cries.",
      },
    },
  ],
};
