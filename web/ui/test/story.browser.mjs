// The whole story, from the first invitation to the published motion and back,
// as the people of a congress live it: real server, real browser. It reads as
// a manual; each step leaves pictures in test-results.
import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, missing } from "./chromium.mjs";
import { congres, directory, enter, eventually, line, root, start, unbuilt } from "./server.mjs";
import { changed, contributions, holds, person, roster, unzip } from "./story.mjs";
import * as writing from "./story.motion.mjs";

const REAL = ["decidim-mel/propositions-libres.csv", "republique-numerique/opinions.tsv"].map((name) => join(root, "..", "shared", "data", name));

test("the story of a congress", { skip: missing || unbuilt, timeout: 400_000 }, async (t) => {
  const data = directory();
  const invitation = await congres("invite", "équipe", "equipe@congres.example", "--data", data);
  const world = { data, server: await start("serve", data), links: {} };
  const url = (world.url = world.server.url);
  const browser = await launch();
  const people = [];
  const arrive = async (name, link, options = {}) => {
    const who = await person(browser, options.url ?? url, options);
    people.push(who);
    world[name] = who;
    if (link) await enter(who.page, link, who.url);
    return who;
  };
  t.after(async () => {
    await browser.close();
    await world.line?.close();
    await world.server.kill();
  });
  /** A step after one that failed would only repeat its failure. */
  const step = async (name, tell) => {
    let told = false;
    await t.test(name, async (t) => {
      await tell(t);
      for (const who of people) assert.deepEqual(who.faults, []);
      told = true;
    });
    assert.ok(told, `the story stops at « ${name} »`);
  };

  await step("1. the first of the staff enters, opens an edition, accredits a list and has the links", async () => {
    const { page, go, see, press, picture } = await arrive("staff", invitation);
    await page.getByRole("main").getByRole("link", { name: /édition/ }).first().click();
    await page.getByLabel("Titre").fill("Congrès des communes connectées");
    await page.getByLabel("Questions posées").fill("Services publics | Comment le numérique rapproche-t-il les services publics ?\nÉducation | Que faut-il à nos écoles ?\nTerritoires | Qui reste hors du réseau ?");
    const wall = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10) + "T08:00";
    await page.getByLabel("ouvre le").fill(wall(-2));
    await page.getByLabel("ferme le").fill(wall(10));
    await page.getByLabel("Tout le monde").check();
    await page.getByLabel("Leur nom").check();
    await press("Ouvrir l’édition");
    await see("L'édition est enregistrée");
    await picture("1-edition", true);
    await go("/pilotage/accreditation");
    await page.getByLabel("Fichier CSV").setInputFiles(roster);
    await press("Relire ce fichier");
    await see("Rien n’est encore enregistré");
    await see("4 personnes nouvelles");
    assert.equal(await page.getByLabel("Courriel", { exact: true }).inputValue(), "Courriel");
    await picture("1-relire", true);
    await press(/^Accréditer$/);
    await see("Les liens à transmettre");
    await picture("1-liens", true);
    for (const row of await page.locator("tbody tr").all()) {
      const [name, , link] = await row.locator("th, td").allTextContents();
      world.links[name.split(" ")[0]] = link;
    }
    assert.deepEqual(Object.keys(world.links), ["Élise", "Corentin", "Amel", "Benoît"]);
  });

  await step("2. an élue writes on a phone, through a tunnel, and loses nothing", async () => {
    world.line = await line(url);
    const { page, context, picture, press, see } = await arrive("elise", world.links["Élise"], { url: world.line.url, viewport: { width: 360, height: 740 } });
    assert.equal(new URL(page.url()).pathname, "/contributions/nouvelle");
    const field = page.getByLabel("Votre contribution");
    await picture("2-formulaire");
    await page.getByLabel("Services publics").check();
    await field.pressSequentially("Cœur de bourg, été comme hiver : « l’accès aux droits », ça se mérite ? Non ! ");
    await see(/Brouillon enregistré à \d+\u00a0h\u00a0\d\d/);
    world.line.down();
    await context.setOffline(true);
    await field.pressSequentially("À Plouvern, le plan du cimetière tient dans un cahier.");
    await see("Hors connexion\u00a0: votre texte est gardé sur cet appareil");
    await picture("2-tunnel");
    await page.reload().catch(() => {}); // the train is still in the tunnel
    await context.setOffline(false);
    world.line.up();
    // The words are there, given back by this device or by the server, to which
    // the page shown in the tunnel may have brought them as soon as it could.
    await page.goto(world.line.url + "/contributions/nouvelle");
    assert.equal(await field.inputValue(), "Cœur de bourg, été comme hiver : « l’accès aux droits », ça se mérite ? Non ! À Plouvern, le plan du cimetière tient dans un cahier.");
    assert.ok(await page.getByLabel("Services publics").isChecked());
    await press("Envoyer");
    await see("Merci, c’est bien reçu.");
    await see("Cœur de bourg, été comme hiver");
    await picture("2-recu");
    world.receipt = page.url();
  });

  await step("2b. the same without JavaScript", async () => {
    const state = await world.elise.context.storageState();
    const { page, go, press, see } = await arrive("plain", "", { javaScriptEnabled: false, storageState: state, viewport: { width: 360, height: 740 } });
    await go("/contributions/nouvelle");
    await page.getByLabel("Éducation").check();
    await page.getByLabel("Votre contribution").fill("Sans script, l’école de Plouvern a aussi la parole : naïveté, maïs, Noël.");
    await press("Envoyer");
    await see("Merci, c’est bien reçu.");
    await see("naïveté, maïs, Noël");
  });

  await step("2c. another élu, reading the list, hears of it and nothing moves", async () => {
    await world.staff.go("/pilotage/imports");
    await send(world.staff, contributions("premiers.csv", 0, 12));
    const { page, go, see, picture } = await arrive("corentin", world.links["Corentin"], { viewport: { width: 360, height: 740 } });
    await go("/contributions");
    const where = () => page.evaluate(() => [scrollY, document.querySelector("[data-live-list] > li").getBoundingClientRect().top]);
    await page.evaluate(() => scrollTo(0, 500));
    const before = await where();
    assert.ok(before[0] > 400);
    const { elise } = world;
    await elise.page.goto(elise.url + "/contributions/nouvelle");
    await elise.page.getByLabel("Territoires").check();
    await elise.page.getByLabel("Votre contribution").fill("La fibre s’arrête au bourg, la vallée attend les antennes.");
    await elise.press("Envoyer");
    await see("1 nouvelle contribution — l’afficher");
    assert.deepEqual(await where(), before);
    await picture("2-annonce");
    await page.getByRole("button", { name: "1 nouvelle contribution" }).click();
    assert.match(await page.locator("[data-live-list] > li").first().textContent(), /La fibre s’arrête au bourg/);
  });

  await step("3. staff import tables: columns guessed, doubtful lines named, twice adds nothing, changes are versions", async (t) => {
    const { staff } = world;
    const { page, go, see, picture } = staff;
    for (const real of REAL) {
      await t.test(basename(real), { skip: !existsSync(real) && `no ${real}` }, async () => {
        await go("/pilotage/imports");
        await send(staff, real, async () => {
          assert.ok(await page.locator("#colonne-texte").inputValue());
          await picture(`3-${basename(real)}`);
        });
        await see(/[1-9]\d{2}\scontributions nouvelles/);
      });
    }
    const table = contributions("ateliers.csv", 0, 120, [["n120", "", "Éducation", ""], ["n1", "", "Éducation", "Un identifiant déjà pris."]]);
    await go("/pilotage/imports");
    await send(staff, table, async () => {
      assert.equal(await page.locator("#colonne-texte").inputValue(), "texte");
      assert.equal(await page.locator("#colonne-auteur").inputValue(), "auteur");
      await see("2 lignes laissées de côté");
      assert.deepEqual(await page.getByRole("region", { name: "Lignes à relire" }).locator("tbody th").allTextContents(), ["122", "123"]);
      await picture("3-relire", true);
      await see(/[1-9]\d*\sde ces textes sont déjà là, mot pour mot/); // « premiers.csv » brought them
    });
    await see("120 contributions nouvelles");
    await picture("3-fait");
    await go("/pilotage/imports");
    await send(staff, table);
    await see(/\b0\scontribution nouvelle/);
    await see("120 contributions inchangées");
    await go("/pilotage/imports");
    await send(staff, changed(table, "n5", "Après débat, nous demandons deux conseillers numériques au guichet de chaque mairie."));
    await see("1 contribution modifiée");
    await go("/contributions?q=d%C3%A9bat+deux+conseillers");
    await page.getByRole("link", { name: "Après débat" }).click();
    await see("Version 1,");
  });

  await step("4. the analysis, with its progress; its themes say why they exist", async () => {
    const { page, go, see, press, picture } = world.staff;
    await go("/atelier");
    await press("Lancer l’analyse");
    await picture("4-avancement");
    await page.getByRole("heading", { name: "Les thèmes sont à jour" }).waitFor({ timeout: 60_000 });
    await see(/\d+\sthèmes/);
    await picture("4-atelier", true);
    assert.match(await page.locator(".themes li").first().textContent(), /χ² \d+,\d/);
    await see(/Non classé\s*:/);
    world.themes = await themes(page);
    const cemetery = world.themes.find((x) => /cimeti|concession|tombe/i.test(x.words));
    assert.ok(cemetery, JSON.stringify(world.themes));
    await go(cemetery.path);
    await see("Pourquoi ce thème existe");
    assert.ok((await page.locator("ol.list .verbatim").count()) > 2);
    await picture("4-theme", true);
    const [download] = await Promise.all([page.waitForEvent("download"), go("/atelier").then(() => page.getByRole("link", { name: "rapport.html" }).click())]);
    const report = await person(browser, "file://", { offline: true });
    const file = join(data, "..", `${basename(data)}-${download.suggestedFilename()}`);
    await download.saveAs(file);
    t.after(() => rmSync(file, { force: true }));
    await report.page.goto(pathToFileURL(file).href);
    assert.ok((await report.page.getByRole("heading", { name: /\S/ }).count()) > world.themes.length);
    await report.see("cimetière");
    await report.picture("4-rapport");
    assert.deepEqual(report.faults, []);
    await report.context.close();
  });

  await step("5. staff rename, merge, move, freeze; 40 contributions later their decisions stand", async () => {
    const { staff } = world;
    const { page, go, see, press, picture } = staff;
    const cemetery = world.themes.find((x) => /cimeti|concession|tombe/i.test(x.words));
    await go(cemetery.path);
    await page.getByLabel("Nom du thème").fill("Cimetières et mémoire des familles");
    await press("Renommer");
    await see("Nom donné par une personne");
    await press("Figer ce thème");
    await see("Thème figé");
    await picture("5-corrige");
    const [gone, kept] = world.themes.filter((x) => x !== cemetery).slice(-2);
    await go(gone.path);
    await page.getByLabel("Réunir dans").selectOption(kept.id);
    await press("Voir le thème réuni");
    await see("Rien n'est encore décidé");
    await press("Réunir");
    await see("C'est fait");
    const item = page.locator(".pick").first();
    const sentence = (await item.locator("blockquote").textContent()).trim();
    await item.getByRole("checkbox").check();
    await page.getByLabel("Déplacer les phrases cochées vers").selectOption(cemetery.id);
    await page.getByRole("button", { name: "Déplacer", exact: true }).click();
    await see("C'est fait");
    await go("/pilotage/imports");
    await send(staff, contributions("suite.csv", 120, 160));
    await see("40 contributions nouvelles");
    await go("/atelier");
    await see("40 contributions nouvelles");
    await press("Lancer l’analyse");
    await page.getByRole("heading", { name: "Les thèmes sont à jour" }).waitFor({ timeout: 60_000 });
    await see("Ce que la dernière analyse a changé");
    await see(/40\scontributions de plus/);
    await see(/décisions de l['’]équipe tiennent/);
    await picture("5-apres", true);
    const now = await themes(page);
    const same = now.find((x) => x.id === cemetery.id);
    assert.equal(same?.label, "Cimetières et mémoire des familles");
    assert.ok(!now.some((x) => x.id === gone.id), "a theme that was merged is back");
    await go(same.path);
    await see("Thème figé");
    assert.ok((await page.locator("blockquote").allTextContents()).some((x) => x.trim() === sentence), "a sentence that was moved went away");
    world.themes = now;
  });

  await writing.tell({ world, step, arrive });

  await step("8. an élu asks to be erased: gone from every page, then from the bytes of the files", async () => {
    const { corentin, staff, amel, data } = world;
    const { page, go, see, press, picture } = corentin;
    const odt = () => staff.page.request.get(`${url}/motion/${world.motion}/fichiers/motion.odt?version=1`).then(async (r) => unzip(await r.body()).get("content.xml").toString());
    assert.match(await odt(), /Ainsi parle-t-on/);
    assert.deepEqual(holds(data, "kerbellec"), ["congres.db"]);
    const panel = amel.page.locator(".editor-themes");
    await panel.getByLabel("Chercher un thème").fill("Ainsi parle-t-on");
    await panel.locator("blockquote", { hasText: "Ainsi parle-t-on" }).first().waitFor();
    await go("/mes-contributions");
    await page.getByRole("main").getByRole("link", { name: "Effacer mes propos" }).click();
    await page.getByLabel("J’ai compris").check();
    await picture("8-effacer");
    await press("Effacer définitivement");
    await see("tous vos propos sont effacés de ce site");
    for (const path of ["/contributions?q=kerbellec", `/motion/${world.motion}?version=1`, `/motion/${world.motion}/fichiers/motion.html?version=1`, "/themes", "/pilotage/accreditation", "/pilotage/journal"]) {
      await eventually(path, async () => {
        await staff.go(path);
        assert.doesNotMatch(await staff.page.locator("main").textContent(), /Ainsi parle-t-on|Corentin/);
      });
    }
    assert.doesNotMatch(await odt(), /Ainsi parle-t-on|Kerbellec/);
    await eventually("the panel beside the text", async () => assert.doesNotMatch(await panel.textContent(), /Ainsi parle-t-on/));
    await eventually("live text", async () => assert.doesNotMatch((await writing.blocks(amel.page)).join(""), /Ainsi parle-t-on/));
    await staff.go(`/motion/${world.motion}?version=1`);
    await staff.picture("8-motion", true);
    await eventually("bytes", async () => assert.deepEqual([...holds(data, "kerbellec"), ...holds(data, "corentin")], []), 30_000);
    assert.match(await congres("verify", "--data", data), /La chaîne est intacte : \d+ faits, dont \d+ effacés/);
  });

  await step("9. the server is killed under two editors, and comes back", async () => {
    const { server, amel, benoit, staff, data } = world;
    const before = await congres("verify", "--data", data);
    await server.kill();
    await amel.see("Hors connexion\u00a0: votre texte est gardé sur cet appareil");
    await amel.picture("9-coupure");
    await writing.typeAtEnd(amel, " Écrit pendant la panne.");
    world.server = await start("serve", data, { addr: new URL(url).host });
    for (const who of [amel, benoit]) await who.page.getByText("Tout est enregistré", { exact: true }).waitFor({ timeout: 40_000 });
    await writing.typeAtEnd(benoit, " Et après, çà et là.");
    await eventually("both have both", async () => {
      const [a, b] = [await writing.blocks(amel.page), await writing.blocks(benoit.page)];
      assert.deepEqual(a, b);
      assert.match(a.join("\n"), /Écrit pendant la panne\./);
      assert.match(a.join("\n"), /Et après, çà et là\./);
    });
    await amel.see("Tout est enregistré");
    await benoit.picture("9-retour");
    await staff.go(`/motion/${world.motion}`);
    await staff.see("Écrit pendant la panne.");
    await staff.see("Et après, çà et là.");
    const [, seq] = /tête (\d+) [0-9a-f]{64}/.exec(before);
    const [, now] = /tête (\d+) [0-9a-f]{64}/.exec(await congres("verify", "--data", data));
    assert.ok(Number(now) >= Number(seq));
  });
});

/** send has a table read, looks at what it would do, and imports it. */
async function send({ page, press, see }, table, look = async () => {}) {
  await page.getByLabel("Fichier", { exact: true }).setInputFiles(table);
  await press("Relire ce fichier");
  await see("Rien n’est encore importé");
  await look();
  await press(/^Importer/);
  await eventually("imported", async () => {
    if (!(await page.getByRole("heading", { name: "Import terminé" }).count())) {
      await page.reload();
      throw new Error(await page.locator("h1").textContent());
    }
  }, 60_000);
}

/** The workshop's themes, as it lists them. */
const themes = (page) =>
  page.locator("ol.themes > li").evaluateAll((all) =>
    all.map((li) => {
      const a = li.querySelector("a");
      return { id: a.getAttribute("href").split("/").pop(), path: a.getAttribute("href"), label: a.textContent, words: li.textContent };
    }),
  );
