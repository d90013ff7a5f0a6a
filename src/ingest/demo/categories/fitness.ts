/** Demo posts about moving the body, from the first walk to a personal best. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Fitness". */
export const fitness: CategoryMaterial = {
  id: 3,
  name: "Fitness",
  description: "Bodies of every age, moving a bit more than yesterday. ",
  themes: [
    {
      name: "Couch to five kilometres",
      tone: "warm",
      formats: ["diary", "voiceOver"],
      threads: ["runner", "lateStarter"],
      keywords: ["couch to 5k", "beginner running", "run-walk", "running plan", "first race"],
      audience: "people who have not run since school",
      places: ["on a gravel towpath", "round a city park", "in the drizzle before work"],
      context: [
        "All eight weeks are filmed as they happened, bad days included.",
        "The plan is three runs a week, never two days in a row.",
        "Pace is never mentioned; being able to talk while running is the only rule.",
      ],
      isSeries: true,
      posts: {
        "Couch to 5k, week 1: sixty seconds is plenty":
          "The first run is one minute of jogging and ninety seconds of walking, eight times over, and the face at the end is very red.",
        "Couch to 5k, week 2: sore in new places":
          "Her calves ache, and her old trainers turn out to be nine years old, so this week is about shoes.",
        "Couch to 5k, week 3: the first three minutes":
          "Three minutes without stopping looks like nothing on paper and feels like crossing a border.",
        "Couch to 5k, week 4: I skipped one":
          "Monday's run didn't happen, and instead of giving up the week was simply started again.",
        "Couch to 5k, week 5: the twenty-minute run":
          "Everybody dreads this session, the one where the walking breaks disappear.",
        "Couch to 5k, week 6: running with somebody":
          "A neighbour joins in, and conversation makes two kilometres vanish.",
        "Couch to 5k, week 7: rain, dark, went anyway":
          "The weather is horrible, the head torch flickers, and for the first time she looked forward to a run.",
        "Couch to 5k, week 8: five kilometres":
          "She finishes a Saturday park run last but nine, over a line that children have drawn in chalk.",
      },
    },
    {
      name: "Running faster and longer",
      tone: "driven",
      formats: ["voiceOver", "explainer", "diary"],
      threads: ["runner"],
      keywords: ["running form", "interval training", "marathon", "cadence", "personal best"],
      audience: "runners with a race in the diary",
      places: ["on a cinder track", "on an early-morning bridge", "along a windy sea wall"],
      context: [
        "Made by club runners for club runners, with split times on the screen.",
        "Easy days are defended as fiercely as hard ones.",
        "Heart rate, stride and breath are shown as three simple curves.",
      ],
      posts: {
        "Run slower to run faster":
          "Why four runs out of five should feel almost too easy, shown with one runner's log over a winter.",
        "Eight times four hundred metres, and a lot of doubt":
          "An interval session told lap by lap, with the bargaining that goes on during the sixth.",
        "Your arms decide your legs":
          "Small changes to elbows and hands that tidy up a tired stride in the last third of a race.",
        "The long Sunday run":
          "Thirty kilometres from an empty street at six to a crowded one at nine.",
        "What mile twenty of my first marathon taught me":
          "There was a wall, it had a brass band in front of it, and a stranger's orange slice got me over.",
        "Chasing forty minutes":
          "Ten kilometres in under forty was the goal for three summers; this is the evening it fell.",
        "Uphill repeats for people who hate hills":
          "The climbs are short and steep, and a dog does each of them twice without being asked.",
      },
    },
    {
      name: "Strength at home",
      tone: "driven",
      formats: ["guided", "handsOn"],
      threads: ["strength", "discipline"],
      keywords: ["bodyweight training", "push-ups", "home workout", "strength", "six-week plan"],
      audience: "people without a gym or the wish to join one",
      places: ["on a living-room rug", "between sofa and bookshelf", "in a narrow hallway"],
      context: [
        "No equipment is used beyond a chair and a rucksack.",
        "Every exercise has an easier and a harder version side by side.",
        "Six weeks make up the plan, and each one asks for a little more than the last.",
      ],
      isSeries: true,
      posts: {
        "Six-week strength, part 1: find your starting number":
          "Test day: push-ups, squats and a plank, counted honestly and written on the fridge.",
        "Six-week strength, part 2: against the wall":
          "The push-up, rebuilt from the wall down to the floor.",
        "Six-week strength, part 3: legs that climb stairs":
          "Squats and split squats are the heart of this session, and you will come to resent the chair.",
        "Six-week strength, part 4: the rucksack":
          "A rucksack gets one book heavier every week and turns rowing and carrying into real work.",
        "Six-week strength, part 5: the week you want to stop":
          "Progress flattens out, so the session gets shorter, harder and louder.",
        "Six-week strength, part 6: test day again":
          "The number on the fridge gets company: three people repeat the first test and compare.",
      },
    },
    {
      name: "Desk-body repair",
      tone: "practical",
      formats: ["guided", "explainer"],
      threads: ["desk"],
      keywords: ["mobility", "neck and shoulders", "sitting", "posture", "office exercise"],
      audience: "office workers with stiff necks",
      places: ["at a swivel chair", "in an open-plan office", "beside a printer"],
      context: [
        "Can be done in work clothes, and nobody in the meeting will notice.",
        "The physiotherapist behind it thinks posture matters less than changing it often.",
        "It is over before the kettle boils.",
      ],
      posts: {
        "Undo eight hours of sitting in six minutes":
          "Hips first, then the upper back, then that place between the shoulder blades.",
        "Your neck after three video calls":
          "Four slow turns and a towel give the head back its full range.",
        "Wrists that type all day":
          "Prayer stretch, fist circles and the strange relief of shaking both hands like a wet dog.",
        "The best posture is the next one":
          "Sitting straight is overrated; sitting differently every twenty minutes isn't.",
        "Chair yoga that doesn't look like yoga":
          "Twists and folds disguised as reaching for a pen.",
        "Stairs are free equipment":
          "Five things to do with the staircase between floors three and four.",
      },
    },
    {
      name: "Gentle yoga",
      tone: "calm",
      formats: ["guided"],
      threads: ["slow"],
      keywords: ["gentle yoga", "stretching", "flexibility", "slow flow", "breath and movement"],
      audience: "stiff beginners and tired regulars",
      places: ["on a sunlit wooden floor", "on a jetty", "beside a sleeping dog"],
      context: [
        "Breath sets the speed and nobody counts.",
        "Cushions, blankets and books are used without shame.",
        "It ends lying down, as good things do.",
      ],
      posts: {
        "Ten minutes on the floor before coffee":
          "While the house is asleep you roll out of bed on to the mat for a few rounds of cat, cow and child's pose.",
        "Hamstrings, kindly": "If your fingers stop at the knees, this is where they start.",
        "An evening flow for heavy legs":
          "Legs up the wall after a day on your feet, with small movements in between.",
        "Slow shoulders":
          "All you need to loosen your shoulders is a scarf and the patience for fifteen circles.",
        "Balance practice for wobbly people":
          "Standing on one leg near a wall, and what the wobble is teaching your ankle.",
        "Yin for a rainy Sunday":
          "Four poses held so long that the rain outside changes its mind twice.",
      },
    },
    {
      name: "Strong after sixty",
      tone: "warm",
      formats: ["interview", "diary"],
      threads: ["lateStarter", "strength"],
      keywords: ["fitness over 60", "healthy ageing", "balance", "strength training", "late start"],
      audience: "people over sixty and their children",
      places: ["in a parish hall", "at a municipal pool", "in a small weights room"],
      context: [
        "Nobody here was sporty at school.",
        "It's full of laughter and very short on spandex.",
        "Muscle, it turns out, doesn't check your date of birth.",
      ],
      posts: {
        "She lifted her first barbell at seventy-one":
          "The doctor suggested walking; she asked what else there was.",
        "Getting up off the floor, a masterclass":
          "Seven ways down and back up again, because that is the exercise that keeps people independent.",
        "The Tuesday water gang":
          "It's the gossip, they say, that gets twelve swimmers with an average age of seventy-four into the pool by seven.",
        "My father's first pull-up":
          "At sixty-six he wanted to do one pull-up, and when it worked after fourteen months the whole playground clapped.",
        "Dancing counts":
          "What a weekly tea dance does for balance, memory and the price of bus tickets to the next town.",
        "Grip strength and jam jars":
          "Carrying shopping home turns out to be training, and here is how to make it better training.",
      },
    },
  ],
};
