/** Demo posts about how people think of themselves and of difficulty. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Mindset". */
export const mindset: CategoryMaterial = {
  id: 2,
  name: "Mindset",
  description: "How we talk to ourselves, and what changes when we stop.",
  themes: [
    {
      name: "Growth mindset",
      tone: "practical",
      formats: ["explainer", "talk"],
      threads: ["student", "lateStarter"],
      keywords: ["growth mindset", "learning from mistakes", "effort", "talent", "school"],
      audience: "pupils, students and their teachers",
      places: ["at a blackboard", "in an empty classroom", "at a library table"],
      context: [
        "Behind it is the idea that ability is built, and that it goes on being built.",
        "Praise for talent, it says, teaches people to avoid hard tasks.",
        "Teachers have been passing this one round their staff rooms.",
      ],
      posts: {
        "The most useful word in school is “yet”":
          "Adding three letters to “I can't do this” changes what a pupil tries next, and one teacher got a whole class to say it.",
        "Why clever children quit early":
          "Those who were praised for being quick often stop at the first thing that comes slowly.",
        "What a wrong answer is for":
          "A maths tutor keeps the best mistakes on the wall and says what each of them taught the room.",
        "Talent is a head start of about a week":
          "A violin teacher compares his gifted beginner with his stubborn one, in week one and again in year three.",
        "Your brain on a problem that is too hard":
          "What goes on while you are stuck, and why the stuck part is where the learning sits.",
        "I was in the bottom set":
          "Someone who trains engineers today was sorted as slow at eleven and needed twenty years to stop believing it.",
      },
    },
    {
      name: "Fear and courage",
      tone: "warm",
      formats: ["talk", "poem"],
      threads: ["shy", "speaker"],
      keywords: ["courage", "fear", "bravery", "first step", "comfort zone"],
      audience: "people who hold themselves back",
      places: ["on a diving platform", "at a stage door", "on an empty station platform"],
      context: [
        "Nobody in it claims that fear goes away.",
        "It treats fear as a passenger who may sit in the back but doesn't get the wheel.",
        "The comments are full of people naming the one thing they put off for years.",
      ],
      posts: {
        "Knees shaking, door open":
          "Courage, seen from inside, feels exactly like fear with one more step in it.",
        "The ten seconds before you jump":
          "What goes through the head at the edge of the ten-metre board, said out loud while standing on it.",
        "A letter to the thing I'm afraid of":
          "A poem that starts as an angry letter and turns, somewhere in the middle, into a thank-you note.",
        "Do it scared":
          "Waiting to feel ready has a price, and here it is added up in missed trips, jobs and dances.",
        "How to be brave before breakfast":
          "Five very small dares, from greeting a stranger to sending the text you have been drafting since May.",
        "The bravest thing I saw this year":
          "A boy who stutters asked for the microphone at a wedding, and nobody in the room breathed.",
      },
    },
    {
      name: "No excuses",
      tone: "frank",
      formats: ["talk", "voiceOver"],
      threads: ["discipline", "strength"],
      keywords: ["discipline", "tough love", "excuses", "accountability", "hard work"],
      audience: "people who ask for a push",
      places: ["in a cold garage gym", "on a rooftop at five", "in a parked van"],
      context: [
        "Not gentle, and it says so in the first line.",
        "The speaker swears at nobody but himself.",
        "Viewers come back to it on the mornings when the bed is warm.",
      ],
      posts: {
        "You're not tired, you're unconvinced":
          "If the reason were big enough the alarm would not be a debate: a blunt test for telling tiredness from doubt.",
        "Nobody is coming to do your push-ups":
          "Help exists for nearly everything except the part that has to be done with your own arms.",
        "Stop negotiating with yourself":
          "Every deal you strike with tomorrow gets broken by the same person who made it.",
        "Motivation is weather":
          "Some days it shines and some days it doesn't; the trick is owning a coat.",
        "Your excuses have very good grammar":
          "Three polished reasons for not starting are read out and then crossed through, slowly.",
        "Read this when you want to stop":
          "Ninety seconds of short lines, written for the moment when the last set still has to be done.",
        "The standard you walk past":
          "What you let slide on Monday is what you have agreed to by Friday.",
      },
    },
    {
      name: "The long game",
      tone: "calm",
      formats: ["voiceOver", "talk"],
      threads: ["runner", "maker", "slow"],
      keywords: ["patience", "long-term thinking", "compounding", "persistence", "slow progress"],
      audience: "people in the middle of something that takes years",
      places: ["along a canal", "under an old oak", "on a long straight road"],
      context: [
        "It borrows its pace from long-distance running: nothing is decided in the first hour.",
        "Results are treated as something that arrives late and all at once.",
        "There is hardly any advice in it, only a sense of time.",
      ],
      posts: {
        "Bamboo does nothing for years":
          "Underground it is busy the whole time, which is the part nobody films.",
        "One per cent and a lot of Tuesdays":
          "Tiny gains don't feel like anything until you put two photographs next to each other.",
        "Mile nineteen":
          "Past the excitement and far from the finish is a stretch of road that decides how the story is told.",
        "Plant the tree you won't sit under":
          "A forester walks through a wood her great-grandfather planned and points at what she is planting for others.",
        "The boring middle of everything good":
          "Marriages, marathons and novels share a long flat part, and learning to like it is most of the skill.",
        "Ten years is coming anyway":
          "The time will pass whether or not you use it, so the only open question is what stands at the end.",
      },
    },
    {
      name: "Self-talk",
      tone: "warm",
      formats: ["talk"],
      threads: ["shy", "comeback"],
      keywords: ["self-talk", "inner critic", "self-compassion", "confidence", "thoughts"],
      audience: "people who are hard on themselves",
      places: ["in front of a mirror", "on the edge of a bathtub", "by a steamed-up window"],
      context: [
        "The rule it keeps coming back to: say nothing to yourself that you would not say to a friend.",
        "It doesn't ask for affirmations that you can't believe.",
        "A sentence is offered to keep, short enough for a sticky note.",
      ],
      posts: {
        "Meet your inner commentator":
          "Give the voice a silly name and a sports reporter's microphone, and it loses half its authority.",
        "Talk to yourself like a good coach":
          "A football trainer replays what he shouts at players after a mistake and asks what you shout at yourself.",
        "“I'm fine” and other small lies":
          "On the sentences we use to keep people out, and one honest one that lets them in.",
        "The mirror exercise nobody wants to do":
          "Two minutes of eye contact with yourself, guided, with permission to laugh.",
        "Thoughts are not the news":
          "What if the worst thing you think about yourself is only a rumour?",
        "Forgiving the person you were at nineteen":
          "An old diary is opened, read aloud, and answered with more kindness than it was written with.",
      },
    },
    {
      name: "Perfectionism",
      tone: "frank",
      formats: ["talk", "explainer"],
      threads: ["maker", "student"],
      keywords: ["perfectionism", "comparison", "good enough", "finishing", "procrastination"],
      audience: "people who polish instead of finishing",
      places: ["at a cluttered desk", "beside a wall of drafts", "in a copy shop"],
      context: [
        "Perfectionism is described here as fear in an expensive coat.",
        "It makes a case for deadlines, even invented ones.",
        "Half of it is about comparing your rehearsal with other people's premiere.",
      ],
      posts: {
        "Done is a skill":
          "Finishing can be practised on purpose, with small things, like scales on a piano.",
        "Version one should embarrass you":
          "First drafts of famous buildings and machines, and how little they look like the postcard.",
        "The 80 per cent rule, honestly tested":
          "For one month everything was handed in at good enough: what broke, what didn't, and who noticed.",
        "Why you rewrite the first line forever":
          "Polishing the opening is a way of not writing the middle.",
        "You compared yourself again, didn't you":
          "Envy is taken apart piece by piece until there is something useful left: a hint about what you want.",
        "The pot that was allowed to be ugly":
          "One pottery class was graded by weight and the other by beauty, and the heavy shelf held the better pots.",
      },
    },
  ],
};
