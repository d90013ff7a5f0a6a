/** Demo posts about children, parents and grandparents. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Family life". */
export const familyLife: CategoryMaterial = {
  id: 23,
  name: "Family life",
  description: "Nobody knows how it's done. Here is how we do it.",
  themes: [
    {
      name: "The first year with a baby",
      tone: "warm",
      formats: ["diary", "voiceOver"],
      threads: ["parent"],
      keywords: ["new baby", "first year", "new parents", "milestones", "parenthood"],
      audience: "new parents and parents to be",
      places: ["on a changing table", "in a pram-filled hallway", "at a window at dawn"],
      context: [
        "The house gets messier and the parents get better.",
        "Nobody's child is a genius in this one.",
        "Filmed one-handed for obvious reasons.",
      ],
      isSeries: true,
      posts: {
        "First year, month 1: who let us take it home?":
          "They drove home from the hospital at twenty, sat down on the sofa and looked at each other.",
        "First year, month 2: the smile": "Possibly wind, possibly the best second of the year.",
        "First year, month 4: nobody sleeps":
          "There's a chart on the wall, and nobody in the house can read it any more.",
        "First year, month 6: carrots everywhere":
          "The first spoon goes well; the second redecorates the kitchen.",
        "First year, month 9: off she crawls": "Everything breakable moves up one shelf.",
        "First year, month 11: back to work":
          "The parting at the nursery door hurt both of them, and by ten o'clock both were fine.",
        "First year, month 12: one candle":
          "A cake the guest of honour can't eat, and a toast to the grown-ups.",
      },
    },
    {
      name: "Raising small children",
      tone: "playful",
      formats: ["talk", "diary"],
      threads: ["parent"],
      keywords: ["toddlers", "parenting", "tantrums", "play", "siblings"],
      audience: "parents of children under eight",
      places: ["under a dining table", "at a playground fence", "in a queue with a trolley"],
      context: [
        "Tips come from a kindergarten teacher with six of her own nephews to test them on.",
        "Half advice, half confession.",
        "The children have approved the final cut.",
      ],
      posts: {
        "The supermarket tantrum":
          "Sit down next to it, wait, breathe, and ignore the man with the melons.",
        "Say yes to puddles":
          "Letting the child jump costs twelve minutes and one pair of trousers and buys a good mood until bedtime.",
        "Two children, one red cup": "Fair isn't equal, explained to a jury of four-year-olds.",
        "Let them be bored": "After twenty minutes of wailing the sofa became a ship.",
        "How to get out of the door by eight":
          "A kindergarten teacher's trick is to deal with the shoes first and the feelings second, and to sing while doing up the zip.",
        "What children hear when we hurry":
          "One morning filmed from ninety centimetres above the ground.",
      },
    },
    {
      name: "Teenagers",
      tone: "frank",
      formats: ["interview", "talk"],
      threads: ["parent", "kindness"],
      keywords: ["teenagers", "adolescence", "family conflict", "trust", "growing up"],
      audience: "parents of closed doors",
      places: ["outside a teenager's door", "in a car, side by side", "over late-night toast"],
      context: [
        "Teenagers wrote the questions and held the camera.",
        "Advice is thin on the ground; translation is plentiful.",
        "Curfews, phones and wet towels all get their turn.",
      ],
      posts: {
        "What “nothing” means":
          "“How was school?” “Nothing.” Four sixteen-year-olds explain what they wish you had asked.",
        "Knock, then wait": "Privacy as the first grown-up present.",
        "My son stopped talking to me in the car":
          "Two years later he started again, in the same seat, and she didn't dare to turn her head.",
        "Let her fail the small test":
          "What it cost a father not to carry the forgotten sports bag to school.",
        "Rules that survived fifteen":
          "A family of six on the three they kept and the nine they dropped.",
        "They slam doors because they trust the hinges":
          "A counsellor on why the worst behaviour is kept for the safest place.",
      },
    },
    {
      name: "Caring for old parents",
      tone: "warm",
      formats: ["interview", "voiceOver"],
      threads: ["kindness", "lateStarter"],
      keywords: ["caring for parents", "dementia", "elderly", "caregiver", "family duty"],
      audience: "daughters and sons of people who are getting old",
      places: ["in a childhood bedroom", "on a hospital bench", "in a sunny care-home garden"],
      context: [
        "Love and annoyance are allowed to sit on the same sofa.",
        "It reminds carers to eat something too.",
        "Small practical things, such as labels on drawers, take up most of it.",
      ],
      posts: {
        "My mother asked my name":
          "Dementia, a photo album, and the song she still knew every verse of.",
        "Taking away the car keys":
          "The hardest Sunday lunch in forty years, and the taxi account that softened it.",
        "Sharing the care with my brother":
          "Two siblings look after their mother by calendar, after a quarrel about who does more had nearly ended in silence.",
        "Dad's last garden":
          "Raised beds at wheelchair height, and beans he could reach until September.",
        "The carer needs a day off":
          "Taking one weekend off from looking after her father made her feel guilty on the train and human by Sunday.",
        "Ask them while you can": "Twenty questions for a tape recorder and a slow afternoon.",
      },
    },
    {
      name: "Learning together",
      tone: "playful",
      formats: ["handsOn", "explainer"],
      threads: ["parent", "student"],
      keywords: ["homework", "curiosity", "reading aloud", "science for kids", "learning at home"],
      audience: "parents of children who ask why",
      places: [
        "at a table covered in vinegar and soda",
        "in a library corner",
        "on a balcony with a telescope",
      ],
      context: [
        "Parents are encouraged to say “I don't know, shall we find out?”",
        "The mess can be cleaned up in under five minutes.",
        "Questions come from real children, spelling included.",
      ],
      posts: {
        "Homework without tears, mostly":
          "Children work better after a snack and with the hardest sum in second place, and parents do best by sitting on their hands.",
        "Read aloud long after they can read":
          "A twelve-year-old explains why he still wants a chapter at eight.",
        "Why is the sky not purple?":
          "A torch, a glass of milky water and a sunset on the kitchen table.",
        "The museum in twenty minutes": "Pick one picture, invent its next scene, then cake.",
        "A volcano, obviously":
          "Every family has to do this once, but here the foam leads on to what real volcanoes are for.",
        "Counting stairs in three languages":
          "Numbers creep in between the cellar and the fourth floor.",
      },
    },
    {
      name: "Grandparents and roots",
      tone: "calm",
      formats: ["interview", "voiceOver"],
      threads: ["slow", "kindness"],
      keywords: ["grandparents", "family stories", "traditions", "memories", "generations"],
      audience: "grandchildren of any age",
      places: ["on a porch", "beside a box of photographs", "in an orchard"],
      context: [
        "It gives old people the time they need to get to the point.",
        "Photographs are held up to the light one by one.",
        "You may want to ring somebody afterwards.",
      ],
      posts: {
        "The recipe, the war and the red bicycle":
          "Three stories from one afternoon, with pauses for tea.",
        "My grandfather's pocket":
          "Before washing his old coat she empties the pockets on the table, and every object has a story.",
        "How they met": "Two versions of the same dance, told at the same time.",
        "Grandma learns to video call":
          "Chin, ceiling, chin, ceiling, and at last the whole beloved face.",
        "A walk through the village as it was":
          "Here was the smithy, here was the pump, here he was kissed.",
        "What we inherited besides the nose":
          "A family traces its bad tempers, its tunes and its way of folding towels back over four generations.",
      },
    },
  ],
};
