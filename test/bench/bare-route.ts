/** The least a server can do: an Elysia route that returns the bytes of a file. `bun bare-route.ts <port> <file>` */
import { Elysia } from "elysia";

const [port, path] = Bun.argv.slice(2);
const body = await Bun.file(path!).bytes();
const headers = { "content-type": "application/json" };

new Elysia()
  .get("/feed", () => new Response(body, { headers }))
  .listen({ port: Number(port), hostname: "127.0.0.1" });
