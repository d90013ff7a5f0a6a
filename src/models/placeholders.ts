/** Placeholders: uploads whose words say nothing of a video. */
import { withoutAccents, wordsOf } from "./words.ts";

/** Fewest words of a summary that makes up for a missing title. */
const TEXT_WORDS = 12;
/** Number of posts with equal texts from which the text counts as a placeholder. */
const SAME_TEXTS = 20;

/** Words of a test upload, or of a missing name. */
const TEST_WORDS =
  words(`test tests tested tester testing teste testvideo testpost testupload tst sample
  samples dummy demo example placeholder lorem ipsum untitled unnamed unbenannt noname foo foobar blah
  xxx tmp null undefined tbd todo prueba pruebas essai probe deneme тест тестовое проба परीक्षण टेस्ट
  δοκιμη בדיקה اختبار ทดสอบ`);
/** Words for a file or a field. */
const THINGS = words(`video videos vid clip clips title titles titel titre titulo titolo topic file
  upload uploads movie mov mp4 recording image img photo draft видео названия वीडियो فيديو`);
/** Words that add nothing beside these. */
const FILLERS =
  words(`a an my this it is just do watch new no not another for of only final copy version
  edited export output name description content category post posts please ignore delete me here
  your with without enter insert add project design document dolor sit amet sem ohne sans sin senza без`);
/** Words that are placeholders only if they stand alone: "The Bar" is a name, so is "My Nan". */
const ALONE = words(`bar baz nan nil none temp abc abcd xyz asd asdasd qwe`);
/** Placeholder words in scripts without spaces. */
const UNSPACED =
  /^(测试|測試|テスト|테스트|无标题|無題|제목|없음|视频|視頻|影片|動画|영상|동영상)+$/;
/** Keys side by side, in rows of keyboards. */
const KEYS = "qwertyuiop asdfghjkl zxcvbnm qwertz yxcvbnm azertyuiop";
/** Fewest letters of a run along the keyboard; there are words of three. */
const RUN = 4;

/** Endings of files that hold a video or a picture. */
const FILE =
  /\S\.(mp4|mov|m4v|avi|mkv|webm|ogv|3gp|mpe?g|wmv|flv|mts|m2ts|vob|hevc|jpe?g|png|gif|webp|heic|mp3|m4a|wav)$/i;
/** Names that cameras, phones and programs give a recording; they have four digits. */
const CAMERA =
  /^(?=(.*\d){4})((img|vid|mvi|mov|dsc|dscn|dscf|pxl|gopr|dji|rpreplay|trim|snapchat|inshot|capcut|screen|screen[ _-]?recording|screenrecorder|whatsapp[ _-]?(video|image))[ _.-]?|(gx|gh|lv|wa)[_-]?)\(?[\dA-F][\d\sA-F_.:()-]*(wa\d+|at[\d\s.:]+|am|pm)*$/i;
/** A name and the number that an app has given it. */
const NUMBERED = /^[\p{L}._-]+\d{8,}$/u;
/** Only digits, or a date and a time. Four digits are a year, which may be a title, as "4-7-8" is. */
const DIGITS = /^(?!\d{4}$)(\d+|(?=(.*\d){6})[\d\s._-]*\d)$/;

/** Titles and summaries of posts by row. */
type Wording = { readonly titles: readonly string[]; readonly summaries: readonly string[] };

/**
 * 1 for placeholders `[posts]`: posts with an empty title such as "test", "Sample Title" or a file's
 * name, posts without title and summary, and posts whose text many others have too.
 */
export function placeholders({ titles, summaries }: Wording): Uint8Array {
  const texts = titles.map((title, n) => `${wordsOf(title).join(" ")}\n${summaries[n]!}`);
  const same = new Map<string, number>();
  for (const it of texts) same.set(it, (same.get(it) ?? 0) + 1);
  return Uint8Array.from(titles, (title, n) => {
    const isNone = title.trim() === "" || wordsOf(title).length === 0;
    const isMute = isNone && wordsOf(summaries[n]!).length < TEXT_WORDS;
    return Number(isMute || same.get(texts[n]!)! >= SAME_TEXTS || (!isNone && isNoTitle(title)));
  });
}

/** True if a title says nothing about the video. */
export function isNoTitle(title: string): boolean {
  const plain = title.normalize("NFKC").trim();
  if ([FILE, CAMERA, NUMBERED, DIGITS, /^n\/a$/i].some((it) => it.test(plain))) return true;
  // "SampleTitle" is two words.
  return isNothing(wordsOf(plain)) || isNothing(wordsOf(plain.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " "))); // prettier-ignore
}

function isNothing(all: readonly string[]): boolean {
  const folded = all.map((it) => withoutAccents(it));
  if (folded.length > 0 && folded.every((it) => ALONE.has(bareOf(it)))) return true;
  const goesAlong = (it: string) => FILLERS.has(it) || ALONE.has(it) || isNumber(it);
  return folded.some(isEmpty) && folded.every((it) => isEmpty(it) || goesAlong(it));
}

/** True if a word says nothing; a number at its end adds nothing. */
function isEmpty(word: string): boolean {
  const bare = bareOf(word);
  return TEST_WORDS.has(bare) || THINGS.has(bare) || THINGS.has(word) || UNSPACED.test(bare) || isCode(word); // prettier-ignore
}

/** A word without the number at its end. */
const bareOf = (word: string) => word.replace(/\d+$/, "");

/** True for a word that nobody would say: a version, a hash, random keys, one repeated letter. */
function isCode(word: string): boolean {
  if (/^(v\d+|(.)\2{2,})$/u.test(word)) return true;
  if (word.length >= RUN && KEYS.includes(word)) return true;
  // "https" has five letters.
  if (/^[bcdfghjklmnpqrstvwxz]{6,}$/.test(word)) return true;
  return word.length >= 8 && (isNumber(word) || /\d[a-z]{1,2}\d/.test(word));
}

/** True for a decimal number, a hexadecimal one of four digits or more, an ordinal, or a size. */
function isNumber(word: string): boolean {
  return /^(\d+|(?=.*\d)[\da-f]{4,}|\d+(st|nd|rd|th|x\d+|mb|fps))$/.test(word);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
