/** OpenBLAS, in a Python process that is asked job by job. */

/** What `kernel-peer.py` does with `threads`; sparse rows are read from `folder`. */
export function startPeer(python: string, threads: number, folder: string) {
  const script = new URL("./kernel-peer.py", import.meta.url).pathname;
  const child = Bun.spawn([python, script, String(threads), folder], {
    stdin: "pipe",
    stdout: "pipe",
  });
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  return {
    /** Do a job such as `inverse 1024`; gives seconds. */
    ask: async (job: string): Promise<number> => {
      child.stdin.write(`${job}\n`);
      await child.stdin.flush();
      let line = "";
      while (!line.endsWith("\n")) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`${python} ended, asked for ${job}`);
        line += value;
      }
      return Number(line);
    },
    close: () => child.kill(),
  };
}
