// What the story is told with: people at browsers, files that they send, files
// that they get.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";
import { watch } from "./chromium.mjs";

const shots = join(dirname(fileURLToPath(import.meta.url)), "..", "test-results");
mkdirSync(shots, { recursive: true });
/** Whole pages take time: PICTURES=1 asks for them, else what fits a window. */
const whole = !!process.env.PICTURES;

/** person gives somebody a browser of their own. No page of it may ever err,
 * break the policy or ask anybody else for anything. */
export async function person(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR", reducedMotion: "reduce", acceptDownloads: true, ...options });
  const page = await context.newPage();
  const faults = watch(page, url);
  return {
    page,
    context,
    url,
    faults,
    go: (path) => page.goto(url + path),
    see: (words) => page.getByText(said(words)).locator("visible=true").first().waitFor({ timeout: 15_000 }),
    press: (name) => page.getByRole("button", { name }).first().click(),
    picture: async (name, fullPage = false) => {
      const take = () => page.screenshot({ path: join(shots, `story-${name}.png`), caret: "initial", fullPage: whole && fullPage });
      // Chromium takes none of a page that is just giving way to another.
      await take().catch(() => page.waitForLoadState().then(take));
    },
  };
}

/** said matches words whatever spaces are between them and signs, and whichever
 * apostrophe they have. */
const said = (words) => (words instanceof RegExp ? words : new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/['’]/g, "['’]").replace(/\s+/g, "\\s*"), "i"));

const PEOPLE = [
  ["Nguyên-Perrin", "Élise", "elise@plouvern.example", "maire", "Plouvern", "29999", "29", "2 400", "élu"],
  ["Kerbellec", "Corentin", "corentin@trezenac.example", "adjoint au maire", "Trézénac", "29998", "29", "610", "élu"],
  ["Œuvrard", "Amel", "amel@congres.example", "conseillère municipale", "Plouvern", "29999", "29", "2 400", "rapporteur"],
  ["Traoré", "Benoît", "benoit@congres.example", "maire", "Trézénac", "29998", "29", "610", "rapporteur"],
];
/** The list of élus, as a town hall's spreadsheet writes it. */
export const roster = file("elus.csv", [["Nom", "Prénom", "Courriel", "Mandat", "Commune", "Code INSEE", "Département", "Population", "Rôle"], ...PEOPLE].map((row) => row.join(";")).join("\r\n"));

// Four things that élus speak of, each with its own words.
const SUBJECTS = [
  [
    "Le plan du cimetière communal tient dans un cahier que seule la secrétaire sait lire, et chaque concession s’y retrouve au crayon",
    "Je propose que les concessions du cimetière soient numérisées avec un plan partagé entre les communes et les familles",
    "Une famille a cherché une tombe pendant deux heures faute d’un plan numérique du cimetière et de ses allées",
    "Il faut un registre numérique des concessions du cimetière, que les familles consultent avant de renouveler une tombe",
  ],
  [
    "La médiation numérique au guichet de la mairie aide chaque semaine des habitants qui renoncent à leurs démarches en ligne",
    "Je demande que les conseillers numériques du guichet soient financés durablement, car la médiation ne s’improvise pas",
    "Nos aînés viennent au guichet pour leurs démarches en ligne et repartent avec un conseiller numérique à leurs côtés",
    "Sans médiation numérique, les démarches en ligne éloignent du guichet ceux qui ont le plus besoin de leurs droits",
  ],
  [
    "Les élèves de notre école partagent six tablettes et un seul ordinateur par classe, les enseignants bricolent",
    "Je propose un socle d’équipement numérique pour chaque école, avec des tablettes réparables et des enseignants formés",
    "Dans la classe unique de notre école, les élèves attendent leur tour devant l’ordinateur que les enseignants ont apporté",
    "L’école a reçu des tablettes que personne ne sait réparer, et les élèves les regardent dans une armoire de la classe",
  ],
  [
    "Le réseau mobile ne passe pas dans la vallée, la fibre s’arrête au bourg et les antennes promises ne viennent pas",
    "Il faut que les opérateurs disent commune par commune quand la fibre et les antennes du réseau mobile arriveront",
    "Pendant la tempête, plus de réseau mobile ni de fibre pendant quatre jours, et les antennes sans batterie",
    "Je demande une carte honnête du réseau mobile, antenne par antenne, et la fibre jusqu’au dernier hameau de la vallée",
  ],
];
const WHERE = ["à Plouvern", "à Trézénac", "dans notre canton", "sur le plateau", "au bord de l’Aulne", "dans les hameaux", "depuis l’hiver dernier", "chez nos voisins", "après la fusion des communes", "faute de moyens"];

/** contributions writes a table: rows, a few of them by our two élus, so that
 * they find their words again. */
export function contributions(name, from, to, doubtful = []) {
  const rows = [];
  for (let i = from; i < to; i++) {
    const subject = i % 4;
    const author = subject === 0 ? ["elise@plouvern.example", "corentin@trezenac.example", ""][Math.floor(i / 4) % 3] : "";
    const own = author.startsWith("corentin") ? " Ainsi parle-t-on chez les Kerbellec." : "";
    rows.push([`n${i}`, author, ["Services publics", "Services publics", "Éducation", "Territoires"][subject], `${SUBJECTS[subject][Math.floor(i / 4) % 4]}, ${WHERE[(i * 7 + subject) % 10]}.${own}`]);
  }
  return file(name, [["identifiant", "auteur", "question", "texte"], ...rows, ...doubtful].map((row) => row.map((c) => `"${c}"`).join(",")).join("\n"));
}

function file(name, text) {
  return { name, mimeType: "text/csv", buffer: Buffer.from(text) };
}

/** changed gives a table in which one row's text is another. */
export function changed(table, id, text) {
  return { ...table, buffer: Buffer.from(table.buffer.toString().replace(new RegExp(`("${id}",.*,)"[^"]*"`), `$1"${text}"`)) };
}

/** unzip reads what a file such as an OpenDocument text holds: name → bytes. */
export function unzip(bytes) {
  const out = new Map();
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + size);
    out.set(bytes.toString("utf8", at + 46, at + 46 + name), method ? inflateRawSync(data) : data);
    at += 46 + name + extra + comment;
  }
  return out;
}

/** holds names the files under a directory whose bytes hold the words, whatever
 * their case. */
export function holds(dir, words) {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((f) => f.isFile() && readFileSync(join(f.parentPath ?? f.path, f.name)).toString("utf8").toLowerCase().includes(words.toLowerCase()))
    .map((f) => f.name);
}

/** The blocks of the text in an editor, others' carets taken out. */
export const blocks = (page) =>
  page.locator("#motion-texte").evaluate((el) =>
    [...el.children].map((block) => {
      const copy = block.cloneNode(true);
      copy.querySelectorAll(".peer-caret, .ProseMirror-trailingBreak").forEach((x) => x.remove());
      return copy.textContent;
    }),
  );

/** once asserts that each letter is there exactly once. */
export function once(letters, text, where) {
  for (const letter of letters) assert.equal(text.split(letter).length - 1, 1, `« ${letter} » ${where}: ${text.slice(0, 2000)}`);
}
