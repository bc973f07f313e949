// How fast it feels, on this machine: from a key in one browser to its letter
// in another, by the real server; and what each main page takes. Not a test.
//   npm run latency
import { launch } from "./chromium.mjs";
import { directory, enter, start } from "./server.mjs";

const KEYS = 200;
const VISITS = 15;
const server = await start("demo", directory());
const browser = await launch();

async function arrive(role) {
  const page = await (await browser.newContext({ locale: "fr-FR" })).newPage();
  await enter(page, server.links[role]);
  return page;
}
const quantile = (all, q) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * q))];
const ms = (n) => `${n.toFixed(1)} ms`;

try {
  const [a, b] = [await arrive("rapporteure"), await arrive("rapporteur")];
  const motion = await a.locator('a[href$="/rediger"]').first().getAttribute("href");
  for (const page of [a, b]) {
    await page.goto(server.url + motion);
    await page.getByText("Tout est enregistré", { exact: true }).waitFor();
  }
  await a.locator("#motion-texte").press("Control+End");
  await a.keyboard.press("Enter");
  await a.waitForTimeout(500);
  // One clock for both: the machine's, as each page reads it. A letter's hour is
  // that of its event in the first page, and of the change in the second.
  await a.evaluate(() => {
    globalThis.typed = [];
    document.querySelector("#motion-texte").addEventListener("beforeinput", () => typed.push(performance.timeOrigin + performance.now()), true);
  });
  await b.evaluate(() => {
    globalThis.seen = [];
    const text = document.querySelector("#motion-texte");
    const count = () => (text.lastElementChild.textContent.match(/[x]/g) ?? []).length;
    new MutationObserver(() => {
      const now = performance.timeOrigin + performance.now();
      for (let n = count(); seen.length < n; ) seen.push(now);
    }).observe(text, { childList: true, subtree: true, characterData: true });
  });
  for (let i = 0; i < KEYS; i++) {
    await a.keyboard.type("x");
    await a.waitForTimeout(40 + (i % 5) * 10);
  }
  await b.waitForFunction((n) => globalThis.seen.length >= n, KEYS);
  const [typed, seen] = [await a.evaluate(() => typed), await b.evaluate(() => seen)];
  const keys = typed.slice(0, KEYS).map((t, i) => seen[i] - t);
  console.log(`key to the other browser, ${KEYS} keys: p50 ${ms(quantile(keys, 0.5))}, p95 ${ms(quantile(keys, 0.95))}, most ${ms(Math.max(...keys))}`);

  const pages = { élue: ["/", "/contributions", "/contributions?q=école", "/contributions/nouvelle", "/mes-contributions", "/themes", "/rencontres"], rapporteure: ["/motion", motion.replace("/rediger", ""), motion, motion.replace("/rediger", "/themes.json")], équipe: ["/atelier", "/pilotage", "/pilotage/accreditation", "/pilotage/journal"] };
  for (const [role, paths] of Object.entries(pages)) {
    const page = await arrive(role);
    for (const path of paths) {
      const times = [];
      for (let i = 0; i < VISITS; i++) {
        times.push(
          await page.evaluate(async (path) => {
            const begun = performance.now();
            await (await fetch(path, { cache: "no-store" })).text();
            return performance.now() - begun;
          }, path),
        );
      }
      console.log(`${role} ${path.replace(/\/motion\/[^/]+/, "/motion/ID")}: p50 ${ms(quantile(times, 0.5))}, p95 ${ms(quantile(times, 0.95))}`);
    }
  }
} finally {
  await browser.close();
  await server.kill();
}
