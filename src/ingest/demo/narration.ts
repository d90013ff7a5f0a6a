/** Text and properties of a video that follow from its format and its tone. */
type Making = {
  /** "{place}" is replaced by where it was filmed. */
  readonly sentences: readonly string[];
  readonly audio: string;
  readonly visuals: string;
  readonly people: number;
  readonly hasFace: boolean;
  /** Minimum and maximum. */
  readonly lengthSeconds: readonly [number, number];
};

/** Properties of each format. */
export const MAKING = {
  talk: {
    sentences: [
      "Recorded {place}, in one take and without music.",
      "One person talks to the camera {place}.",
      "It was filmed {place}, and somebody walks through the picture half-way.",
      "The speaker looks straight into the lens {place}.",
      "Plain picture, good sound: just a person talking {place}.",
      "A phone on a tripod {place} is all the equipment there was.",
      "Nothing was cut: it was all said in one go, {place}.",
      "No set, no script: it was recorded {place} at the first try.",
    ],
    audio: "one voice, close to the microphone",
    visuals: "a speaker facing the camera",
    people: 1,
    hasFace: true,
    lengthSeconds: [45, 180],
  },
  guided: {
    sentences: [
      "You can follow along in real time, as the guide does it {place}.",
      "Shown {place} at the speed at which you'd do it yourself.",
      "A voice leads through it while the pictures stay {place}.",
      "Meant to be done while watching; the guide works {place}, with a small clock in the corner.",
      "Filmed {place} from the side, so that it's easy to copy.",
      "Few words and clear pictures, filmed {place}.",
      "The guide sits or stands {place} and does everything along with you.",
    ],
    audio: "spoken instructions with long gaps",
    visuals: "a guide showing each movement",
    people: 1,
    hasFace: true,
    lengthSeconds: [90, 660],
  },
  voiceOver: {
    sentences: [
      "A voice tells it over pictures taken {place}.",
      "Most of what you see was shot {place}, while the narrator stays out of the picture.",
      "The narrator is never seen; the camera stays {place}.",
      "The words run over quiet footage shot {place}.",
      "What you see was filmed {place}; what you hear was added later, in one breath.",
      "Long shots filmed {place} leave room for the sound.",
      "Shot {place}, with the microphone close and hardly any music.",
    ],
    audio: "narration over natural sound",
    visuals: "long shots without a speaker",
    people: 0,
    hasFace: false,
    lengthSeconds: [60, 300],
  },
  explainer: {
    sentences: [
      "Simple line drawings carry it, with short scenes filmed {place} in between.",
      "It is drawn as it is told, by a hand at work {place}.",
      "Hand-drawn figures explain it in black and one colour.",
      "Partly animated, partly filmed {place}.",
      "Paper cut-outs act it out while a voice keeps count of the points.",
      "The whole thing is sketched on the spot {place}.",
    ],
    audio: "brisk narration and pencil sounds",
    visuals: "drawings that grow line by line",
    people: 0,
    hasFace: false,
    lengthSeconds: [60, 240],
  },
  diary: {
    sentences: [
      "Filmed in short bits on a phone {place}.",
      "A video diary, shaky and honest, much of it shot {place}.",
      "Bits of phone footage taken {place} are strung together in order.",
      "The camera comes along {place} and simply keeps running.",
      "It's told in dated clips, recorded {place} as things happened.",
      "Part confession, part logbook, filmed {place}.",
      "The date stands in the corner of every clip, and the best one was taken {place}.",
    ],
    audio: "breathless remarks and whatever was going on around",
    visuals: "hand-held clips in order of date",
    people: 1,
    hasFace: true,
    lengthSeconds: [60, 420],
  },
  handsOn: {
    sentences: [
      "The camera watches the hands at work {place}.",
      "Everything is shown step by step {place}, and the middle isn't skipped.",
      "Shot close up {place}; the few spoken words name what you see.",
      "You watch it being done {place}, mistakes included.",
      "Shown more than told, {place}, in close-up.",
      "Filmed {place} without a break, with a few remarks along the way.",
    ],
    audio: "tool sounds and short remarks",
    visuals: "hands in close-up",
    people: 1,
    hasFace: false,
    lengthSeconds: [60, 480],
  },
  interview: {
    sentences: [
      "Two people talk about it {place}.",
      "They met {place}, and the interviewer leaves time for the answers.",
      "Recorded {place} as a conversation, with the questions cut out.",
      "Several voices take turns, all filmed {place}.",
      "A conversation {place}, lightly edited.",
      "Questions appear as text; the answers were filmed {place}.",
    ],
    audio: "a conversation",
    visuals: "faces in close-up, listening and answering",
    people: 2,
    hasFace: true,
    lengthSeconds: [90, 540],
  },
  poem: {
    sentences: [
      "Spoken word, read {place}.",
      "A text for one voice, performed {place}.",
      "Read aloud {place}, slowly enough to follow.",
      "The lines appear on the screen as they're spoken {place}.",
    ],
    audio: "one voice reading, with pauses",
    visuals: "slow pictures and lines of text",
    people: 1,
    hasFace: false,
    lengthSeconds: [40, 120],
  },
} satisfies Record<string, Making>;

/** For each tone the emotion at a video's start and at its end, and the traits it appeals to. */
export const FEELING = {
  calm: { from: "restlessness", to: "calm", traits: ["patience", "presence"] },
  driven: { from: "doubt", to: "determination", traits: ["persistence", "ambition"] },
  practical: { from: "puzzlement", to: "confidence", traits: ["clarity", "self-reliance"] },
  warm: { from: "vulnerability", to: "hope", traits: ["openness", "compassion"] },
  playful: { from: "awkwardness", to: "amusement", traits: ["humour", "curiosity"] },
  frank: { from: "discomfort", to: "resolve", traits: ["honesty", "responsibility"] },
};
