// What stands in for the server in these tests: static files under the strict
// policy, a sample page, the y-websocket protocol with acknowledgements, and
// /live. Websocket framing (RFC 6455) by hand: text and binary, one frame a
// message from us, any fragmentation from the browser.
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as awarenessProtocol from "y-protocols/awareness";
import * as syncProtocol from "y-protocols/sync";
import * as Y from "yjs";

const ui = join(dirname(fileURLToPath(import.meta.url)), "..");
const types = { ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".html": "text/html; charset=utf-8", ".json": "application/json" };
export const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/** startRelay serves pages: { path: html | (request, body) => {status, headers, body} }. */
export async function startRelay(pages) {
  const doc = new Y.Doc();
  // It writes nothing of its own, as the server: Yjs would tidy marks away that
  // pages still count on.
  doc.on("afterTransaction", (tr) => (tr._needFormattingCleanup = false));
  const awareness = new awarenessProtocol.Awareness(doc);
  awareness.setLocalState(null);
  const conns = new Set();
  const lives = new Set();
  const relay = {
    doc, conns, lives,
    acking: true,
    refusing: false,
    refuses: "", // why nobody who comes from now on may write
    /** Bytes of the longest frame that is taken; a longer one ends its line. */
    longest: Infinity,
    /** cut drops every line at once, as a tunnel does. */
    cut() {
      for (const c of [...conns, ...lives]) c.socket.destroy();
    },
    live(frame) {
      for (const c of lives) c.send(JSON.stringify(frame));
    },
    close() {
      relay.cut();
      awareness.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };

  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    const page = pages[path];
    const file = join(ui, "dist", path);
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Cache-Control", "no-store");
    if (page !== undefined) {
      let body = "";
      for await (const chunk of request) body += chunk;
      const answer = typeof page === "function" ? page(request, body) : { body: page };
      response.writeHead(answer.status ?? 200, { "Content-Type": path.endsWith(".json") ? types[".json"] : types[".html"], ...answer.headers });
      response.end(answer.body ?? "");
    } else if (extname(path) && existsSync(file)) {
      response.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream" });
      createReadStream(file).pipe(response);
    } else response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
  });

  server.on("upgrade", (request, socket) => {
    if (relay.refusing) return socket.destroy();
    const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64");
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    const path = new URL(request.url, "http://x").pathname;
    const conn = frames(socket);
    socket.on("error", () => {});
    if (path === "/live") {
      lives.add(conn);
      socket.on("close", () => lives.delete(conn));
      conn.onMessage = (data) => (conn.from = JSON.parse(data.toString()).from);
      return;
    }
    conns.add(conn);
    const refuses = relay.refuses; // who was there before may write on
    conn.clients = new Set();
    let kept = 0;
    socket.on("close", () => {
      conns.delete(conn);
      awarenessProtocol.removeAwarenessStates(awareness, [...conn.clients], null);
    });
    const reply = (type, write) => {
      const e = encoding.createEncoder();
      encoding.writeVarUint(e, type);
      write(e);
      conn.send(Buffer.from(encoding.toUint8Array(e)));
    };
    conn.onMessage = (data) => {
      if (data.length > relay.longest) return conn.close(4413, "Le texte est trop long");
      const d = decoding.createDecoder(new Uint8Array(data));
      const type = decoding.readVarUint(d);
      if (type === 0) {
        if (refuses) return conn.close(4403, refuses);
        const e = encoding.createEncoder();
        encoding.writeVarUint(e, 0);
        const sub = syncProtocol.readSyncMessage(d, e, doc, conn);
        if (encoding.length(e) > 1) {
          conn.send(Buffer.from(encoding.toUint8Array(e)));
          reply(0, (x) => syncProtocol.writeSyncStep1(x, doc));
        }
        if (sub !== 0) {
          kept++;
          if (relay.acking) reply(100, (x) => encoding.writeVarUint(x, kept));
        }
      } else if (type === 1) awarenessProtocol.applyAwarenessUpdate(awareness, decoding.readVarUint8Array(d), conn);
      else if (type === 3) reply(1, (x) => encoding.writeVarUint8Array(x, awarenessProtocol.encodeAwarenessUpdate(awareness, [...awareness.getStates().keys()])));
    };
  });
  const broadcast = (type, write, but) => {
    const e = encoding.createEncoder();
    encoding.writeVarUint(e, type);
    write(e);
    for (const c of conns) if (c !== but) c.send(Buffer.from(encoding.toUint8Array(e)));
  };
  doc.on("update", (update, origin) => broadcast(0, (e) => syncProtocol.writeUpdate(e, update), origin));
  awareness.on("update", ({ added, updated, removed }, conn) => {
    if (conn?.clients) added.concat(updated).forEach((c) => conn.clients.add(c));
    broadcast(1, (e) => encoding.writeVarUint8Array(e, awarenessProtocol.encodeAwarenessUpdate(awareness, added.concat(updated, removed))), null);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  relay.url = `http://127.0.0.1:${server.address().port}`;
  return relay;
}

function frames(socket) {
  const conn = {
    socket,
    onMessage: () => {},
    send(data) {
      if (socket.destroyed) return;
      const payload = Buffer.from(data);
      const n = payload.length;
      const head = n < 126 ? Buffer.from([0, n]) : n < 65536 ? Buffer.from([0, 126, n >> 8, n & 255]) : Buffer.alloc(10);
      head[0] = 0x80 | (typeof data === "string" ? 1 : 2);
      if (n >= 65536) {
        head[1] = 127;
        head.writeBigUInt64BE(BigInt(n), 2);
      }
      socket.write(Buffer.concat([head, payload]));
    },
    close(code, reason = "") {
      const words = Buffer.from(reason);
      socket.write(Buffer.concat([Buffer.from([0x88, 2 + words.length, code >> 8, code & 255]), words]));
      socket.end();
    },
  };
  let buffer = Buffer.alloc(0);
  let parts = [];
  socket.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      if (buffer.length < 2) return;
      let n = buffer[1] & 127;
      let at = 2;
      if (n === 126) {
        if (buffer.length < 4) return;
        n = buffer.readUInt16BE(2);
        at = 4;
      } else if (n === 127) {
        if (buffer.length < 10) return;
        n = Number(buffer.readBigUInt64BE(2));
        at = 10;
      }
      if (buffer.length < at + 4 + n) return;
      const mask = buffer.subarray(at, at + 4);
      const data = Buffer.from(buffer.subarray(at + 4, at + 4 + n).map((b, i) => b ^ mask[i & 3]));
      const final = buffer[0] & 0x80;
      const op = buffer[0] & 15;
      buffer = buffer.subarray(at + 4 + n);
      if (op === 8) return socket.end();
      if (op > 8) continue;
      parts.push(data);
      if (final) {
        const whole = Buffer.concat(parts);
        parts = [];
        conn.onMessage(whole);
      }
    }
  });
  return conn;
}
