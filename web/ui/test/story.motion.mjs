// Steps 6 and 7 of the story: the motion, written by two and published.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { eventually } from "./server.mjs";
import { blocks, once, unzip } from "./story.mjs";

export { blocks };

/** typeAtEnd writes behind the text's last letter. */
export async function typeAtEnd({ page }, words) {
  await page.locator("#motion-texte").press("Control+End");
  await page.keyboard.type(words);
}

/** put sets the caret in a block, behind so many of its letters. */
async function put(page, block, offset) {
  await page.evaluate(
    ([block, offset]) => {
      const walker = document.createTreeWalker(document.querySelectorAll("#motion-texte > .block")[block], NodeFilter.SHOW_TEXT, (n) => (n.parentElement.closest(".peer-caret") ? 2 : 1));
      let node;
      while ((node = walker.nextNode()) && offset > node.length) offset -= node.length;
      document.querySelector("#motion-texte").focus();
      getSelection().collapse(node, offset);
    },
    [block, offset],
  );
  await page.waitForTimeout(60);
}

const kept = ({ page }) => page.getByText("Tout est enregistré", { exact: true }).waitFor({ timeout: 15_000 });
const missing = (who) => who.page.locator(".missing summary").textContent();

export async function tell({ world, step, arrive }) {
  await step("6. a rapporteure opens a motion from themes; two write it at once, and no letter is lost", async () => {
    const amel = await arrive("amel", world.links["Amel"]);
    assert.equal(new URL(amel.page.url()).pathname, "/motion");
    await amel.page.getByLabel("Titre").fill("Pour un numérique qui n’oublie personne");
    await amel.page.getByLabel("Cimetières et mémoire des familles").check();
    await amel.page.getByRole("checkbox").nth(1).check();
    await amel.picture("6-ouvrir", true);
    await amel.press("Ouvrir le projet");
    await kept(amel);
    world.motion = /\/motion\/([^/]+)/.exec(amel.page.url())[1];
    const benoit = await arrive("benoit", world.links["Benoît"]);
    await benoit.go(`/motion/${world.motion}/rediger`);
    await kept(benoit);
    const text = await blocks(amel.page);
    assert.ok(text.some((x) => x.startsWith("Considérant ")));

    // A paragraph of their own, then both in it: typing, splitting, joining.
    await typeAtEnd(amel, "");
    await amel.page.keyboard.press("Enter");
    await amel.page.keyboard.type("Une phrase commune où deux personnes écrivent à la fois, sans façon.");
    await eventually("the other has it", async () => assert.deepEqual(await blocks(benoit.page), await blocks(amel.page)));
    const at = (await blocks(amel.page)).length - 1;
    await put(amel.page, at, 11);
    await put(benoit.page, at, 40);
    const [one, two] = ["ĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨ", "āăąćĉċčďđēĕėęěĝğġģĥħĩ"];
    const typing = async ({ page }, letters) => {
      for (const [i, letter] of [...letters].entries()) {
        await page.keyboard.type(letter);
        if (i % 9 === 4) await page.keyboard.press("Enter");
        if (i % 9 === 7) {
          await page.keyboard.press("Home");
          await page.keyboard.press("Backspace");
        }
      }
    };
    await Promise.all([typing(amel, one), typing(benoit, two)]);
    await eventually("both agree", async () => assert.deepEqual(await blocks(benoit.page), await blocks(amel.page)));
    await Promise.all([kept(amel), kept(benoit)]);
    await eventually("carets have names", async () => assert.equal(await amel.page.locator(".peer-name").first().textContent(), "Benoît Traoré"));
    await amel.picture("6-a-deux");
    await amel.picture("6-redaction", true);
    for (const who of [amel, benoit]) once(one + two, (await blocks(who.page)).join("\n"), "in an editor");
    await world.staff.go(`/motion/${world.motion}`);
    once(one + two, await world.staff.page.locator("main article").first().textContent(), "on the server’s page");
    const letters = (s) => [...s].filter((c) => !(one + two).includes(c) && /\S/.test(c)).sort().join("");
    assert.equal(letters((await blocks(amel.page)).join("")), letters(text.join("") + "Une phrase commune où deux personnes écrivent à la fois, sans façon."));
  });

  await step("6b. a verbatim comes with its citation, and one theme less is missing", async () => {
    const { amel, benoit } = world;
    const before = Number(/: (\d+) sur/.exec(await missing(amel))[1]);
    await typeAtEnd(amel, "");
    await amel.page.keyboard.press("Enter");
    const item = amel.page.locator(".theme-item", { hasText: "pas encore reflété" }).first();
    world.reflected = await item.locator(".theme-label").textContent();
    await item.locator("summary").click();
    await item.getByRole("button", { name: /^Citer/ }).first().click();
    for (const who of [amel, benoit]) await eventually("counted", async () => assert.equal(Number(/: (\d+) sur/.exec(await missing(who))[1]), before - 1));
    // The words of two élus, each from the panel, by their names.
    for (const name of ["Élise", "Corentin"]) {
      await amel.page.getByLabel("Chercher un thème").fill(name);
      await amel.page.keyboard.press("Tab");
      await typeAtEnd(amel, " ");
      const verbatim = amel.page.locator(".verbatim:visible", { hasText: name }).first();
      world[`cited${name}`] = await verbatim.locator("blockquote").textContent();
      await verbatim.getByRole("button", { name: /^Citer/ }).click();
      await amel.page.getByLabel("Chercher un thème").fill("");
    }
    await kept(amel);
    await amel.picture("6-verbatim");
    await amel.page.locator("#motion-texte [data-cite]").last().click();
    await amel.see("de cette phrase");
    await amel.picture("6-source");
    await world.staff.go(`/motion/${world.motion}`);
    await world.staff.see("Ce que le texte reflète");
    assert.ok(!(await world.staff.page.locator("section", { hasText: "Thèmes pas encore reflétés" }).last().textContent()).includes(world.reflected));
    await world.staff.picture("6-projet", true);
  });

  await step("7. published: read, downloaded, followed to the words that it rests on, and back", async () => {
    const { amel, elise } = world;
    await amel.page.getByRole("link", { name: "Lire et publier" }).click();
    await amel.page.getByLabel("Oui, publier malgré ce qui est à relire").check(); // proposals are still to be written
    await amel.press("Publier cette version");
    await amel.see("La motion est publiée");
    await amel.picture("7-publiee", true);
    const quote = world["citedÉlise"];
    const [odt] = await Promise.all([amel.page.waitForEvent("download"), amel.page.getByRole("link", { name: "ODT" }).click()]);
    const files = unzip(readFileSync(await odt.path()));
    assert.equal([...files.keys()][0], "mimetype");
    assert.equal(files.get("mimetype").toString(), "application/vnd.oasis.opendocument.text");
    const content = files.get("content.xml").toString().replace(/<[^>]+>/g, "").replaceAll("&apos;", "'");
    assert.ok(content.includes(quote), quote);
    await amel.page.getByRole("link", { name: "page HTML" }).click();
    await amel.see("Pour un numérique qui n’oublie personne");
    await amel.picture("7-page", true);
    await amel.page.goBack();

    // A sentence's source leads to the very words.
    await amel.page.locator("article.motion a.source").last().click();
    await amel.page.waitForURL(/\/contributions\/[^#]+#v\d+-\d+-\d+$/);
    const anchor = new URL(amel.page.url()).hash.slice(1);
    const words = amel.page.locator(`[id="${anchor}"]`);
    assert.ok((await words.textContent()).includes(world["citedCorentin"]));
    assert.ok(await words.evaluate((el) => el.getBoundingClientRect().top < innerHeight && el.getBoundingClientRect().bottom > 0));
    await amel.picture("7-source");
    await amel.page.locator('section[aria-labelledby="devenir"] a[href^="/motion/"]').first().click();
    await amel.page.waitForURL(/\/motion\/.*#/);
    assert.ok((await amel.page.locator(`[id="${decodeURIComponent(new URL(amel.page.url()).hash.slice(1))}"]`).textContent()).length > 0);

    // An élue sees what became of her words.
    await elise.page.goto(`${elise.url}/mes-contributions`);
    await elise.picture("7-mes-contributions", true);
    await elise.page.locator(`a[href^="/motion/${world.motion}"]`).first().click();
    const sentence = elise.page.locator(`[id="${decodeURIComponent(new URL(elise.page.url()).hash.slice(1))}"]`);
    assert.ok((await sentence.count()) === 1);
    await elise.picture("7-phrase");
    await amel.go(`/motion/${world.motion}/rediger`);
    await kept(amel);
  });
}
