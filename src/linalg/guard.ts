/** Guarded arrays: they throw when they are used after the end of their scope. For tests. */

/** Typed arrays that can lie in an arena. */
export type Numbers = Float32Array | Uint32Array | Int16Array | Uint8Array;

/**
 * A proxy of the array that checks every access.
 *
 * @throws RangeError if the array is read or written while `isOver` returns true.
 */
export function guarded<T extends Numbers>(array: T, isOver: () => boolean): T {
  const check = () => {
    if (isOver()) throw new RangeError("an array is used after its scope has ended");
  };
  return new Proxy(array, {
    get: (target, name) => {
      check();
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function" || name === "constructor") return value;
      return (...given: unknown[]) => {
        const made: unknown = Reflect.apply(value, target, given);
        if (made === target) return guarded(target, isOver);
        const isView = ArrayBuffer.isView(made) && made.buffer === target.buffer;
        return isView ? guarded(made as T, isOver) : made;
      };
    },
    set: (target, name, value) => {
      check();
      return Reflect.set(target, name, value, target);
    },
  });
}
