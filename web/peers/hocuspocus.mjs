// The server that make load-motion measures beside ours, as its documentation
// starts it: nothing is kept.
import { Server } from "@hocuspocus/server";

const server = new Server({ address: "127.0.0.1", port: Number(process.argv[2]), quiet: true });
await server.listen();
console.log("ready");
