/** A program on a terminal, as somebody sits at it. */

/** A started program; `shown` is every byte that its terminal was sent so far. */
export type Seated = {
  readonly shown: () => string;
  /** Resolves once it has shown this; fails if it ends before. */
  readonly until: (words: RegExp) => Promise<void>;
  readonly press: (keys: string) => void;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Its exit code as a shell gives it: 128 and the signal's number if that ended it. */
  readonly code: Promise<number>;
} & AsyncDisposable;

const NUMBERS: Readonly<Record<string, number>> = { SIGINT: 2, SIGTERM: 15, SIGKILL: 9 };

/** Start a program on a terminal of that many columns. */
export function seat(
  cmd: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  columns = 80,
): Seated {
  let shown = "";
  let heard = Promise.withResolvers<void>();
  const told = () => (heard.resolve(), (heard = Promise.withResolvers()));
  const decoder = new TextDecoder();
  const { promise: allShown, resolve: onClosed } = Promise.withResolvers<void>();
  const child = Bun.spawn([...cmd], {
    cwd,
    env: { HOME: cwd, ...env },
    terminal: {
      cols: columns,
      rows: 24,
      data: (_, bytes) => {
        shown += decoder.decode(bytes, { stream: true });
        told();
      },
      exit: () => onClosed(),
    },
  });
  let isOver = false;
  const code = child.exited.then(async () => {
    await allShown; // what it said last may still be on its way
    isOver = true;
    told();
    return child.exitCode ?? 128 + NUMBERS[child.signalCode!]!;
  });
  return {
    shown: () => shown,
    until: async (words) => {
      while (!words.test(shown)) {
        if (isOver) throw new Error(`ended without showing ${words}:\n${shown}`);
        await heard.promise;
      }
    },
    press: (keys) => void child.terminal!.write(keys),
    signal: (name) => child.kill(name),
    code,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.exited;
      child.terminal?.close();
    },
  };
}
