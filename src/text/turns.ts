/** One text at a time, the urgent ones first. */

type Encode = (text: string) => Promise<Float32Array>;

/**
 * Two ways into one encoder: `query` texts, which somebody waits for, go before every `backlog`
 * text that is not being encoded yet.
 */
export function takeTurns(encode: Encode): { readonly query: Encode; readonly backlog: Encode } {
  type Task = () => Promise<void>;
  const urgent: Task[] = [];
  const patient: Task[] = [];
  let working = false;

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (let next: Task | undefined; (next = urgent.shift() ?? patient.shift());) await next();
    working = false;
  }
  const enter =
    (queue: Task[]): Encode =>
    (text) => {
      const { promise, resolve, reject } = Promise.withResolvers<Float32Array>();
      queue.push(() => encode(text).then(resolve, reject));
      void work();
      return promise;
    };
  return { query: enter(urgent), backlog: enter(patient) };
}
