// Builds web/ui/dist: app.js for every page, motion.js for the editor, app.css
// with its fonts beside it, sw.js, the service worker, and manifest.json,
// {"app.js": "HASH", …}: pages ask for /statique/app.js?v=HASH, which may be
// cached for ever.
//   node build.mjs [--watch]
import { createHash } from "node:crypto";
import { copyFile, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
for (const name of await readdir(dist)) if (name !== ".keep") await rm(join(dist, name), { recursive: true });

const options = {
  absWorkingDir: here,
  entryPoints: { app: "src/app/app.ts", motion: "src/motion/editor.ts" },
  outdir: "dist",
  bundle: true,
  minify: true,
  sourcemap: false,
  format: "esm",
  target: ["es2022"],
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
};
const styles = {
  absWorkingDir: here,
  entryPoints: { app: "styles/app.css" },
  outdir: "dist",
  bundle: true,
  minify: true,
  target: ["chrome109", "firefox115", "safari16"],
  loader: { ".woff2": "file" },
  assetNames: "[name]-[hash]",
  logLevel: "warning",
};
await Promise.all([esbuild.build(options), esbuild.build(styles)]);

// The same faces for the PDF, in the older wrapping that Go's readers open.
const faces = "@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next";
for (const style of ["400-normal", "700-normal", "400-italic", "700-italic"])
  for (const part of ["latin", "latin-ext"])
    await copyFile(join(here, "node_modules", `${faces}-${part}-${style}.woff`), join(dist, `print-${style}-${part}.woff`));
// The worker bears the bundle's hash, and knows by name what it keeps: what
// every page needs, at the address by which the server's pages ask for it.
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);
const address = async (name) => `/statique/${name}?v=${hash(await readFile(join(dist, name)))}`;
const fonts = (await readdir(dist)).filter((name) => /-latin-(400|700)-normal-\w+\.woff2$/.test(name)).map((name) => `/statique/${name}`);
const shell = [await address("app.css"), await address("app.js"), ...fonts.sort()];
const offline = (await Promise.all(["layout.html", "hors-ligne.html"].map((name) => readFile(join(here, "templates", name), "utf8")))).join();
await esbuild.build({
  ...options,
  entryPoints: { sw: "src/app/worker.ts" },
  format: "iife",
  define: { VERSION: JSON.stringify(hash(shell.join() + offline)), SHELL: JSON.stringify(shell) },
});

const manifest = {};
for (const name of (await readdir(dist)).sort()) {
  if (name.startsWith(".")) continue;
  const bytes = await readFile(join(dist, name));
  manifest[name] = hash(bytes);
  const { size } = await stat(join(dist, name));
  if (!/\.woff2?$/.test(name)) console.log(`${name.padEnd(12)} ${String(size).padStart(7)} octets, ${gzipSync(bytes).length} gzip`);
}
await writeFile(join(dist, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
