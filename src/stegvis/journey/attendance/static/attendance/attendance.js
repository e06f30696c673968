// The list of a day, touched with gloves and often without a network.
//
// In the browser's storage lie only the touches that have not reached the server: each an opaque slot
// of the day, a code, a key made here and a time. No name, no reason in words. They are sent under
// the same key until the server has answered, so that none is lost and none counts twice.

const HELD_BACK = 10_000; // ms in which a touch can be taken back; it is not sent before
const IDLE = 120_000; // ms without a touch until the names leave the screen
const AGAIN = 8_000; // ms between attempts without a network
const page = document.querySelector("[data-attendance]");
const words = page.dataset;
const STORE = `attendance-${words.owner}`;
const form = page.querySelector("form");
const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value; // the form leaves when the list is put away
const device = sessionStorage.attendanceDevice ?? crypto.randomUUID();
sessionStorage.attendanceDevice = device;

const queue = {
  all: () => JSON.parse(localStorage.getItem(STORE) ?? "[]"),
  put(rows) {
    if (rows.length) localStorage.setItem(STORE, JSON.stringify(rows));
    else localStorage.removeItem(STORE);
  },
  // Whatever another window has added meanwhile stays.
  drop(keys) {
    queue.put(queue.all().filter((row) => !keys.has(row.key)));
  },
};

let sending = false;
let timer;
let last = []; // the touches that can be taken back
let idle;

const fields = () => [...(form?.querySelectorAll("fieldset[data-slot]") ?? [])];
const by = (name) => page.querySelector(`[data-is="${name}"]`);

function show(field, code) {
  field.dataset.code = code;
  const letter = code === "o" ? "a" : code[0];
  for (const input of field.querySelectorAll("input[type=radio]")) input.checked = input.value === letter;
  const note = field.querySelector("[data-is=note]");
  note.textContent = code.length > 1 || code === "o" ? spoken(code) : "";
  field.classList.toggle("un", code === "u" || !code);
}

function spoken(code) {
  if (code[0] === "l") return words.late.replace("0", code.slice(1));
  const button = page.querySelector(`[data-code="${code}"]`);
  return button ? button.textContent.trim() : "";
}

function count() {
  const marks = fields().map((field) => field.dataset.code);
  const marked = marks.filter(Boolean).length;
  by("count").textContent = words.of.replace("{n}", marked).replace("{of}", marks.length);
  const meter = by("meter");
  meter.value = marked;
  for (const sum of page.querySelectorAll("[data-sum]")) {
    const wanted = sum.dataset.sum;
    sum.textContent = marks.filter((code) => code && (code === "o" ? "a" : code[0]) === wanted).length;
  }
}

function touch(changes) {
  const kept = queue.all();
  const turn = Number(sessionStorage.attendanceTurn ?? 0);
  const at = Date.now();
  last = changes.map(([field, code], n) => {
    const over = field.dataset.kept ?? "";
    const row = { key: crypto.randomUUID(), slot: field.dataset.slot, code, at, turn: turn + n + 1, over, to: form.dataset.url, device };
    const before = field.dataset.code ?? "";
    show(field, code);
    return { field, row, before };
  });
  sessionStorage.attendanceTurn = turn + changes.length;
  queue.put([...kept, ...last.map((one) => one.row)]);
  by("undo").disabled = false;
  count();
  say(words.waits);
  later(HELD_BACK);
}

function undo() {
  queue.drop(new Set(last.map((one) => one.row.key)));
  for (const one of last) show(one.field, one.before);
  settled();
  count();
  say(words.undone);
}

function settled() {
  last = [];
  if (by("undo")) by("undo").disabled = true;
}

function say(text) {
  const place = by("state");
  if (place) place.textContent = text;
}

function later(ms) {
  clearTimeout(timer);
  timer = setTimeout(send, ms);
}

// Everything that waits, list by list. A list's touches go in one request.
async function send({ done = "" } = {}) {
  if (sending) return later(500);
  clearTimeout(timer);
  settled();
  const lists = new Map();
  for (const row of queue.all()) {
    const name = `${row.to} ${row.device}`;
    lists.set(name, [...(lists.get(name) ?? []), row]);
  }
  if (done && ![...lists.keys()].some((name) => name.startsWith(`${done} `))) lists.set(`${done} ${device}`, []);
  if (!lists.size) return;
  sending = true;
  try {
    const refused = [];
    for (const [name, rows] of lists) refused.push(await post(...name.split(" "), rows, done));
    say(refused.filter(Boolean).join(" ") || words.saved);
    if (queue.all().length) later(500);
  } catch (fault) {
    say(fault.out ? words.out : fault.said ?? words.offline);
    if (!fault.out) timer = setTimeout(() => send({ done }), AGAIN);
  } finally {
    sending = false;
  }
}

async function post(to, from, rows, done) {
  const now = Date.now();
  const marks = rows.map(({ key, slot, code, at, turn, over }) => ({ key, slot, code, turn, over, ago: Math.max(0, now - at) }));
  const said = { marks: JSON.stringify(marks), device: from, submission: crypto.randomUUID(), csrfmiddlewaretoken: token };
  if (to === done) said.done = "1";
  const answer = await fetch(to, { method: "POST", body: new URLSearchParams(said) });
  const read = (answer.headers.get("content-type") ?? "").includes("json");
  if (!read) throw Object.assign(new Error(), { out: true });
  const told = await answer.json();
  // Each touch that was sent has its answer, and is kept no longer. One that was refused is said.
  const answers = told.touches ?? [];
  if (told.fault && !answers.length) queue.drop(new Set(rows.map((row) => row.key)));
  if (told.fault && !answers.length) throw Object.assign(new Error(), { said: told.fault });
  queue.drop(new Set(rows.slice(0, answers.length).map((row) => row.key)));
  const refused = rows.filter((_, n) => n < answers.length && answers[n] !== "stored");
  const text = refuse(to, refused, (row) => told.words[answers[rows.indexOf(row)]]);
  if (told.fault) {
    if (said.done) await post(to, from, [], done);
    return text;
  }
  if (to !== form?.dataset.url || !form.isConnected) return text;
  const waiting = new Set(queue.all().map((row) => row.slot));
  for (const field of fields()) {
    const code = told.marks[field.dataset.slot];
    if (code === undefined || waiting.has(field.dataset.slot)) continue;
    field.dataset.kept = code;
    show(field, code);
  }
  by("disputed").hidden = !told.disputed.length;
  by("done-word").hidden = !told.done;
  count();
  return text;
}

// What the server did not take, by name where the list is open, and the day shown as it was before.
function refuse(to, rows, why) {
  if (!rows.length) return "";
  const mine = to === form?.dataset.url ? fields() : [];
  const said = new Map();
  for (const row of rows) {
    const field = mine.find((one) => one.dataset.slot === row.slot);
    if (field) show(field, field.dataset.kept ?? "");
    const name = field?.querySelector(".fn").textContent;
    said.set(why(row), [...(said.get(why(row)) ?? []), ...(name ? [name] : [])]);
  }
  const text = [...said].map(([sentence, names]) => `${sentence} ${[...new Set(names)].join(", ")}`.trim()).join(" ");
  const place = by("refused");
  if (place && form?.isConnected) {
    by("refused-words").textContent = `${words.refused.replace("{n}", rows.length)} ${text}`;
    place.hidden = false;
  }
  if (mine.length) count();
  return words.refused.replace("{n}", rows.length);
}

// A second question: how late, or why away. The answer is the second touch.
function ask(field, name) {
  const dialog = by(name);
  dialog.querySelector("[data-is=who]").textContent = field.querySelector(".fn").textContent;
  dialog.onclose = () => {
    const code = dialog.returnValue;
    if (code) touch([[field, code]]);
    else show(field, field.dataset.code ?? "");
  };
  dialog.returnValue = "";
  dialog.showModal();
}

// The names leave the screen and the memory of the page; what has not reached the server stays, as
// opaque as it is, because losing a morning is worse.
function lock() {
  if (!form?.isConnected) return;
  for (const dialog of page.querySelectorAll("dialog")) dialog.remove();
  form.remove();
  page.querySelector("header nav")?.remove();
  document.title = "Stegvis";
  by("locked").hidden = false;
  by("refused").hidden = true;
  by("refused-words").textContent = "";
  for (const part of page.querySelectorAll("[data-is=foot]")) part.remove();
  last = [];
  if (queue.all().length) later(0);
}

function awake() {
  clearTimeout(idle);
  idle = setTimeout(lock, Number(words.idle) || IDLE);
}

function begin() {
  for (const field of fields()) {
    field.dataset.kept = field.dataset.code;
    field.addEventListener("click", (event) => {
      const input = event.target.closest("input[type=radio]");
      if (!input) return;
      if (input.value === "l") ask(field, "late");
      else if (input.value === "a") ask(field, "away");
      else if (input.value !== field.dataset.code) touch([[field, input.value]]);
    });
  }
  for (const row of queue.all()) {
    const field = fields().find((one) => one.dataset.slot === row.slot);
    if (field) show(field, row.code);
  }
  by("all").addEventListener("click", (event) => {
    event.preventDefault();
    const own = fields().filter((field) => field.dataset.own && !field.dataset.code);
    const rest = fields().filter((field) => !field.dataset.code && !field.dataset.own);
    touch([...own.map((field) => [field, field.dataset.own]), ...rest.map((field) => [field, "h"])]);
  });
  by("undo").hidden = false;
  by("undo").addEventListener("click", undo);
  by("done").addEventListener("click", (event) => {
    event.preventDefault();
    say(words.waits);
    send({ done: form.dataset.url });
  });
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, awake);
  by("lock").hidden = false;
  by("lock").addEventListener("click", lock);
  awake();
  count();
}

if (form) begin();
addEventListener("online", () => send());
addEventListener("offline", () => say(words.offline));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") send();
});
if (queue.all().length) later(1000);
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/attendance/worker.js").catch(() => {});
