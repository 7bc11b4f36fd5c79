// The page of `gen-report watch`: shows the pages that the server announces, and asks it where a text comes from.
"use strict";

const $ = (id) => document.getElementById(id);
/** CSS pixels (1/96 inch) per point (1/72 inch), at actual size. */
const PIXELS_PER_POINT = 96 / 72;
const ZOOM_STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 6];

let state = null;
/** Each shown document: its column, and its pages with what they show. */
let columns = [];
/** The mode is "fit", "width" or "fixed"; only "fixed" uses the scale: 1 is actual size. */
let zoom = { mode: "fit", scale: 1 };
/** What the side panel shows: nothing, the problems, or the origins of a text. */
let side = null;
let shownHighlights = [];
let cityChoices = [];
let cityAt = 0;
let opener = null;
try {
  zoom = JSON.parse(sessionStorage.getItem("zoom")) ?? zoom;
  $("keys").checked = localStorage.getItem("keys") !== "off";
} catch { /* Storage may be forbidden. */ }

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

function languageName(text) {
  const names = text.split("+").map((tag) => {
    try {
      return new Intl.DisplayNames([tag], { type: "language" }).of(tag);
    } catch {
      return tag;
    }
  });
  return names.join(" + ");
}

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

// ---- the connection ----------------------------------------------------------------------------

let isConnected = true;
function connect() {
  const events = new EventSource("events");
  events.addEventListener("state", (event) => {
    isConnected = true;
    const next = JSON.parse(event.data);
    if (next.documents) show(next);
  });
  events.addEventListener("highlights", (event) => event.data && showHighlights(JSON.parse(event.data)));
  events.addEventListener("error", () => {
    // Each attempt to connect again is an error too.
    if (!isConnected) return;
    isConnected = false;
    clearTimeout(saying);
    showStatus();
  });
}

async function send(path, body) {
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(body) });
  return answer.status === 204 ? null : answer.json();
}

// ---- the documents -----------------------------------------------------------------------------

async function show(next) {
  const before = state;
  state = next;
  showControls();
  const same = before && columns.length === next.documents.length
    && next.documents.every((document, at) => document.languages === columns[at].languages);
  if (!same) {
    columns = next.documents.map(newColumn);
    $("pages").replaceChildren(...(columns.length ? columns.map((column) => column.root) : [empty()]));
  }
  if (before && (before.city?.id !== next.city?.id || before.report !== next.report)) $("pages").scrollTo(0, 0);
  await Promise.all(next.documents.map((document, at) => showDocument(columns[at], document)));
  if (state !== next) return;
  showOverlay();
  layOut();
  if (side === "problems") showProblems();
  if (before && before.refresh !== next.refresh) clearHighlights();
  showStatus();
  // For tests and measurements: which refresh is on the screen.
  requestAnimationFrame(() => setTimeout(() => { document.body.dataset.refresh = next.refresh; document.body.dataset.checked = next.checked; }));
}

function empty() {
  const failed = state.problems.some((problem) => problem.error);
  return element("p", { class: "empty" }, failed ? "There is no page yet. The problems say why." : "Building…");
}

function newColumn(shown, index) {
  const heading = element("h2");
  const root = element("section", { class: "column", "aria-label": languageName(shown.languages) }, heading);
  return { index, languages: shown.languages, root, heading, pages: [] };
}

async function showDocument(column, shown) {
  const count = shown.pages.length;
  column.heading.replaceChildren(
    element("b", { lang: shown.tag }, languageName(shown.languages)),
    ` · ${count ? plural(count, "page") : "no page yet"}`,
    shown.current ? "" : element("span", { class: "state" }, count ? " · last good version" : " · cannot be built"),
  );
  column.root.classList.toggle("stale", !shown.current);
  while (column.pages.length > count) column.pages.pop().root.remove();
  while (column.pages.length < count) {
    const page = newPage(column, column.pages.length);
    column.pages.push(page);
    column.root.append(page.root);
  }
  await Promise.all(shown.pages.map((page, at) => showPage(column, column.pages[at], page, count)));
}

function newPage(column, index) {
  const page = { column, index, drawing: new Drawing(), width: 0, height: 0, cross: null };
  page.root = element("div", { class: "page", tabindex: 0, role: "img" }, page.drawing.root);
  page.root.addEventListener("click", (event) => {
    const box = page.root.getBoundingClientRect();
    askOrigins(page, (event.clientX - box.left) / pixelsPerPoint(), (event.clientY - box.top) / pixelsPerPoint());
  });
  page.root.addEventListener("keydown", (event) => moveCross(page, event));
  page.root.addEventListener("blur", () => { page.cross?.root.remove(); page.cross = null; });
  return page;
}

async function showPage(column, page, next, count) {
  page.width = next.width;
  page.height = next.height;
  page.root.setAttribute("aria-label",
    `Page ${page.index + 1} of ${count}, ${languageName(column.languages)}. Arrow keys move a cross, Enter shows where the text there comes from.`);
  size(page);
  await page.drawing.show(next.hash);
}

/** Says over the pages why some of them are not current. */
function showOverlay() {
  const failed = state.documents.filter((document) => !document.current);
  const errors = state.problems.filter((problem) => problem.error);
  const first = errors.find((problem) => failed.some((document) => document.problems.includes(problem.key))) ?? errors[0];
  $("overlay").hidden = !failed.length || !first;
  if ($("overlay").hidden) return $("overlay").replaceChildren();
  const names = failed.map((document) => languageName(document.languages)).join(", ");
  const has = failed.some((document) => document.pages.length);
  $("overlay").replaceChildren(
    element("h2", {}, `${names}: ${has ? "the last good version is shown" : "there is no page yet"}`),
    renderedProblem(first),
    element("div", { class: "actions" },
      problemLink(first),
      element("button", { type: "button", onclick: showProblems }, errors.length > 1 ? `All ${errors.length} errors` : "All problems")));
}

// ---- size --------------------------------------------------------------------------------------

function pixelsPerPoint() {
  const main = $("pages");
  const widths = columns.map((column) => Math.max(0, ...column.pages.map((page) => page.width)));
  const heights = columns.flatMap((column) => column.pages.map((page) => page.height));
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (zoom.mode === "fixed" || !total) return zoom.scale * PIXELS_PER_POINT;
  const gaps = 28 * (columns.length - 1) + 56 + 14;
  const byWidth = (main.clientWidth - gaps) / total;
  if (zoom.mode === "width") return Math.max(0.15, byWidth);
  return Math.max(0.15, Math.min(byWidth, (main.clientHeight - 104) / Math.max(...heights)));
}

function size(page, factor = pixelsPerPoint()) {
  page.root.style.width = `${page.width * factor}px`;
  page.root.style.height = `${page.height * factor}px`;
}

function layOut() {
  const factor = pixelsPerPoint();
  columns.forEach((column) => column.pages.forEach((page) => size(page, factor)));
  placeHighlights(factor);
  const percent = `${Math.round(factor / PIXELS_PER_POINT * 100)} %`;
  $("zoom-reset").textContent = percent;
  const names = { fit: "the page fits", width: "the width fits", fixed: "" };
  $("zoom-reset").setAttribute("aria-label", `Zoom ${percent} ${names[zoom.mode]}: fit the page`);
  try { sessionStorage.setItem("zoom", JSON.stringify(zoom)); } catch { /* See above. */ }
}

function setZoom(next) {
  zoom = next;
  layOut();
}

function zoomBy(direction) {
  const now = pixelsPerPoint() / PIXELS_PER_POINT;
  const next = direction > 0 ? ZOOM_STEPS.find((step) => step > now + 0.005) : ZOOM_STEPS.findLast((step) => step < now - 0.005);
  if (next) setZoom({ mode: "fixed", scale: next });
}

/** Scrolls to the next page, or to the one before. */
function turn(direction) {
  const tops = columns[0]?.pages.map((page) => page.root) ?? [];
  const main = $("pages").getBoundingClientRect().top + 60;
  const list = direction > 0 ? tops : tops.toReversed();
  const target = list.find((root) => {
    const distance = root.getBoundingClientRect().top - main;
    return direction > 0 ? distance > 8 : distance < -8;
  });
  target?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

// ---- origins -----------------------------------------------------------------------------------

async function askOrigins(page, x, y) {
  const query = { document: page.column.index, page: page.index, x: x.toFixed(2), y: y.toFixed(2) };
  const origins = await (await fetch(`origins?${new URLSearchParams(query)}`)).json();
  const point = { document: page.column.index, page: page.index, x, y };
  if (!origins.length && side !== "origins") return say("There is no text at this point");
  openSide("origins", "Where this comes from", origins.length ? origins.map((origin, at) => originCard(origin, at, point))
    : [element("p", { class: "quiet" }, "There is no text at this point.")]);
}

const KINDS = { fact: "Fact", message: "Message", template: "Template", style: "Style module" };

function originCard(origin, number, point) {
  const first = origin.excerpt[0] ?? "";
  const characters = [...first];
  const cut = [characters.slice(0, origin.start), characters.slice(origin.start, origin.start + origin.length), characters.slice(origin.start + origin.length)];
  const [before, marked, after] = cut.map((part) => part.join(""));
  const excerpt = element("pre", { class: "excerpt", tabindex: 0 },
    ...numbered([[before, marked || " ", after], ...origin.excerpt.slice(1).map((line) => [line, "", ""])], origin.line, "mark"));
  const where = `${origin.shown}:${origin.line}:${origin.column}`;
  const edit = origin.edit;
  const title = origin.name ? `${KINDS[origin.kind]} ${origin.name}` : KINDS[origin.kind];
  return element("article", { "data-kind": origin.kind },
    element("header", {}, element("h3", {}, title), element("span", { class: "where" }, where)),
    excerpt,
    edit?.problem || edit?.note ? element("p", { class: "quiet" }, edit.problem ?? edit.note) : null,
    element("div", { class: "actions" },
      edit?.id ? element("button", { type: "button", onclick: (event) => startEdit(event.currentTarget, edit, where) }, edit.part ? `Edit ${edit.part}` : "Edit") : null,
      edit?.whole ? element("button", { type: "button", onclick: (event) => startEdit(event.currentTarget, edit.whole, where) }, "Edit the whole message") : null,
      editorLink(origin, () => openOrigin(point, number)),
      origin.file ? element("button", { type: "button", onclick: () => jumpTo(origin.file, origin.line) }, "Show all on the pages") : null,
      element("button", { type: "button", onclick: () => copy(where) }, "Copy the place")));
}

// ---- edits -------------------------------------------------------------------------------------

const HINTS = {
  number: "A number as YAML writes it: 52, 2.5 or 310_000.",
  text: "The text without the quotes of YAML; the program writes them where they are necessary.",
  escaped: "The text between the double quotes of YAML, with its escape sequences: \\\" is a quote, \\u00a0 a no-break space.",
  fluent: "The words as they are in the Fluent file. What is in braces is replaced by a value. Further lines begin with a space.",
};
let fieldCount = 0;

/** Replaces the buttons of a card by a form with the text. Nothing is written before the second step. */
function startEdit(button, edit, where) {
  const actions = button.closest(".actions");
  const id = `edit-${++fieldCount}`;
  const lines = edit.text.split("\n").length;
  const field = element("textarea", { id, "aria-describedby": `${id}-hint`, spellcheck: "false", rows: Math.min(12, Math.max(lines + 1, Math.ceil(edit.text.length / 56))) });
  field.value = edit.text;
  const problem = element("p", { class: "refusal", role: "alert" });
  const form = element("form", { class: "edit", onsubmit: (event) => { event.preventDefault(); compare(); } },
    element("label", { for: id }, `New text for ${where}`), field,
    element("p", { id: `${id}-hint`, class: "quiet" }, HINTS[edit.syntax]), problem,
    element("div", { class: "actions" },
      element("button", {}, "Compare"), element("button", { type: "button", onclick: end }, "Cancel")));
  const isOneLine = edit.syntax !== "fluent";
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      end();
    } else if (event.key === "Enter" && event.target === field && (isOneLine || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      compare();
    }
  });
  actions.hidden = true;
  actions.after(form);
  field.focus();

  function end() {
    form.remove();
    actions.hidden = false;
    button.focus();
  }

  async function ask(confirm) {
    const answer = await send("edit", { id: edit.id, text: field.value, confirm });
    problem.textContent = answer.problem ?? "";
    return answer.problem ? null : answer;
  }

  async function compare() {
    const lines = await ask(false);
    if (!lines) return field.focus();
    const save = element("button", { type: "button", onclick: write }, "Save in the file");
    const step = element("div", { class: "compare", role: "group", "aria-label": `Compare ${where}` },
      version("Now", lines.before, lines.line, "del"), version("After", lines.after, lines.line, "ins"), problem,
      element("div", { class: "actions" }, save, element("button", { type: "button", onclick: back }, "Change the text"), element("button", { type: "button", onclick: end }, "Cancel")));
    const parts = [...form.children];
    form.replaceChildren(step);
    save.focus();

    function back() {
      form.replaceChildren(...parts);
      parts.at(-1).before(problem);
      field.focus();
    }

    async function write() {
      save.disabled = true;
      const written = await ask(true);
      save.disabled = false;
      if (!written) return save.focus();
      const card = form.closest("article");
      const undo = element("button", { type: "button", onclick: undoEdit }, "Undo");
      const again = written.edit?.id
        ? element("button", { type: "button", onclick: (event) => startEdit(event.currentTarget, written.edit, where) }, "Edit again") : null;
      card.querySelector(".excerpt").replaceChildren(...numbered(written.after, written.line, "mark"));
      form.remove();
      actions.replaceChildren(...[undo, again].filter(Boolean));
      actions.hidden = false;
      undo.focus();
      say(`Saved in ${where}`);
    }
  }
}

function version(title, lines, first, name) {
  return element("figure", {}, element("figcaption", {}, title), element("pre", { class: "excerpt", tabindex: 0 }, ...numbered(lines, first, name)));
}

/** Numbered lines, each as the text before the marked part, the marked part, and the text after it. */
function numbered(lines, first, name) {
  return lines.flatMap(([before, marked, after], at) => [
    element("span", { class: "number" }, `${String(first + at).padStart(4)}  `), before, marked ? element(name, {}, marked) : "", after, "\n"]);
}

async function undoEdit() {
  const answer = await send("undo", {});
  if (answer.undone && side === "origins") closeSide();
  say(answer.problem ?? `Undone in ${answer.undone}`);
}

async function openOrigin(point, origin) {
  const answer = await send("open", { ...point, origin });
  say(answer?.problem ?? "Opened in the editor");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied ${text}`);
  } catch {
    say(text);
  }
}

async function jumpTo(file, line) {
  const { highlights } = await (await fetch(`jump?${new URLSearchParams({ file, line })}`)).json();
  if (!highlights.length) say("This line prints nothing on these pages");
}

function showHighlights(list) {
  clearHighlights();
  for (const { document: at, page: number, bounds } of list) {
    const page = columns[at]?.pages[number];
    if (!page) continue;
    const root = element("div", { class: "highlight" });
    page.root.append(root);
    shownHighlights.push({ root, bounds });
  }
  placeHighlights(pixelsPerPoint());
  shownHighlights[0]?.root.scrollIntoView({ block: "center", inline: "nearest" });
  if (list.length) say(`${plural(list.length, "place")} on the pages`);
}

function placeHighlights(factor) {
  for (const { root, bounds: [left, top, right, bottom] } of shownHighlights) {
    Object.assign(root.style, {
      left: `${left * factor}px`, top: `${top * factor}px`, width: `${(right - left) * factor}px`, height: `${(bottom - top) * factor}px`,
    });
  }
}

function clearHighlights() {
  shownHighlights.forEach(({ root }) => root.remove());
  shownHighlights = [];
}

function moveCross(page, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (event.key === "Enter" && page.cross) {
    event.preventDefault();
    askOrigins(page, page.cross.x, page.cross.y);
    return;
  }
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const length = event.shiftKey ? 40 : 8;
  const cross = page.cross ?? { x: page.width / 2, y: page.height / 4, root: element("div", { class: "cross" }) };
  if (page.cross) {
    cross.x = Math.min(page.width, Math.max(0, cross.x + step[0] * length));
    cross.y = Math.min(page.height, Math.max(0, cross.y + step[1] * length));
  }
  page.cross = cross;
  Object.assign(cross.root.style, { left: `${cross.x * pixelsPerPoint()}px`, top: `${cross.y * pixelsPerPoint()}px` });
  page.root.append(cross.root);
  cross.root.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// ---- problems ----------------------------------------------------------------------------------

function renderedProblem(problem) {
  return element("pre", { tabindex: 0 }, ...problem.rendered.map(([style, text]) => element("span", { class: style }, text)));
}

/** Returns what opens a place in the editor: a link if the editor has addresses, or a button that calls `open`. */
function editorLink(place, open) {
  if (place.url) return element("a", { href: place.url }, "Open in the editor");
  return place.opens ? element("button", { type: "button", onclick: open }, "Open in the editor") : null;
}

function problemLink(problem) {
  return editorLink(problem, async () => say((await send("open", { problem: problem.key }))?.problem ?? "Opened in the editor"));
}

function problemCard(problem) {
  const place = problem.place;
  return element("article", { "data-code": problem.code }, renderedProblem(problem),
    element("div", { class: "actions" },
      problemLink(problem),
      place?.file ? element("button", { type: "button", onclick: () => jumpTo(place.file, place.line) }, "Show on the pages") : null,
      place ? element("button", { type: "button", onclick: () => copy(`${place.shown}:${place.line}:${place.column}`) }, "Copy the place") : null));
}

function showProblems() {
  const cards = state.problems.map(problemCard);
  const none = state.checked ? "No problems found." : "No problems in the shown documents. The rest of the project is being checked.";
  const body = cards.length ? cards : [element("p", { class: "quiet" }, none)];
  openSide("problems", "Problems", body);
}

function openSide(kind, title, body) {
  const isNew = $("side").hidden || side !== kind;
  if ($("side").hidden) opener = document.activeElement;
  side = kind;
  $("side-title").textContent = title;
  $("side-body").replaceChildren(...body);
  $("side").hidden = false;
  // A long line begins where its marked part can be seen.
  for (const marked of $("side-body").querySelectorAll("mark")) {
    const line = marked.parentElement;
    if (marked.offsetLeft + marked.offsetWidth > line.clientWidth) line.scrollLeft = marked.offsetLeft - 80;
  }
  $("problems-button").setAttribute("aria-expanded", String(kind === "problems"));
  if (isNew) {
    layOut();
    $("side-title").focus({ preventScroll: true });
  }
}

function closeSide() {
  if ($("side").hidden) return;
  $("side").hidden = true;
  side = null;
  $("problems-button").setAttribute("aria-expanded", "false");
  layOut();
  opener?.focus?.({ preventScroll: true });
}

function toggleProblems() {
  side === "problems" ? closeSide() : showProblems();
}

// ---- controls ----------------------------------------------------------------------------------

function showControls() {
  const title = state.title ?? "gen-report";
  $("title").textContent = title;
  document.title = `${state.city?.name ?? "Edition"} · ${title} · gen-report watch`;
  $("embedded").hidden = !state.embedded;
  $("undo-button").hidden = !state.undo;
  $("undo-button").title = state.undo ? `Undo the edit of ${state.undo}` : "";
  $("city-name").textContent = state.city?.name ?? "The edition";
  const reports = state.reports.filter((report) => state.city ? report.city : report.edition);
  buttons($("reports"), reports.map((report) => ({
    text: report.name, pressed: report.name === state.report, press: () => choose({ report: report.name }),
  })));
  const others = state.shown.filter((languages) => !state.languages?.includes(languages));
  buttons($("languages"), [...(state.languages ?? []), ...others].map((languages) => ({
    text: languages, title: languageName(languages), pressed: state.shown.includes(languages), press: () => toggleLanguage(languages),
  })));
  const errors = state.problems.filter((problem) => problem.error).length;
  const warnings = state.problems.length - errors;
  const counts = [];
  if (errors) counts.push(element("span", { class: "count-error" }, plural(errors, "error")));
  if (warnings) counts.push(element("span", { class: "count-warning" }, plural(warnings, "warning")));
  if (!counts.length) counts.push(element("span", { class: state.checked ? "count-none" : "" }, state.checked ? "No problems" : "Checking…"));
  $("problems-count").replaceChildren(...counts.flatMap((count, at) => at ? [" · ", count] : [count]));
}

/** Shows a row of buttons, and keeps the focus on the one that has it. */
function buttons(parent, list) {
  const key = JSON.stringify(list.map(({ text }) => text));
  if (parent.dataset.key !== key) {
    parent.dataset.key = key;
    parent.replaceChildren(...list.map(() => element("button", { type: "button" })));
  }
  list.forEach(({ text, title, pressed, press }, at) => {
    const button = parent.children[at];
    button.textContent = text;
    button.setAttribute("aria-pressed", String(pressed));
    if (title) {
      button.title = title;
      button.setAttribute("aria-label", `${text}: ${title}`);
    }
    button.onclick = press;
  });
}

function choose(change) {
  return send("view", { city: state.city?.id ?? null, report: state.report, languages: state.shown, ...change });
}

function toggleLanguage(languages) {
  const isShown = state.shown.includes(languages);
  if (isShown && state.shown.length === 1) return;
  const order = [...state.languages, ...state.shown];
  const shown = isShown ? state.shown.filter((other) => other !== languages) : [...state.shown, languages];
  choose({ languages: shown.sort((a, b) => order.indexOf(a) - order.indexOf(b)) });
}

function changeReport(direction) {
  const reports = state.reports.filter((report) => state.city ? report.city : report.edition).map((report) => report.name);
  const at = reports.indexOf(state.report);
  if (reports.length > 1) choose({ report: reports[(at + direction + reports.length) % reports.length] });
}

function showStatus() {
  if (!isConnected) {
    document.body.dataset.connection = "lost";
    $("status").textContent = "gen-report watch has ended. Start it again, and open the address that it prints.";
    return;
  }
  const failed = state.documents.filter((document) => !document.current).length;
  document.body.dataset.connection = failed ? "failed" : "live";
  $("status").textContent = failed ? `${plural(failed, "document")} cannot be built` : `Up to date · ${plural(state.documents.length, "document")} built in ${state.milliseconds} ms`;
  $("position").textContent = state.cityCount ? plural(state.cityCount, "city").replace("citys", "cities") : "";
}

let saying = 0;
function say(text) {
  $("status").textContent = text;
  clearTimeout(saying);
  saying = setTimeout(showStatus, 4000);
}

// ---- cities ------------------------------------------------------------------------------------

let searching = 0;
async function searchCities() {
  const query = $("city-query").value;
  const number = ++searching;
  const { cities, count } = await (await fetch(`cities?${new URLSearchParams({ q: query })}`)).json();
  if (number !== searching) return;
  cityChoices = cities;
  if (state.edition && "the edition".includes(query.toLowerCase())) cityChoices = [{ id: null, names: ["The edition"], rank: null }, ...cities];
  cityAt = Math.max(0, cityChoices.findIndex((city) => !query && city.id === (state.city?.id ?? null)));
  $("city-list").replaceChildren(...cityChoices.map((city, at) =>
    element("li", { role: "option", id: `city-${at}`, "aria-selected": "false", onclick: () => chooseCity(at) },
      element("span", { class: "rank" }, city.rank ?? ""), element("span", {}, city.names.join(" · ")), element("span", { class: "id" }, city.id ?? ""))));
  $("city-count").textContent = count > cities.length ? `${count.toLocaleString("en")} cities; the first ${cities.length} are shown` : plural(count, "city").replace("citys", "cities");
  selectCity(cityAt);
}

function selectCity(at) {
  cityAt = Math.min(Math.max(0, at), cityChoices.length - 1);
  [...$("city-list").children].forEach((row, number) => row.setAttribute("aria-selected", String(number === cityAt)));
  const row = $(`city-${cityAt}`);
  row?.scrollIntoView({ block: "nearest" });
  row ? $("city-query").setAttribute("aria-activedescendant", row.id) : $("city-query").removeAttribute("aria-activedescendant");
}

function chooseCity(at) {
  const city = cityChoices[at];
  $("cities").close();
  if (city) choose({ city: city.id });
}

function openCities() {
  $("city-query").value = "";
  $("cities").showModal();
  searchCities();
}

$("city-query").addEventListener("input", searchCities);
$("city-query").addEventListener("keydown", (event) => {
  const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
  if (moves[event.key]) selectCity(cityAt + moves[event.key]);
  else if (event.key === "Enter") chooseCity(cityAt);
  else return;
  event.preventDefault();
});

// ---- keys --------------------------------------------------------------------------------------

const KEYS = {
  "c": openCities, "/": openCities, "p": toggleProblems, "j": () => turn(1), "k": () => turn(-1),
  "+": () => zoomBy(1), "=": () => zoomBy(1), "-": () => zoomBy(-1), "−": () => zoomBy(-1),
  "f": () => setZoom({ mode: "fit", scale: 1 }), "w": () => setZoom({ mode: "width", scale: 1 }), "0": () => setZoom({ mode: "fixed", scale: 1 }),
  "[": () => changeReport(-1), "]": () => changeReport(1), "?": () => $("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return closeSide();
  if (!$("keys").checked || !state?.documents || event.target.matches?.("input, textarea")) return;
  const run = KEYS[event.key.toLowerCase()];
  if (run) {
    event.preventDefault();
    run();
  } else if (/^[1-9]$/.test(event.key)) {
    $("languages").children[Number(event.key) - 1]?.click();
  }
});

$("city").addEventListener("click", openCities);
$("zoom-in").addEventListener("click", () => zoomBy(1));
$("zoom-out").addEventListener("click", () => zoomBy(-1));
$("zoom-reset").addEventListener("click", () => setZoom({ mode: "fit", scale: 1 }));
$("problems-button").addEventListener("click", toggleProblems);
$("help-button").addEventListener("click", () => $("help").showModal());
$("side-close").addEventListener("click", closeSide);
$("undo-button").addEventListener("click", undoEdit);
$("keys").addEventListener("change", () => { try { localStorage.setItem("keys", $("keys").checked ? "on" : "off"); } catch { /* See above. */ } });
document.querySelectorAll("dialog").forEach((dialog) => dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()));
new ResizeObserver(() => state?.documents && layOut()).observe($("pages"));
connect();
