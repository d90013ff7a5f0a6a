/** Summaries of demo videos as upstream's model writes them: `post_summary`. */
import { between, pick, shuffled, type Random } from "../../linalg/random.ts";
import type { DemoPost } from "./catalogue.ts";
import { FEELING, MAKING } from "./narration.ts";

/** A summary with upstream's 17 keys in its order and spelling; `[]` for a few posts. */
export function postSummary(random: Random, post: DemoPost): object {
  const { theme, format } = post;
  const { audio, visuals, people, hasFace, lengthSeconds } = MAKING[format];
  const { from, to, traits } = FEELING[theme.tone];
  const place = pick(random, theme.places);
  const seconds = between(random, ...lengthSeconds);
  const description = describe(random, post, place);
  const keywords = weigh(shuffled(random, theme.keywords), theme.tone);
  const groups = theme.audience.split(" and ");
  if (random() < 0.05) return [];
  return {
    actions: people === 0 ? [] : { main_action: visuals },
    audio_elements: { narration_style: audio },
    description: random() < 0.3 ? `### Video Content Analysis\n\n${description}` : description,
    emotions: random() < 0.15 ? [from, to] : { initial_emotion: from, final_emotion: to },
    entities: { setting: place },
    estimated_duration:
      seconds < 90 ? `${seconds} seconds` : `About ${Math.round(seconds / 60)} minutes`,
    genre: `${pick(random, ["Motivational", "Inspirational", "Self-improvement"])}/${theme.name}`,
    is_face_exist: hasFace,
    keywords,
    no_of_person_in_video: people,
    other_person_details: [],
    main_person_details: hasFace ? { name: "Unnamed speaker" } : null,
    targeted_audiance: { groups: random() < 0.5 ? [theme.audience] : groups },
    topics_of_video: { [theme.name.toLowerCase()]: theme.keywords[0] },
    visual_elements_of_video: { style: visuals },
    quality_indicators: random() < 0.1 ? null : { video_quality: "clear picture and sound" },
    psycological_view_of_video: { traits },
  };
}

/** Two to four sentences: the post's gist, its theme's context and its format, in a random order. */
function describe(random: Random, { theme, format, gist }: DemoPost, place: string): string {
  const [context = "", more = ""] = shuffled(random, theme.context);
  const making = pick(random, MAKING[format].sentences).replace("{place}", place);
  const orders = [
    [gist, context, making],
    [gist, making, context],
    [gist, context, more],
    [gist, context, making, more],
    [making, gist, context],
    [gist, making],
  ];
  return pick(random, orders).join(" ");
}

/** Keywords with weights from 10 down, on upstream's scale of 1 to 10. */
function weigh(keywords: readonly string[], tone: string): { keyword: string; weight: number }[] {
  return [...keywords.slice(0, 4), tone].map((keyword, n) => ({ keyword, weight: 10 - 2 * n }));
}
