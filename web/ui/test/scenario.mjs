// A page of Chromium in which scenarios run.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch } from "./chromium.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** open gives { run(binding, seed, ops, options), faults, close() }. */
export async function open() {
  const bundle = await build({ entryPoints: [join(here, "scenario.page.ts")], bundle: true, write: false, format: "iife", logLevel: "warning" });
  const browser = await launch();
  const page = await (await browser.newContext({ viewport: { width: 900, height: 900 } })).newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (m) => console.log(m.text()));
  await page.addStyleTag({ content: ".ProseMirror { white-space: break-spaces; overflow-wrap: break-word }" });
  await page.addScriptTag({ content: bundle.outputFiles[0].text });
  return {
    faults,
    run: (...args) => page.evaluate((args) => globalThis.run(...args), args),
    close: () => browser.close(),
  };
}
