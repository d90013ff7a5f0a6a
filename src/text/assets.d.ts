/** Files imported `with { type: "file" }` are the path they can be read from. */
declare module "*.onnx" {
  const path: string;
  export default path;
}
