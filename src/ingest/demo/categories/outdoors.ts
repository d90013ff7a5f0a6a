/** Demo posts about being outside: trails, gardens, rock and cold water. */
import type { CategoryMaterial } from "../material.ts";

/** The category "Outdoors". */
export const outdoors: CategoryMaterial = {
  id: 18,
  name: "Outdoors",
  description: "Weather included.",
  themes: [
    {
      name: "Slow walks",
      tone: "calm",
      formats: ["voiceOver", "poem"],
      threads: ["slow"],
      keywords: ["walking", "nature sounds", "forest bathing", "slow walk", "seasons"],
      audience: "people who walk to think, or to stop thinking",
      places: ["in a beech wood", "along a hedge", "on a tidal flat"],
      context: [
        "It goes at the speed of someone looking for mushrooms.",
        "There's no destination, and it is reached.",
        "Birdsong was recorded on the spot and is listed at the end.",
      ],
      posts: {
        "Walk to the end of the field and back":
          "Nothing happens on this walk of twenty-one minutes, apart from a hare.",
        "The same path in every month":
          "Twelve short takes from one bend in the lane, mud to frost to meadow.",
        "Listen before sunrise":
          "Birds begin to sing in a fixed order, and if you get up early enough you can hear each one join.",
        "How to look at a tree": "Bark, buds, lean, neighbours: five minutes with one ash.",
        "Walking after an argument":
          "Two kilometres for the anger, one for the other person's point of view.",
        Fog: "A poem about a morning without edges.",
        "What the tide leaves":
          "Walking along the high-water line, she picks up rope and shells and forgets for forty minutes that she wanted anything.",
      },
    },
    {
      name: "Trail running",
      tone: "driven",
      formats: ["diary", "voiceOver"],
      threads: ["trail", "runner"],
      keywords: ["trail running", "ultra", "mountain run", "mud", "descents"],
      audience: "runners who are bored with pavements",
      places: ["on a narrow ridge", "through knee-deep heather", "down a stony gully"],
      context: [
        "Kilometres mean little here; metres of climb mean a lot.",
        "Chest-camera footage, so keep hold of something.",
        "Walking uphill is declared legal, and even clever.",
      ],
      posts: {
        "First trail run, last dry socks":
          "Road shoes are no use on wet grass, and the grin from that hour lasted until Tuesday.",
        "Learn to run downhill": "Short steps, loose arms, eyes three metres ahead, no brakes.",
        "Sixty kilometres and one bad patch":
          "At forty-four everything hurt; at forty-six there was soup.",
        "Dawn over the ridge in running shoes":
          "Up by head torch, down by sunlight, at work by nine.",
        "What's in the running pack":
          "She empties her pack on the table and explains each thing, down to the sandwich that once saved a stranger.",
        "The race I stopped":
          "Turning round two peaks from the finish, in hail, and being proud of it.",
        "Night run with owls": "Ten kilometres of forest on one small cone of light.",
      },
    },
    {
      name: "Hut to hut",
      tone: "warm",
      formats: ["diary", "voiceOver"],
      threads: ["trail", "slow"],
      keywords: ["hiking", "mountain hut", "multi-day hike", "backpack", "alpine path"],
      audience: "first-time hikers with new boots",
      places: ["on a mountain pass", "outside a stone hut", "beside a cairn"],
      context: [
        "Two friends, six days, one guidebook from 1987.",
        "Blisters get more screen time than summits.",
        "The route is easy, marked and open to anyone who can climb a church tower.",
      ],
      isSeries: true,
      posts: {
        "Hut to hut, day one: too much luggage":
          "Half of the rucksack stays behind at the bus stop café.",
        "Hut to hut, day two: the long ascent":
          "Eleven hundred metres up through larch, thistles and a lecture from a goat.",
        "Hut to hut, day three: storm":
          "Nobody leaves the hut today, so twelve strangers play cards and dry their socks on one stove.",
        "Hut to hut, day four: the pass":
          "They cross a snowfield in July, holding on to a rope, and can see three countries from the top.",
        "Hut to hut, day five: alone for an hour":
          "They agree to walk apart, and it becomes the hour both talk about later.",
        "Hut to hut, day six: down to the lake":
          "Knees, cowbells, cold water, and a train nobody wants to catch.",
      },
    },
    {
      name: "Cold water",
      tone: "frank",
      formats: ["talk", "diary"],
      threads: ["discipline", "trail"],
      keywords: ["cold water swimming", "ice bath", "cold shower", "winter swim", "resilience"],
      audience: "the curious and the shivering",
      places: ["on an icy jetty", "at a quarry lake", "in a winter sea"],
      context: [
        "Safety first, boasting last: never alone, never for long, out before it feels good.",
        "Screaming is allowed and frequent.",
        "Claims about miracles get a raised eyebrow.",
      ],
      posts: {
        "Thirty seconds at the end of the shower":
          "Day one squeals, day ten sings, day thirty shrugs.",
        "The ladies of the January lake":
          "Six swimmers with a combined age of four hundred and six break the ice every Thursday and have no plans to stop.",
        "What cold does to your breath":
          "The gasp, the panic, and how a slow exhale ends both in about a minute.",
        "I hate every second and I'm back tomorrow":
          "On choosing one hard thing before eight o'clock.",
        "Getting out is the dangerous part":
          "Winter swimmers cool down most after they've left the water, so the order in which you dress matters.",
        "Ice, axe, two friends":
          "Sawing a hole the size of a door and spending ninety seconds in it.",
      },
    },
    {
      name: "A balcony garden",
      tone: "calm",
      formats: ["handsOn", "diary"],
      threads: ["slow", "thrift", "maker"],
      keywords: ["balcony garden", "growing vegetables", "seeds", "compost", "container gardening"],
      audience: "people with four square metres and some hope",
      places: ["on a fourth-floor balcony", "over a row of old buckets", "beside a rain barrel"],
      context: [
        "Everything grows in things that were thrown away.",
        "Slugs are part of the cast.",
        "One year, one balcony, a bit more green in every part.",
      ],
      isSeries: true,
      posts: {
        "Balcony garden in February: seeds on the radiator":
          "Egg boxes make decent seed trays if you keep them warm, and the labels always fade before the seedlings show.",
        "Balcony garden in April: out too early":
          "The tomatoes were put out in a warm week, and after one frosty night only three of the twelve seedlings stood up again.",
        "Balcony garden in May: buckets and beans":
          "Beans need holes in the bottom of the bucket and something to climb, so strings go up the wall and bets are placed on who reaches the railing first.",
        "Balcony garden in July: water, water":
          "How to go on holiday without coming home to straw: a wick from a bottle does most of the watering.",
        "Balcony garden in September: forty tomatoes":
          "Sums are done, and each of them cost about as much as a taxi.",
        "Balcony garden in November: worms": "A box under the bench turns peelings into next year.",
      },
    },
    {
      name: "Climbing",
      tone: "driven",
      formats: ["diary", "explainer"],
      threads: ["strength", "trail"],
      keywords: ["bouldering", "climbing", "grip", "falling", "problem solving"],
      audience: "climbers in their first two years",
      places: ["under a sandstone boulder", "in a chalky gym", "at the foot of a sea cliff"],
      context: [
        "Falling takes up as much time as climbing.",
        "Strong people are outwitted by patient ones, again and again.",
        "Beta is shared freely and mostly ignored.",
      ],
      posts: {
        "Forty tries at one move":
          "It took three evenings to hold one small edge, and the shout when it worked stopped the whole climbing hall.",
        "Learn to fall":
          "From knee height, from the hip, from the top: trust in the mat is built in layers.",
        "Feet first, always":
          "Arms hang, legs push: the sentence every coach says four hundred times a day.",
        "Scared on a rope":
          "Freezing eight metres up, and a partner who talked about dinner until the hands worked again.",
        "Rest on the wall":
          "Finding the knee bar, the straight arm and the breath in the middle of a route.",
        "First day on real rock": "No coloured holds, so where is the route? Everywhere.",
      },
    },
  ],
};
