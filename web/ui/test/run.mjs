// Bundles the tests of one kind and runs them under node's own runner.
//   node test/run.mjs unit      headless, everywhere
//   node test/run.mjs browser   in Debian's Chromium, skipped without it
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const kind = process.argv[2] ?? "unit";
if (kind === "browser") {
  const files = readdirSync(here).filter((f) => f.endsWith(".browser.mjs")).map((f) => join(here, f));
  process.exit(run(files, "--test-concurrency=1")); // two at once outrun what the pages wait for
}
const out = join(here, "..", "test-results", "unit");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const entries = readdirSync(here).filter((f) => f.endsWith(".test.ts"));
await build({
  entryPoints: entries.map((f) => join(here, f)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  sourcemap: "inline",
  logLevel: "warning",
});
process.exit(run(readdirSync(out).map((f) => join(out, f))));

function run(files, ...options) {
  const result = spawnSync(process.execPath, ["--test", ...options, "--test-reporter=spec", "--enable-source-maps", ...files], { stdio: "inherit" });
  console.log(result.status === 0 ? "PASS" : "FAIL");
  return result.status ?? 1;
}
