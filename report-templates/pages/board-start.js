// Keys, pages that turn, and news. What the operator chose is kept in the address,
// so that a page that is loaded again goes on where it was.
const TURN = 12000, NEWS = 2500, PATIENCE = 4000;
const asked = new URLSearchParams(location.hash.slice(1));
const number = name => Math.max(0, parseInt(asked.get(name) ?? "0", 10) || 0);
const own = { page: number("page"), step: number("step"), theme: asked.get("theme"), still: asked.has("still") };
let steps = data.state === "reveal" ? stepsOf() : null;
let turned = Date.now(), heard = false;

function keep() {
  const words = new URLSearchParams();
  if (own.page) words.set("page", own.page);
  if (own.step) words.set("step", own.step);
  if (own.theme) words.set("theme", own.theme);
  if (own.still) words.set("still", "1");
  const text = words.toString();
  if (location.hash.slice(1) !== text) location.replace("#" + text);
}

function draw() {
  own.page = Math.min(own.page, pages() - 1);
  if (own.theme === "light") document.documentElement.dataset.theme = "light";
  else delete document.documentElement.dataset.theme;
  if (steps) {
    own.step = Math.min(own.step, steps.length - 1);
    reveal(steps, own.step, own.page);
  } else {
    standing(own.page);
  }
  keep();
}

const listed = () => !steps || steps[own.step].kind === "all";

function turn(by) {
  own.page = (own.page + by + pages()) % pages();
  turned = Date.now();
  draw();
  if (pages() > 1) for (const row of screen.querySelectorAll(".row")) row.classList.add("enter");
}

// One step on or back; at the end of a revelation its pages turn.
function step(by) {
  if (listed() && (!steps || by > 0)) {
    own.still = own.still || pages() > 1;
    turn(by);
    return;
  }
  own.step = Math.max(0, Math.min(own.step + by, steps.length - 1));
  own.page = 0;
  own.still = false;
  turned = Date.now();
  draw();
}

// To where prizes are won, or to the first ten.
function skip() {
  const first = steps.findIndex(one => one.rows && (one.rows[0].prize || one.rows[0].zone));
  const ten = steps.findIndex(one => one.rows && one.rows[0].rank <= 10);
  const to = first > 0 ? first : ten;
  if (to > own.step) own.step = to - 1;
  draw();
}

const KEYS = {
  ArrowRight: () => step(1), ArrowDown: () => step(1), PageDown: () => step(1), Enter: () => step(1),
  ArrowLeft: () => step(-1), ArrowUp: () => step(-1), PageUp: () => step(-1), Backspace: () => step(-1),
  " ": () => steps && !listed() ? step(1) : (own.still = !own.still, turned = Date.now(), draw()),
  Home: () => { own.step = 0; own.page = 0; draw(); },
  End: () => steps ? skip() : (own.page = pages() - 1, draw()),
  t: () => { own.theme = own.theme === "light" ? null : "light"; draw(); },
  f: () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
};

addEventListener("keydown", event => {
  const does = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  does();
});
addEventListener("click", () => step(1));

// What is new stands in the same file. A page may not read it again, but it may
// open it in a frame, and the frame tells it what it has.
function ask() {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.src = `${location.pathname}?asked=${Date.now()}`;
  const listen = event => {
    if (event.source !== frame.contentWindow || typeof event.data?.board !== "string") return;
    heard = true;
    close();
    take(event.data.board);
  };
  const close = () => { removeEventListener("message", listen); frame.remove(); clearTimeout(late); };
  const late = setTimeout(() => { close(); if (!heard) location.reload(); else setTimeout(ask, NEWS); }, PATIENCE);
  addEventListener("message", listen);
  document.body.append(frame);
}

let known = document.getElementById("data").textContent;

function take(text) {
  if (text !== known) {
    const before = new Map(data.rows.map(row => [row.code, row]));
    const places = new Map([...screen.querySelectorAll(".row")].map(row => [row.dataset.code, row.offsetTop]));
    known = text;
    data = JSON.parse(text);
    steps = data.state === "reveal" ? stepsOf() : null;
    if (!steps) moved(before);
    draw();
    glide(places, before);
  }
  if (!steps) setTimeout(ask, NEWS);
}

// How places changed since the page was last drawn.
function moved(before) {
  for (const row of data.rows) {
    const was = before.get(row.code)?.rank;
    if (was !== undefined && row.rank !== undefined) row.moved = was - row.rank;
  }
}

// Rows go from where they were to where they are; new scores light up.
function glide(places, before) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const row of screen.querySelectorAll(".row")) {
    const from = places.get(row.dataset.code), by = from - row.offsetTop;
    const now = data.rows.find(one => one.code === row.dataset.code);
    if (now.score !== before.get(row.dataset.code)?.score) row.classList.add("flash");
    if (!calm && from !== undefined && by) {
      row.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 900, easing: "ease-in-out" });
    }
  }
}

if (new URLSearchParams(location.search).has("asked") && parent !== window) {
  parent.postMessage({ board: known }, "*");
} else {
  draw();
  setInterval(() => { if (listed() && !own.still && pages() > 1 && Date.now() - turned >= TURN) turn(1); }, 500);
  if (!steps) setTimeout(ask, NEWS);
}
