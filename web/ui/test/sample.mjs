// Sample pages: the editor, and one of each component.
const shell = (title, main, body = "") => `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<link rel="stylesheet" href="/app.css"><script type="module" src="/app.js"></script>${body.includes("editeur") ? '<script type="module" src="/motion.js"></script>' : ""}</head>
<body${body ? ' class="wide"' : ""} data-live-url="/live" data-live-seq="7">
<a class="skip" href="#contenu">Aller au contenu</a>
<header class="site-header"><div class="wrap"><a class="site-name" href="/">Congrès 2026</a>
<nav class="site-nav" aria-label="Navigation principale"><ul><li><a href="/contributions">Contributions</a></li><li><a href="/themes">Thèmes</a></li><li><a href="/motion" aria-current="page">Motion</a></li></ul></nav></div></header>
<main id="contenu" class="wrap">${main}${body}</main>
<footer class="site-footer"><div class="wrap"><p>Aucun traceur, aucun service extérieur. <span data-live="presence"></span></p></div></footer>
</body></html>`;

export const editorPage = (id, name) =>
  shell("Rédiger la motion", "<h1>Rédiger la motion</h1>", `<div id="editeur" data-motion="m1" data-sync="/motion/m1/sync?ack=1" data-themes="/motion/m1/themes.json" data-sources="/motion/m1/sources.json" data-user-name="${name}" data-user-id="${id}" data-user-color=""></div>`);

/** The page that refuses the editor. */
export const refusedPage = (id) => shell("Non autorisé", "<h1>Ce n’est pas ouvert à votre rôle</h1>").replace("<body ", `<body data-person="${id}" `);
/** The page after one has signed out. */
export const leftPage = shell("Au revoir", "<h1>Au revoir</h1>").replace("<body ", "<body data-left ");

export const themes = {
  themes: [
    {
      id: "t1", label: "Médiation numérique", axis: "Solidarités", elus: 12, communes: 9, contributions: 14, segments: ["c1@1:0-73", "c2@1:5-60", "c9@1:0-3"],
      verbatims: [
        { segment: "c1@1:0-73", text: "Sans médiateur, la moitié de nos aînés renonce à ses droits en ligne.", who: "Une maire, commune de 3 000 habitants", contribution: "/contributions/c1" },
        { segment: "c2@1:5-60", text: "L’accès aux droits commence par un guichet humain.", who: "Un adjoint, Oise", contribution: "/contributions/c2" },
      ],
    },
    { id: "t2", label: "Écoles et cantines", elus: 7, communes: 7, contributions: 8, segments: ["c3@1:0-44"], verbatims: [{ segment: "c3@1:0-44", text: "La cantine à un euro doit rester possible.", who: "Une élue", contribution: "/contributions/c3" }] },
    { id: "t3", label: "Vie associative", elus: 5, communes: 5, contributions: 5, segments: ["c4@1:0-10"], verbatims: [] },
  ],
};

export const componentsPage = shell("Éléments", `
<h1>Éléments de la page</h1>
<section class="now" aria-labelledby="now"><h2 id="now">À faire maintenant</h2><p>Écrire votre contribution à l’espace d’expression.</p><p class="until">Jusqu’au 30 novembre à 18 h.</p><p class="actions"><a class="button" href="/contributions/nouvelle">Écrire ma contribution</a> <a class="button secondary" href="#">Lire celles des autres</a></p></section>
<div class="notice ok"><p>Enregistré. Votre contribution est publiée.</p></div>
<div class="notice warn"><p>Attention : la fenêtre ferme demain.</p></div>
<div class="notice error"><p>Erreur : l’adresse n’est pas reconnue.</p></div>
<p><span class="tag">Solidarités</span> <span class="tag ok">reflété</span> <span class="tag warn">pas encore reflété</span> <span class="tag error">retirée</span></p>
<p data-live="themes" role="status"></p>
<h2>Contributions</h2><p data-live="contributions"></p>
<ul class="list" data-live-list="contributions"><li data-id="c1"><article class="contribution"><header><h3><a href="/contributions/c1">Un guichet humain</a></h3><p class="meta">Une maire, commune de 3 000 habitants</p></header><p class="words">L’accès aux droits commence par un guichet humain.</p></article></li></ul>
<div class="grid"><div class="card"><h3>Thème</h3><p>Douze élu·es.</p></div><div class="card"><h3>Un autre</h3><p>Sept élu·es.</p></div></div>
<div class="theme"><dl class="theme-words"><div><dt>médiateur</dt><dd>χ² 42</dd></div><div><dt>guichet</dt><dd>χ² 31</dd></div></dl><div class="verbatim"><blockquote>Sans <mark>médiateur</mark>, la moitié de nos aînés renonce.</blockquote><p class="hint">Une maire</p></div></div>
<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="42 %"><rect class="track" width="100" height="4"/><rect class="fill" width="42" height="4"/></svg>
<ol class="funnel"><li><span class="funnel-label">Contributions reçues</span><span class="funnel-count">312</span></li><li><span class="funnel-label">Citées dans la motion</span><span class="funnel-count">97</span></li></ol>
<p data-run-text="r1">Analyse</p><progress data-run="r1" max="100" value="10" aria-label="Avancement de l’analyse"></progress>
<div class="scroll" tabindex="0" role="region" aria-label="Collectivités"><table><caption>Collectivités</caption><thead><tr><th scope="col">Nom</th><th scope="col">Département</th><th scope="col" class="number">Habitants</th><th scope="col" class="number">Contributions</th><th scope="col">Strate démographique</th></tr></thead><tbody><tr><td>Saint-Denis</td><td>Seine-Saint-Denis</td><td class="number">113 116</td><td class="number">4</td><td>plus de 100 000</td></tr></tbody></table></div>
<h2>Formulaire</h2>
<form class="form" method="post" action="/contributions" data-draft="contribution-e1" data-draft-url="/brouillons/e1">
<input type="hidden" name="cle" value="k-123">
<div class="field"><label for="titre">Titre</label><input id="titre" name="titre"></div>
<div class="field"><label for="texte">Votre contribution</label><p class="hint" id="texte-aide">Vos mots ne seront jamais modifiés.</p><textarea id="texte" name="texte" maxlength="20000" data-count="reste" aria-describedby="texte-aide"></textarea><p class="hint" id="reste"></p></div>
<div class="field invalid"><label for="courriel">Adresse électronique</label><p class="field-error" id="courriel-erreur">Erreur : écrivez une adresse comme prenom@ville.fr.</p><input id="courriel" name="courriel" aria-invalid="true" aria-describedby="courriel-erreur"></div>
<fieldset><legend>Enjeu</legend><div class="check"><input type="radio" id="e1" name="enjeu" value="1"><label for="e1">Solidarités</label></div><div class="check"><input type="radio" id="e2" name="enjeu" value="2"><label for="e2">Éducation</label></div></fieldset>
<p data-draft-status role="status"></p>
<p class="actions"><button class="button">Envoyer</button> <button class="button danger" name="supprimer" value="1" data-confirm="Votre brouillon sera supprimé de cet appareil et du serveur. Vous ne pourrez pas le retrouver." data-confirm-ok="Supprimer le brouillon">Supprimer</button></p>
</form>
<section class="receipt"><h2>Bien reçu</h2><p class="receipt-number">nᵒ 2026-0312</p><p class="words">Vos mots.</p></section>
<h2>Motion</h2>
<div class="motion-text"><p class="block" data-kind="title">Pour un numérique humain</p><p class="block" data-kind="visa">Vu la loi du 7 octobre 2016,</p><p class="block" data-kind="recital">Considérant que <span class="cite" data-cite="c1@1:0-73">sans médiateur, on renonce</span>.</p><h2 class="block" data-kind="axis">Accès aux droits</h2><p class="block" data-kind="proposal">Un guichet humain par commune.</p><p class="block" data-kind="item">ouvert chaque semaine ;</p><p class="block" data-kind="item">gratuit.</p></div>
<article class="motion"><p class="proposal"><span class="number">Proposition 1.</span> Un guichet humain par commune.</p><ol class="items" type="a"><li>ouvert chaque semaine ;</li><li>gratuit.</li></ol></article>
`);
export const receiptPage = shell("Bien reçu", '<section class="receipt" data-receipt="contribution-e1"><h1>Bien reçu</h1></section>');
