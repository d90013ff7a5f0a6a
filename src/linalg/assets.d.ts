/** Files imported `with { type: "file" }` are the path they can be read from. */
declare module "*.wasm" {
  const path: string;
  export default path;
}
