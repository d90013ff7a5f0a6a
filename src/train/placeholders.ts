/** Which posts are placeholders: uploads whose words say nothing of a video. */

/** Words that a text of its own has at least; fewer do not stand for a title that is missing. */
const TEXT_WORDS = 12;
/** Posts with one same text from which it says nothing of any of them. */
const SAME_TEXTS = 20;

/** Words that say that somebody tried something out. */
const TRIALS = words(`test tests tested tester testing teste testvideo testpost testupload sample
  samples dummy demo example placeholder lorem ipsum untitled unnamed noname asdf asdfg asdfgh asd asdasd qwe qwer qwert
  qwerty qwertz zxcv zxcvb zxcvbn foo foobar bar baz blah abc abcd xyz xxx tmp temp null undefined none
  nil nan tbd todo prueba pruebas essai probe тест тестовое проба 测试 テスト 테스트 परीक्षण 无标题`);
/** Words that name a file or a field, and nothing in it. */
const THINGS =
  words(`video videos vid clip clips title titles topic file upload uploads movie mov mp4
  recording image img photo draft`);
/** Words that only go along with these. */
const FILLERS = words(`a an the my this is it just new no not another for of only final copy version
  edited export output name description content category post posts please ignore delete me
  here your with without titel titre título sem ohne sans sin без названия`);

/** Endings of files that hold a video or a picture. */
const FILE =
  /^[^\\/]{1,200}\.(mp4|mov|m4v|avi|mkv|webm|3gp|mpe?g|wmv|flv|jpe?g|png|gif|heic|mp3|wav)$/i;
/** What cameras, phones and programs call a recording. */
const CAMERA =
  /^(img|vid|mvi|mov|dsc|dscn|dscf|pxl|gopr|gx|gh|dji|rpreplay|trim|snapchat|inshot|capcut|lv|screen[ _-]?recording|screenrecorder|whatsapp[ _-]?(video|image)|wa)[ _.-]?\(?[\dA-F][\d\sA-F_.:()-]*(wa\d+|at[\d\s.:]+|am|pm)*$/i;

/** The words that placeholders are told by; entry n of both speaks of post n. */
export type Wording = { readonly titles: readonly string[]; readonly summaries: readonly string[] };

/**
 * 1 for placeholders `[posts]`. These are posts whose title is none ("test", "Sample Title", a name
 * of a file), posts without a title that nobody has described either, and posts with a text that
 * very many have.
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

/** Whether a title says nothing of a video. */
export function isNoTitle(title: string): boolean {
  const plain = title.normalize("NFKC").trim();
  if (FILE.test(plain) || CAMERA.test(plain)) return true;
  const all = wordsOf(plain);
  // Four digits are a year, which may be a title.
  if (/^[\d\s._-]*\d$/.test(plain)) return plain.length !== 4;
  const isEmpty = (word: string) => TRIALS.has(word) || THINGS.has(word) || isCode(word);
  return all.some(isEmpty) && all.every((it) => isEmpty(it) || FILLERS.has(it) || isNumber(it));
}

/** Whether nobody would say this: a version, a hash, keys hit at random, one letter again and again. */
function isCode(word: string): boolean {
  if (/^(v\d+|(.)\2{2,})$/u.test(word)) return true;
  if (word.length < 8) return /^[bcdfghjklmnpqrstvwxz]{5,}$/.test(word);
  return isNumber(word) || /\d[a-z]+\d/.test(word) || /[bcdfghjklmnpqrstvwxz]{7}/.test(word);
}

/** A number, in tens, sixteens or in a row of others. */
function isNumber(word: string): boolean {
  return /^((?=.*\d)[\da-f]+|\d+(st|nd|rd|th))$/.test(word);
}

/** Runs of letters and digits, in lower case. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  );
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
