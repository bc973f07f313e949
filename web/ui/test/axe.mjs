// axe put into a page once, speaking French; @axe-core/playwright would put it
// there again for each look.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const place = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright")).resolve("axe-core");
const locale = readFileSync(place.replace(/axe\.js$/, "locales/fr.json"), "utf8");
const source = `${readFileSync(place.replace(/axe\.js$/, "axe.min.js"), "utf8")};axe.configure({locale:${locale}})`;

/** WCAG 2.2 AA, and what axe thinks good besides. */
export const TAGS = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
/** What a colour scheme can change; all else is the same in both. */
export const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** violations looks at a page as it is now: one line a rule that is broken. */
export async function violations(page, runOnly = TAGS) {
  // An element of that name is one of globalThis too.
  if (!(await page.evaluate(() => typeof globalThis.axe?.run === "function"))) await page.evaluate(source);
  const { violations } = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ["violations"] }), runOnly);
  return violations.map((v) => `${v.id}, ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.failureSummary}`).join(" ; ")}`);
}
