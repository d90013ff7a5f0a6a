import { describe, expect, test } from "bun:test";
import { isNoTitle, placeholders } from "../../src/models/placeholders.ts";

const TEXT =
  "A woman sits by the window, breathes slowly and tells how it helped her to fall asleep after work.";
/** True if a post with this title and summary is a placeholder. */
const sinks = (title: string, summary = "") =>
  placeholders({ titles: [title], summaries: [summary] })[0] === 1;

describe("a placeholder is a post", () => {
  test.each([
    ...["test", "Test 1", "TESTING!!", "testing-topic", "Sample Title", "sample title (2)"],
    ...["test video please ignore", "My test post", "lorem ipsum", "demo video", "example"],
    ...[
      "untitled",
      "Untitled video 3",
      "(no title)",
      "null",
      "Title",
      "video 1",
      "New Video",
      "Clip",
    ],
    ...["asdf", "asdasd", "sdfghjkl", "qwerty", "aaaa", "prueba", "тест", "测试"],
    ...["IMG_1234.MOV", "final_v2.mp4", "final_v2", "holiday in rome.mp4", "C0001.MP4"],
    ...["IMG_1234", "VID-20240101-WA0001", "PXL_20230101_101010123", "20240101_120000"],
    ...["WhatsApp Video 2024-01-01 at 10.00.00", "Screen Recording 2024-05-01 at 10.11.12 AM"],
    ...["d5c8e3957f1c33625657ff35306d6fce07e36b37", "550e8400-e29b-41d4-a716-446655440000"],
    ...["dQw4w9WgXcQ", "1", "123456", "tiktok_7123456789012", "screen-20230101-120000"],
    ...["test123", "Video1", "TestTitle", "SampleVideo_1280x720_1mb", "abc123", "NaN", "n/a"],
    ...[
      "Vídeo 1",
      "Sans titre",
      "Ohne Titel",
      "Без названия",
      "测试视频",
      "テスト動画 2",
      "टेस्ट",
      "δοκιμή",
    ],
    ...["Untitled project", "Insert title here", "TEST VIDEO (do not watch)", "foo bar"],
    ...["Lorem ipsum dolor sit amet", "clip.webp", "C:\\videos\\clip.mp4", "sdfgh"],
  ])("whose title is none: %s", (title) => {
    expect(sinks(title)).toBe(true);
    expect(sinks(title, TEXT)).toBe(true);
  });

  test.each(["", "  ", "…", "-", "🙏🔥"])(
    "without a title (%p) that nobody has described",
    (title) => {
      expect(sinks(title)).toBe(true);
      expect(sinks(title, "A video.")).toBe(true);
      expect(sinks(title, TEXT)).toBe(false); // half of the real posts are like that
    },
  );

  test("with a text that twenty posts have", () => {
    const of = (count: number) =>
      placeholders({
        titles: Array.from({ length: count }, () => "Breathe with me"),
        summaries: Array.from({ length: count }, () => "Breathing."),
      });
    expect([...of(19)]).not.toContain(1);
    expect([...of(20)]).not.toContain(0);
  });
});

test.each([
  ...["Post 7", "Cooking lesson 1", "The test of time", "Test your focus in 5 minutes", "Yoga"],
  ...["My first video", "How to pass a test", "A sample of joy", "Day 12", "Abc of breathing"],
  ...["Video call with my mum", "Hello", "Rhythm", "Strengths", "1984", "10,000 steps", "Coco"],
  ...["Testing my limits", "Just do it", "Back after injury 3: watching the others run", "2.0 km"],
  ...["The Bar", "My Nan", "ASD 101", "The Draft", "3D video", "F1 video", "B2B video", "4-7-8"],
  ...["Wade", "Wade a bad decade", "Trim a bead", "CapCut 101", "LV 2023", "GX 460", "HTTPS"],
  ...["Herbstschmuck", "Angstschweiss", "be2gether4ever", "Brrrr", "Convert it to .mp4", "50-50"],
  ...[
    "परीक्षण कैसे करें",
    "测试你的极限",
    "テスト勉強のコツ",
    "تعلم العربية",
    "🔥 Run",
    "TikTok tips 2",
  ],
  ...["A final word", "Untitled feelings", "Sample sale survival", "9 (2009)", "呼吸を整える"],
])("%s is a title", (title) => {
  expect(isNoTitle(title)).toBe(false);
});
