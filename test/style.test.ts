/** Rules for source files: the opening comment, the length, the exports, the types. */
import { expect, test } from "bun:test";
import { everyFile, offenders, type File } from "./support/source-files.ts";

const LINES_MAX = 200;
const FUNCTION_LINES_MAX = 70;

test("files open by saying what they are for", () => {
  expect(
    offenders(({ text }) => (/^(?:#!.*\n)?\/\*\*/.test(text) ? [] : ["no opening comment"])),
  ).toEqual([]);
});

test("comments name their subject: none is a question in disguise", () => {
  const asked =
    /(?:\/\*\*|^ *\*) (?:How|Whether|Why|What|When|Where|Which|Who|The same)\b(?![ -]if:).*/gm;
  expect(offenders(({ text }) => text.match(asked) ?? [], everyFile)).toEqual([]);
});

test(`files fit in ${LINES_MAX} lines, tests too`, () => {
  const lines = (text: string) => text.split("\n").length - 1;
  const long = ({ text }: File) => (lines(text) > LINES_MAX ? [`${lines(text)} lines`] : []);
  expect(offenders(long, everyFile)).toEqual([]);
});

test(`files hold functions of at most ${FUNCTION_LINES_MAX} lines`, () => {
  const functions =
    /^( *)(?:export )?(?:async )?(?:function\*? (\w+)|(?:const (\w+) = .*=> \{$))[\s\S]*?^\1\}/gm;
  const long = ({ text }: File) =>
    [...text.matchAll(functions)]
      .filter(([body]) => body.split("\n").length > FUNCTION_LINES_MAX)
      .map(([body, , name, arrow]) => `${name ?? arrow} has ${body.split("\n").length} lines`);
  expect(offenders(long)).toEqual([]);
});

test("files export nothing as default, nor what another file exports", () => {
  expect(
    offenders(({ code }) => [...code.matchAll(/^export (?:default|\*|\{).*/gm)].map(([it]) => it)),
  ).toEqual([]);
});

// Said too: by the opening comment of a file with one export, by the export on the line above, by
// what a type is derived from.
test("files say of every export what it is", () => {
  const bare = ({ text }: File) => {
    const all = [...text.matchAll(/^export (?:async )?(?:function\*?|const|class|type) (\w+).*/gm)];
    return all
      .filter(({ index }) => /(?:^|[^/]\n|\n)\n$/.test(text.slice(0, index)))
      .filter(([line]) => !/^export type \w+ = (?:ReturnType<|\(?(?:keyof )?typeof )/.test(line))
      .filter(() => all.length > 1)
      .map(([, name]) => `${name} has no comment`);
  };
  expect(offenders(bare)).toEqual([]);
});

test("files know types: no any, nothing switched off", () => {
  const unknown = /(?:: |\bas |<|\| )any\b(?=[\s;,)>[\]]|$)/gm;
  const found = ({ text, code }: File) =>
    [...code.replace(/(["`])(?:\\.|(?!\1)[^\\])*\1/g, '""').matchAll(unknown)]
      .map(([it]) => it)
      .concat(text.match(/@ts-(?:ignore|nocheck|expect-error)/g) ?? []);
  expect(offenders(found)).toEqual([]);
});
