/** Types of the part of newman that is used; the package has none. */
declare module "newman" {
  type Counts = { readonly total: number; readonly failed: number; readonly pending: number };
  type Failure = { readonly source?: { readonly name: string }; readonly error: Error };
  export type Summary = {
    readonly run: {
      readonly stats: { readonly requests: Counts; readonly assertions: Counts };
      readonly failures: readonly Failure[];
    };
  };
  export function run(
    options: {
      readonly collection: object;
      readonly envVar: readonly { readonly key: string; readonly value: string }[];
    },
    done: (error: Error | null, summary: Summary) => void,
  ): void;
}
