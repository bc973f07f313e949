// What keys, input methods, the clipboard, find and replace make of a text.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { missing as skip } from "./chromium.mjs";
import { RULES, a, b, blocks, box, close, delta, faults, open, relay, same, shots, state, text } from "./pair.mjs";
import { eventually } from "./server.mjs";

before(() => skip || open([["paragraph", "Les élus du numérique."]]));
after(close);

test("an input method composes while the other types: nothing moves under it", { skip }, async () => {
  await box(a).press("Control+End");
  const session = await a.context().newCDPSession(a);
  await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  // By the relay and not by the other page: one browser composes in one page.
  relay.doc.getText("motion").insert(0, "pendant ");
  await eventually("b has it", async () => assert.ok((await blocks(b)).join("").includes("pendant")));
  await session.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  assert.ok(!(await blocks(a)).join("").includes("pendant"));
  await session.send("Input.insertText", { text: "日本" });
  await eventually("both", async () => assert.ok(text().includes("pendant ") && text().includes("日本") && !text().includes("に"), text()));
  await same();
});

test("French typography as one types, given back by Ctrl+Z, and only where one types", { skip }, async () => {
  await box(a).press("Control+End");
  await a.keyboard.press("Enter");
  await a.keyboard.type("L'état dit \"oui\" ... vraiment ?");
  await eventually("corrected", async () => assert.ok(text().includes("L’état dit «\u202foui\u202f» … vraiment\u202f?"), text()));
  await a.keyboard.press("Control+z");
  await eventually("given back", async () => assert.ok(text().includes("… vraiment ?"), text()));
  await a.keyboard.type("x");
  await eventually("behind it", async () => assert.ok(text().includes("… vraiment ?x"), text()));
  relay.doc.getText("motion").insert(0, "l'autre ? ");
  await same();
  assert.ok(text().includes("l'autre ? "), "what others write stays as they wrote it");
  await box(a).press("Control+End");
  const session = await a.context().newCDPSession(a);
  await session.send("Input.imeSetComposition", { text: "ici?", selectionStart: 4, selectionEnd: 4 });
  await a.waitForTimeout(100);
  assert.ok((await blocks(a)).join("").endsWith("ici?"), "an input method is not disturbed");
  await session.send("Input.insertText", { text: "ici?" });
  await eventually("once it is done", async () => assert.ok(text().includes("ici\u202f?"), text()));
  await same();
});

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0} --></style></head><body lang=FR>
<!--StartFragment--><h1 style='color:#2F5496'><b>Le numérique<o:p></o:p></b></h1>
<p class=MsoNormal style='mso-margin-top-alt:auto'>À <st1:City w:st="on">Die</st1:City>, la <b style='mso-bidi-font-weight:normal'>mairie</b>\r\nrenonce<del>bien</del>.<a class=msocomanchor href="#_msocom_1">[A1]</a><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>un <i>guichet</i><o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·&nbsp;</span><![endif]>un <a href="https://ville.fr/">lien</a> et <a href="javascript:alert(1)">un piège</a></p>
<div style='mso-element:comment-list'><p class=MsoCommentText>un commentaire</p></div><!--EndFragment--></body></html>`;
const libre = `<html><body lang="fr-FR"><p style="line-height: 100%"><font color="#000000"><font face="Liberation Serif"><span style="font-weight: bold">Gras</span> et <i>penché</i></font></font></p><ul><li><p>premier</p></li><li><p>second<br>suite</p></li></ul><table><tr><td><p>a</p></td><td><p>b</p></td></tr></table></body></html>`;
const web = `<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-style:italic">Du web</span> <span style="font-weight:700">fort</span><script>alert(1)</script><img src="/x.png" onerror="alert(1)"><span data-cite="c9@1:0-3">cité ailleurs</span></p></b>`;
const paste = (page, html, plain) =>
  box(page).evaluate((el, [html, plain]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", plain);
    el.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, [html, plain]);
/** The text's blocks from its end: kind, then runs with their attributes. */
const last = (n) => {
  const out = [[]];
  for (const op of delta())
    for (const part of op.insert.split(/(\n)/).filter(Boolean)) {
      if (part !== "\n") out.at(-1).push(op.attributes ? [part, op.attributes] : part);
      else out.at(-1).unshift(op.attributes?.b.split("|")[0]), out.push([]);
    }
  return out.filter((block) => block.length).slice(-n);
};

test("pasted from Word, LibreOffice, the web: our blocks and nothing else; undone at once", { skip }, async () => {
  await box(a).press("Control+End");
  await a.keyboard.press("Enter");
  await a.keyboard.press("Control+Alt+5");
  await state(a, "Tout est enregistré");
  const before = text();
  for (const [name, html, want] of [
    ["Word", word, [["axis", "Le numérique"], ["paragraph", "À Die, la ", ["mairie", { strong: true }], " renonce."], ["item", "un ", ["guichet", { em: true }]], ["item", "un ", ["lien", { link: "https://ville.fr/" }], " et un piège"]]],
    ["LibreOffice", libre, [["paragraph", ["Gras", { strong: true }], " et ", ["penché", { em: true }]], ["item", "premier"], ["item", "second"], ["item", "suite"], ["paragraph", "a | b"]]],
    ["web", web, [["paragraph", ["Du web", { em: true }], " ", ["fort", { strong: true }], "cité ailleurs"]]],
    ["plain", "", [["paragraph", "une ligne"], ["item", "un point"], ["paragraph", "fin"]]],
  ]) {
    await paste(a, html, "une ligne\r\n• un point\n\nfin");
    await eventually(name, async () => assert.deepEqual(last(want.length), want));
    await same();
    await a.keyboard.press("Control+z");
    await eventually(`${name} undone`, async () => assert.equal(text().replace(/\n+$/, ""), before.replace(/\n+$/, "")));
  }
  const notice = a.locator(".editor-notice");
  await paste(a, `<p>${"<span></span>".repeat(90_000)}</p>`, "les mots seuls");
  await eventually("formatting too heavy", async () => assert.match(await notice.textContent(), /seuls les mots/));
  await eventually("words", async () => assert.deepEqual(last(1), [["paragraph", "les mots seuls"]]));
  await paste(a, "", "x".repeat(1 << 20));
  await eventually("too long", async () => assert.match(await notice.textContent(), /1\u202f048\u202f576 caractères.*Rien n’a été collé/));
  assert.ok(!text().includes("xxxx"));
  await a.screenshot({ caret: "initial", path: join(shots, "editor-1440-paste.png") });
  await paste(a, "", " ");
  await a.keyboard.type(".");
  await same();
});

test("raised and lowered letters are kept; notes and levels of lists are not, and it is said", { skip }, async () => {
  await box(a).press("Control+End");
  await a.keyboard.press("Enter");
  await a.keyboard.press("Control+Alt+5");
  const note = (n) => `<a style='mso-footnote-id:ftn${n}' href="#_ftn${n}" name="_ftnref${n}"><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[${n}]</span></span></a>`;
  const words = `<p class=MsoNormal>Le 1<sup>er</sup> x<sup>2</sup>${note(1)} et CO<sub>2</sub>, 10<span style='vertical-align:super'>-3</span>.${note(2)}</p>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> Une note.</p><p class=MsoFootnoteText>Sa suite.</p></div><div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a href="#_ftnref2">[2]</a> Une autre.</p></div></div>`;
  const libre = `<p>Un appel<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>.</p><ul><li><p>un</p><ul><li><p>dedans</p></li></ul></li></ul><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" href="#sdfootnote1anc">1</a>La note.</p></div>`;
  for (const [html, want, said] of [
    [words, [["paragraph", "Le 1er x² et CO₂, 10⁻³."]], /^2\u00a0notes de bas de page n’ont pas été collées/],
    [libre, [["paragraph", "Un appel."], ["item", "un"], ["item", "dedans"]], /^Une note de bas de page.*plusieurs niveaux/],
  ]) {
    const before = text();
    await paste(a, html, "");
    await eventually("pasted", async () => assert.deepEqual(last(want.length), want));
    assert.match(await a.locator(".editor-notice").textContent(), said);
    await a.keyboard.press("Control+z");
    await eventually("undone", async () => assert.equal(text(), before));
  }
  // One line into an empty block is what its sign says, and leaves no empty block.
  const count = (await blocks(a)).length;
  await paste(a, "", "- un tiret");
  await eventually("a point", async () => assert.deepEqual(last(1), [["item", "un tiret"]]));
  assert.equal((await blocks(a)).length, count);
  assert.equal(await a.locator(".editor-notice").textContent(), "");
  await same();
});

test("in a long text only what is around the window is marked, and a key leaves its words where they are", { skip }, async () => {
  const ytext = relay.doc.getText("motion");
  const before = text().length;
  const of = (k) => [{ insert: `Phrase ${k} que rien n’appuie ici. `.repeat(6).trim() }, { insert: "\n", attributes: { b: `paragraph|long-${k}` } }];
  ytext.applyDelta([{ retain: before }, ...Array.from({ length: 120 }, (_, k) => of(k)).flat()]);
  const marked = () => box(a).evaluate((el) => [...el.children].map((block) => !!block.querySelector(".unsupported")));
  const scroll = (to) => a.evaluate((to) => document.querySelector("#motion-texte").children[to].scrollIntoView({ block: "center" }), to);
  const total = (await blocks(a)).length;
  for (const to of [total - 60, total - 2]) {
    await scroll(to);
    await eventually("marked in sight", async () => {
      const now = await marked();
      assert.ok(now[to], "the block in sight");
      assert.ok(now.slice(-120).filter(Boolean).length < 80, "and not the whole text");
    });
  }
  await box(a).evaluate((el) => {
    el.focus();
    globalThis.words = document.createTreeWalker(el.children[el.children.length - 2], NodeFilter.SHOW_TEXT).nextNode();
    getSelection().collapse(globalThis.words, 6);
  });
  // Once one is in a sentence it bears the mark of its end alone.
  await eventually("written in", async () => assert.equal(await a.evaluate(() => getSelection().focusNode.parentElement.closest(".unsupported")), null));
  await a.evaluate(() => (globalThis.words = getSelection().focusNode));
  await a.keyboard.type("xyz");
  await eventually("written", () => assert.ok(text().includes("Phrasexyz 118")));
  assert.ok(await a.evaluate(() => globalThis.words.isConnected && globalThis.words === getSelection().focusNode), "the words were made anew");
  ytext.delete(before, text().length - before);
  await same();
});

test("find and replace by keyboard: accents ignored or not, all at once, undone at once", { skip }, async () => {
  await box(a).press("Control+End");
  await a.keyboard.press("Enter");
  await a.keyboard.type("L'école et l'ECOLE, l'ecole. Rien.");
  await state(a, "Tout est enregistré");
  const before = text();
  await a.keyboard.press("Control+f");
  const status = a.locator(".finder [role=status]");
  await a.keyboard.type("l'ecole");
  await eventually("three", async () => assert.match(await status.textContent(), /^3\u00a0fois/));
  await a.getByLabel("Tenir compte des accents").check();
  await eventually("two", async () => assert.match(await status.textContent(), /^2\u00a0fois/));
  await a.getByLabel("Tenir compte des accents").uncheck();
  await a.getByRole("searchbox", { name: "Chercher", exact: true }).press("Enter");
  await eventually("which", async () => assert.match(await status.textContent(), /\d sur 3$/));
  assert.equal(await a.locator(".found.current").count(), 1);
  await a.getByLabel("Remplacer par").fill("la classe");
  await a.screenshot({ caret: "initial", path: join(shots, "editor-1440-find.png") });
  await a.setViewportSize({ width: 360, height: 740 });
  assert.ok(await a.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await a.screenshot({ caret: "initial", path: join(shots, "editor-360-find.png") });
  await a.setViewportSize({ width: 1440, height: 900 });
  assert.deepEqual(await violations(a, RULES), []);
  await a.getByRole("button", { name: "Tout remplacer" }).click();
  await eventually("replaced", async () => assert.ok(text().includes("La classe et la classe, la classe. Rien."), text()));
  assert.match(await status.textContent(), /^3\u00a0remplacements/);
  await same();
  await a.keyboard.press("Escape");
  await a.keyboard.press("Control+z");
  await eventually("undone at once", async () => assert.equal(text(), before));
  // What is quoted of the élus is left as it is, unless one asks for it.
  const quote = [{ insert: "L’école dit «\u202f" }, { insert: "l’école", attributes: { "cite--c1@1:0-7": true } }, { insert: "\u202f»." }, { insert: "\n", attributes: { b: "recital|ecole" } }];
  relay.doc.getText("motion").applyDelta(structuredClone(quote));
  await same(); // or else one replaces before one has heard of it
  const every = async (want, told) => {
    await box(a).press("Control+f");
    await a.getByRole("searchbox", { name: "Chercher", exact: true }).fill("école");
    await a.getByLabel("Remplacer par").fill("classe");
    await a.getByRole("button", { name: "Tout remplacer" }).click();
    await eventually("replaced", async () => assert.equal(text().split("\n")[0], want));
    assert.match(await status.textContent(), told);
    await a.keyboard.press("Escape");
    await a.keyboard.press("Control+z");
    await eventually("undone", async () => assert.equal(text(), `L’école dit «\u202fl’école\u202f».\n${before}`));
  };
  await every("L’classe dit «\u202fl’école\u202f».", /^\d\u00a0remplacements\. 1\u00a0passage laissé tel quel dans les citations\. /);
  await box(a).press("Control+f");
  await a.getByLabel("y compris dans les citations").check();
  await every("L’classe dit «\u202fl’classe\u202f».", /^\d\u00a0remplacements\. «/);
  relay.doc.getText("motion").delete(0, text().length - before.length);
  await same();
  assert.match(await a.locator(".editor-outline > .hint").textContent(), /^\d+\u00a0mots, moins d’une minute de lecture$/);
});

test("what is found is brought into sight, and stays there when one goes back to the text", { skip }, async () => {
  const before = text();
  const lines = [["Une aiguille.", 0], ...Array.from({ length: 60 }, (_, i) => [`Foin ${i}.`, i + 1]), ["Une autre aiguille.", 61]];
  relay.doc.getText("motion").applyDelta(lines.flatMap(([words, i]) => [{ insert: words }, { insert: "\n", attributes: { b: `paragraph|foin${i}` } }]));
  await same();
  await a.locator(".editor-themes").evaluate(() => scrollTo(0, 0));
  await box(a).press("Control+Home");
  await a.keyboard.press("Control+f");
  const field = a.getByRole("searchbox", { name: "Chercher", exact: true });
  await field.fill("aiguille");
  const seen = () =>
    a.evaluate(() => {
      const found = document.querySelector(".found.current").getBoundingClientRect();
      const below = document.querySelector(".editor-below").getBoundingClientRect();
      const covered = Math.max(...[".editor-top", ".finder"].map((name) => document.querySelector(name).getBoundingClientRect().bottom));
      return found.top >= covered && found.bottom <= (below.height ? below.top : innerHeight);
    });
  const status = a.locator(".finder [role=status]");
  for (const n of ["1 sur 2", "2 sur 2", "1 sur 2", "2 sur 2"]) {
    await field.press("Enter");
    await eventually(n, async () => assert.ok((await status.textContent()).endsWith(n)));
    await eventually(`${n} in sight`, async () => assert.ok(await seen()));
  }
  const y = await a.evaluate(() => scrollY);
  assert.ok(y > 500, `${y}`);
  await a.keyboard.press("Escape");
  await a.keyboard.type("épingle");
  await eventually("typed there", () => assert.ok(text().includes("Une autre épingle.")));
  assert.ok(Math.abs((await a.evaluate(() => scrollY)) - y) < 400, "it is still in sight");
  relay.doc.getText("motion").delete(0, text().length - before.length);
  await same();
});

test("nothing that a page must never do", { skip }, () => assert.deepEqual(faults.flat(), []));
