/** Files imported `with { type: "file" }`: the import gives the path that they can be read from. */
declare module "swagger-ui-dist/*" {
  const path: string;
  export default path;
}
declare module "*.wasm" {
  const path: string;
  export default path;
}
declare module "*.onnx" {
  const path: string;
  export default path;
}
