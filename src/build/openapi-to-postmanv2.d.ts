/** The one function of openapi-to-postmanv2 that is used; the package has no types. */
declare module "openapi-to-postmanv2" {
  type Result = {
    readonly result: boolean;
    readonly reason?: string;
    readonly output?: readonly { readonly type: string; readonly data: unknown }[];
  };
  export function convertV2(
    input: { readonly type: "json"; readonly data: object },
    options: Readonly<Record<string, unknown>>,
    done: (error: Error | null, result: Result) => void,
  ): void;
}
