// The real server, on a directory and a port of its own, and a line to it that
// can be cut. Whatever a test starts here ends with the test's process.
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const program = join(root, "bin", "congres");
export const unbuilt = existsSync(program) ? false : "no bin/congres: run make build";

const ends = new Set();
process.on("exit", () => [...ends].reverse().forEach((end) => end()));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** directory makes a data directory that goes with the process. */
export function directory() {
  const dir = mkdtempSync(join(tmpdir(), "congres-essai-"));
  ends.add(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** congres runs a command to its end and gives what it printed. */
export function congres(...args) {
  return new Promise((resolve, reject) => {
    execFile(program, args, (error, out, err) => (error ? reject(new Error(`congres ${args.join(" ")}: ${err || error.message}`)) : resolve(out.trim())));
  });
}

/** start runs `congres serve` or `congres demo` and waits until it accepts.
 * `links` is filled by the demo: role → address. */
export async function start(command, dir, { addr = "127.0.0.1:0", flags = [] } = {}) {
  const child = spawn(program, [command, "--data", dir, "--addr", addr, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  ends.add(kill);
  const gone = new Promise((resolve) => child.once("exit", resolve)).then(() => ends.delete(kill));
  const server = { url: "", links: {}, log: "", kill: () => (kill(), gone), stop: () => (child.kill("SIGTERM"), gone) };
  const wanted = command === "demo" ? 5 : 0;
  let out = "";
  child.stderr.on("data", (b) => (server.log += b));
  await new Promise((resolve, reject) => {
    gone.then(() => reject(new Error(`congres ${command} ended: ${server.log}`)));
    child.stdout.on("data", (b) => {
      out += b;
      for (const line of out.split("\n").slice(0, -1)) {
        const [role, link] = line.split("\t");
        if (link) server.links[role] = link;
        else server.url = /^prêt (http:\S+)/.exec(line)?.[1] ?? server.url;
      }
      if (server.url && Object.keys(server.links).length >= wanted) resolve();
    });
  });
  return server;
}

/** line stands between a browser and the server at an address, as the network
 * does: down() is the tunnel, which also cuts what was open. */
export async function line(address) {
  const { hostname, port } = new URL(address);
  const open = new Set();
  let up = true;
  const listener = createServer((near) => {
    if (!up) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const [a, b] of [[near, far], [far, near]]) {
      open.add(a);
      a.on("error", () => b.destroy());
      a.on("close", () => (open.delete(a), b.destroy()));
      a.pipe(b);
    }
  });
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const cut = () => open.forEach((s) => s.destroy());
  return {
    url: `http://127.0.0.1:${listener.address().port}`,
    down: () => ((up = false), cut()),
    up: () => (up = true),
    close: () => (cut(), new Promise((resolve) => listener.close(resolve))),
  };
}

/** eventually tries again until check holds. */
export async function eventually(what, check, ms = 15_000) {
  const end = Date.now() + ms;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw new Error(`${what}: ${error.message}`, { cause: error });
      await new Promise((r) => setTimeout(r, 50));
    }
  }
}

/** enter signs in by a link, as a person does: open it, press the button. */
export async function enter(page, link, origin) {
  const at = new URL(link);
  await page.goto((origin ?? at.origin) + at.pathname + at.search);
  await page.getByRole("main").getByRole("button", { name: "Entrer" }).click();
  await page.waitForURL((u) => !u.pathname.startsWith("/entrer"));
}
