// The dossier reads without this script; with it, a claim shows its note beside the text.
"use strict";
(() => {
  const root = document.documentElement;
  const card = document.getElementById("card");
  root.classList.add("js");
  for (const ref of document.querySelectorAll("a.n")) ref.setAttribute("role", "doc-noteref");

  // -- the card --------------------------------------------------------------------------

  let shown = null; // the reference (a.n) whose note is shown
  let pinned = false; // opened on purpose: stays until closed
  let timer = 0;

  const noteOf = (ref) => document.getElementById(ref.getAttribute("href").slice(1));
  const textOf = (ref) => ref.closest(".text");
  const claimOf = (ref) => ref.id.split("n").pop();

  function light(ref, on) {
    const text = textOf(ref);
    for (const piece of text.querySelectorAll(`[data-c~="${claimOf(ref)}"]`)) piece.classList.toggle("on", on);
    for (const link of (noteOf(ref).dataset.a || "").split(" ").filter(Boolean)) {
      for (const piece of text.querySelectorAll(`[data-a~="s${link}"]`)) piece.classList.toggle("on-s", on);
      for (const piece of text.querySelectorAll(`[data-a~="q${link}"]`)) piece.classList.toggle("on-q", on);
    }
  }

  function button(words, sign, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", words);
    made.addEventListener("click", act);
    return made;
  }

  function fill(ref) {
    const note = noteOf(ref);
    const copy = document.createElement("div");
    copy.className = note.className;
    for (const child of note.childNodes) copy.append(child.cloneNode(true));
    const tools = document.createElement("p");
    tools.className = "tools";
    tools.append(
      button(card.dataset.previous, "←", () => step(-1)),
      button(card.dataset.next, "→", () => step(1)),
      button(card.dataset.close, "×", () => hide(true)),
    );
    card.replaceChildren(copy, tools);
    card.className = "card " + [...note.classList].filter((name) => name.startsWith("s-")).join(" ");
  }

  function place(ref) {
    card.style.top = card.style.left = "";
    const at = ref.getBoundingClientRect();
    if (getComputedStyle(card).position === "fixed") {
      const covered = at.bottom + 16 - (innerHeight - card.offsetHeight);
      if (covered > 0 && document.activeElement === ref) scrollBy(0, Math.min(covered, at.top - 8));
      return;
    }
    const text = textOf(ref).getBoundingClientRect();
    const room = root.clientWidth - card.offsetWidth - 12;
    const beside = text.right + 24;
    const top = beside <= room ? at.top - 24 : at.bottom + 10;
    const last = innerHeight - card.offsetHeight - 12;
    const kept = beside <= room ? Math.max(12, Math.min(top, last)) : top;
    card.style.left = Math.max(12, Math.min(beside <= room ? beside : at.left, room)) + "px";
    card.style.top = kept + scrollY + "px";
  }

  function show(ref, pin) {
    clearTimeout(timer);
    if (shown && shown !== ref) put_out();
    if (shown !== ref) {
      shown = ref;
      fill(ref);
      light(ref, true);
      ref.setAttribute("aria-describedby", "card");
    }
    pinned = pinned || pin;
    card.setAttribute("role", pinned ? "dialog" : "tooltip");
    card.hidden = false;
    place(ref);
    if (pin) card.focus({ preventScroll: true });
  }

  function put_out() {
    light(shown, false);
    shown.removeAttribute("aria-describedby");
    shown = null;
  }

  function hide(back) {
    clearTimeout(timer);
    if (!shown) return;
    const ref = shown;
    const inside = card.contains(document.activeElement);
    put_out();
    pinned = false;
    card.hidden = true;
    if (back && inside) {
      quiet = true;
      ref.focus({ preventScroll: true });
      quiet = false;
    }
  }

  let quiet = false;
  const later = (ref) => { clearTimeout(timer); timer = setTimeout(() => show(ref, false), 90); };
  const kept = () => pinned || document.activeElement === shown;
  const soon = () => { clearTimeout(timer); timer = setTimeout(() => { if (!kept()) hide(false); }, 250); };

  function step(by) {
    const refs = [...document.querySelectorAll("a.n")];
    const next = refs[refs.indexOf(shown) + by];
    if (!next) return;
    const open = pinned;
    next.scrollIntoView({ block: "nearest" });
    if (open) show(next, true);
    else next.focus();
  }

  function refAt(target) {
    if (!(target instanceof Element)) return null;
    const ref = target.closest("a.n");
    if (ref) return ref;
    const piece = target.closest(".m");
    const article = piece && piece.closest("article");
    if (!article) return null;
    return document.getElementById(article.id + "n" + piece.dataset.c.split(" ").pop());
  }

  let last = "";
  document.addEventListener("mouseover", (event) => {
    const at = `${event.screenX} ${event.screenY}`;
    if (at === last) return; // the page moved under a pointer at rest
    last = at;
    if (card.contains(event.target)) { clearTimeout(timer); return; }
    const ref = refAt(event.target);
    if (ref && !pinned) later(ref);
    else soon();
  });
  document.addEventListener("focusin", (event) => {
    if (quiet || card.contains(event.target)) return;
    const ref = event.target.closest("a.n");
    if (ref) show(ref, false);
    else hide(false);
  });
  document.addEventListener("click", (event) => {
    if (card.contains(event.target)) {
      if (event.target.closest("a")) hide(false);
      return;
    }
    const ref = refAt(event.target);
    if (!ref) { hide(false); return; }
    if (event.target.closest("a.n")) event.preventDefault();
    else if (String(getSelection())) return; // somebody is copying words
    show(ref, true);
  });
  document.addEventListener("keydown", (event) => {
    if (!shown || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") { hide(true); return; }
    const here = document.activeElement;
    if (here !== shown && !card.contains(here)) return;
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by) { event.preventDefault(); step(by); }
  });
  addEventListener("resize", () => { if (shown) place(shown); });

  // -- notes: folded on screen, where cards show them; unfolded on paper and when led to ---

  const lists = document.querySelectorAll("details.all");
  for (const list of lists) list.open = false;
  function unfold() {
    let target = null;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    let shut = false;
    for (let list = target && target.closest("details"); list; list = list.parentElement.closest("details")) {
      shut = shut || !list.open;
      list.open = true;
    }
    if (shut) target.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();
  let folded = [];
  addEventListener("beforeprint", () => {
    hide(false);
    folded = [...document.querySelectorAll("details.all, details.proof")].filter((list) => !list.open);
    for (const list of folded) list.open = true;
  });
  addEventListener("afterprint", () => { for (const list of folded) list.open = false; });

  // -- the table of claims -----------------------------------------------------------------

  const table = document.getElementById("table");
  if (!table) return;
  const form = document.getElementById("filters");
  const told = document.getElementById("shown");
  const more = document.getElementById("more");
  const body = table.tBodies[0];
  const PAGE = 500; // rows laid out at first; a browser needs seconds for twenty thousand
  let limit = PAGE;
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let rows = [...body.rows].map((row, number) => ({
    row, number, status: row.cells[4].firstChild.data.trim(), kind: row.cells[3].textContent,
    report: row.cells[0].textContent.split(".")[0], words: null, who: null,
  }));
  const count = (number) => number.toLocaleString(root.lang);

  function read(item) {
    if (item.words === null) {
      item.words = fold(item.row.cells[1].textContent);
      item.who = fold(item.row.cells[2].textContent);
    }
    return item;
  }

  function filter() {
    const wanted = Object.fromEntries(new FormData(form));
    const text = fold(wanted.text.trim());
    const speaker = fold(wanted.speaker.trim());
    let some = 0;
    for (const item of rows) {
      const fits = (!wanted.status || item.status === wanted.status)
        && (!wanted.kind || item.kind === wanted.kind)
        && (!wanted.report || item.report === wanted.report)
        && (!text || read(item).words.includes(text))
        && (!speaker || read(item).who.includes(speaker));
      item.row.hidden = !fits;
      some += fits;
      item.row.classList.toggle("later", fits && some > limit);
    }
    const paged = some > limit;
    const key = paged ? "page" : some === rows.length ? "all" : "some";
    told.textContent = told.dataset[key]
      .replace("{some}", count(some)).replace("{all}", count(rows.length)).replace("{page}", count(limit));
    more.parentElement.hidden = !paged;
  }

  const keys = [
    (item) => item.number,
    (item) => read(item).words,
    (item) => read(item).who,
    (item) => item.kind,
    (item) => item.status,
    (item) => item.row.cells[5].textContent,
  ];
  const compare = new Intl.Collator(root.lang, { numeric: true }).compare;

  function sort(column, heading) {
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = rows.map((item) => [keys[column](item), item]);
    const order = column ? compare : (a, b) => a - b;
    keyed.sort((a, b) => (down ? order(b[0], a[0]) : order(a[0], b[0])) || a[1].number - b[1].number);
    rows = keyed.map((pair) => pair[1]);
    filter();
    body.append(...rows.map((item) => item.row));
  }

  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const control = document.createElement("button");
    control.type = "button";
    control.textContent = heading.textContent;
    control.addEventListener("click", () => sort(column, heading));
    heading.replaceChildren(control);
  });
  form.hidden = false;
  let typing = 0;
  form.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(filter, 60); });
  form.addEventListener("reset", () => { limit = PAGE; setTimeout(filter); });
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => { limit = Infinity; filter(); });
  filter();
})();
