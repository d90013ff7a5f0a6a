/** A Dockerfile, as far as ours goes: stages of instructions. */

/** Such as `COPY --from=build /a /b`. */
export type Instruction = {
  readonly name: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly text: string;
};
export type Stage = { readonly from: string; readonly instructions: readonly Instruction[] };

/** The stages of a Dockerfile, in their order. */
export function stagesOf(dockerfile: string): Stage[] {
  const stages: { from: string; instructions: Instruction[] }[] = [];
  const lines = dockerfile.replaceAll(/^#.*\n/gm, "").replaceAll(/\\\n\s*/g, "");
  for (const line of lines.split("\n").filter((it) => it.trim() !== "")) {
    const instruction = instructionOf(line);
    if (instruction.name === "FROM") stages.push({ from: instruction.text, instructions: [] });
    else stages.at(-1)!.instructions.push(instruction);
  }
  return stages;
}

function instructionOf(line: string): Instruction {
  const [, name, given, text] = /^([A-Z]+)((?: +--\S+)*) +(.*)$/.exec(line)!;
  const flags = [...given!.matchAll(/--([^= ]+)=(\S+)/g)].map(([, flag, value]) => [flag, value]);
  return { name: name!, flags: Object.fromEntries(flags), text: text! };
}

/** The one instruction of that name, or the last of several: it is the one that counts. */
export function last({ instructions }: Stage, name: string): string {
  const found = instructions.findLast((it) => it.name === name);
  if (found === undefined) throw new RangeError(`the Dockerfile has no ${name}`);
  return found.text;
}

/** The words of `["a", "b"]`. */
export function words(json: string): string[] {
  return JSON.parse(json) as string[];
}

/** Names and values of `A=1 B=2`. */
export function pairs(text: string): Record<string, string> {
  return Object.fromEntries(text.split(/ +/).map((it) => it.split("=", 2)));
}
