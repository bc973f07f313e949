// Debian's Chromium, if it is there.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

export const path = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const missing = existsSync(path) ? false : `no Chromium at ${path}`;

// A page loaded again in a document of its own forgets that its network was taken
// away (Chromium 148): it keeps its document, beside the one feature that
// Playwright asks for, since the last list given is the one that counts.
const FEATURES = "--enable-features=CDPScreenshotNewSurface,RenderDocument:level/crashed-frame";

export function launch() {
  return chromium.launch({
    executablePath: path,
    args: [FEATURES, "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
  });
}

/** watch gathers what a page must never do: errors, policy violations,
 * requests to anybody else. */
export function watch(page, origin) {
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // Chromium's own editing puts a style on what it joins where keys outrun
    // the selection's event. The policy stops it, the editor reads the join;
    // it has no script's line, ours would.
    if (/^Applying inline style/.test(message.text()) && !message.location().lineNumber) return;
    // A network that is pulled breaks requests in more ways than one can list;
    // what a policy of ours refuses is a fault all the same.
    if (/WebSocket connection|net::ERR_(?!BLOCKED)/.test(message.text())) return;
    if (["error", "warning"].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith(origin.replace("http", "ws")) && !/^(data|blob):/.test(url)) faults.push(`request to ${url}`);
  });
  return faults;
}
