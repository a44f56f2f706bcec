// Keeps a page as its server would render it now (ESC-32: nobody presses reload).
// Every half second the page asks for itself; what differs is changed in place, so that focus, scroll
// position and half-written text stay. Forms are sent in the background and their answer is merged
// likewise. Without this module the same forms and links work with full page loads.

const PAUSE = 500; // ms between two looks: below what a person notices, above what a server minds
let seen = ""; // the entity tag of what is shown
let turn = 0; // a look that began before a form was sent must not undo the form's answer

const same = (was, is) =>
  was.nodeType === is.nodeType && was.nodeName === is.nodeName && (was.id ?? "") === (is.id ?? "");

function merge(was, is) {
  if (was.isEqualNode(is)) return;
  if (!same(was, is)) return was.replaceWith(is);
  if (was.nodeType !== Node.ELEMENT_NODE) { was.data = is.data; return; }
  for (const { name } of [...was.attributes]) if (!is.hasAttribute(name)) was.removeAttribute(name);
  for (const { name, value } of is.attributes) if (was.getAttribute(name) !== value) was.setAttribute(name, value);
  const old = [...was.childNodes], fresh = [...is.childNodes];
  fresh.forEach((node, i) => (i < old.length ? merge(old[i], node) : was.append(node)));
  old.slice(fresh.length).forEach((node) => node.remove());
}

function show(html, spare) {
  const page = new DOMParser().parseFromString(html, "text/html");
  // A refusal stays until the next action: a look does not know of it.
  if (spare) page.getElementById("notice")?.replaceWith(document.getElementById("notice").cloneNode(true));
  const log = document.querySelector("[role=log]");
  const atEnd = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  document.title = page.title;
  merge(document.body, page.body);
  if (atEnd) follow();
}

function follow() {
  const log = document.querySelector("[role=log]");
  if (log) log.scrollTop = log.scrollHeight;
}

async function look() {
  const mine = turn;
  try {
    const answer = await fetch(location.href, { cache: "no-store", headers: { "If-None-Match": seen } });
    if (answer.status !== 304) {
      const html = await answer.text();
      if (mine === turn) { seen = answer.headers.get("ETag") ?? ""; show(html, true); }
    }
    delete document.body.dataset.lost;
  } catch {
    document.body.dataset.lost = "";
  }
  setTimeout(look, PAUSE);
}

async function send(form, submitter) {
  turn += 1;
  const filled = new FormData(form, submitter);
  const body = form.enctype === "multipart/form-data" ? filled : new URLSearchParams(filled);
  form.setAttribute("aria-busy", "true");
  try {
    await telling;
    const answer = await fetch(form.action, { method: "POST", body });
    const html = await answer.text();
    turn += 1;
    if (answer.ok) { form.reset(); told = -Infinity; }
    if (answer.redirected && answer.url !== location.href) history.pushState({}, "", answer.url);
    seen = "";
    show(html, false);
  } catch {
    document.body.dataset.lost = "";
  } finally {
    form.removeAttribute("aria-busy");
  }
}

addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter);
});
addEventListener("popstate", () => location.reload());

// The send box: Enter sends, Shift+Enter breaks the line, writing tells the customer at most every 3 s.
let told = -Infinity;
let telling; // being told: what is written must not arrive before it
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches("textarea[data-sendbox]")) return;
  event.preventDefault();
  if (event.target.value.trim()) event.target.form.requestSubmit();
});
addEventListener("input", (event) => {
  const { typing } = event.target.dataset;
  if (!typing) return;
  if (!event.target.value) told = -Infinity; // begun anew is typing anew
  if (!event.target.value || performance.now() - told < 3000) return;
  told = performance.now();
  telling = fetch(typing, { method: "POST" }).catch(() => {}); // lost: the next look says so
});

follow();
setTimeout(look, PAUSE);
