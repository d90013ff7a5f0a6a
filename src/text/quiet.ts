/** Keeps ONNX Runtime from sending telemetry. Import it before anything that loads the runtime. */
import { libc } from "../runtime/libc.ts";

// Version 1.27 sends nothing; from 1.29 or 1.30 on it does, unless this is set in the C environment,
// which Bun's process.env does not reach.
libc({ setenv: { args: ["cstring", "cstring", "i32"], returns: "i32" } })?.setenv(
  Buffer.from("ORT_DISABLE_TELEMETRY\0"),
  Buffer.from("1\0"),
  1,
);
