"use strict";
// Draws what the data say. Texts are put in as text, never as HTML.
const SIZE = 10, SEGMENTS = 80, JUDGES = 24;
const screen = document.getElementById("screen");
let data = JSON.parse(document.getElementById("data").textContent);

// A word of the page, with values in the place of their names.
const say = (key, values = {}) =>
  (data.labels["board_" + key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// An element with classes, and with texts or other elements in it.
function make(tag, classes, ...inside) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.append(...inside.filter(one => one !== null && one !== undefined && one !== ""));
  return element;
}

const stateWord = revealed => say(revealed ? "revealed" : data.state);
const label = row => row.name ? `${row.code} ${row.name}` : row.code;
const clock = at => (at ?? "").replace(/^(.*)T(\d\d:\d\d)[\d:]*(Z|[+-].*)$/, "$1 $2 $3").replace("Z", "UTC");
const pages = () => Math.max(1, Math.ceil(data.rows.length / SIZE));

function head(revealed) {
  const hot = !revealed && (data.state === "frozen" || data.state === "reveal");
  const stage = `${data.stage} · ${data.round ?? say("total")}`;
  return make("header", "",
    make("h1", "", data.title), make("span", "stage", stage),
    data.sealed ? make("span", "tag quiet", say("sealed")) : null,
    make("span", hot ? "tag hot" : "tag", stateWord(revealed)));
}

function movement(row) {
  if (!row.moved) return make("span", "move");
  const up = row.moved > 0, n = Math.abs(row.moved);
  const mark = make("span", up ? "move up" : "move down", (up ? "▲" : "▼") + n);
  mark.setAttribute("aria-label", say(up ? "up" : "down", { n }));
  return mark;
}

function track(row) {
  const dot = document.createElement("i");
  dot.style.left = `${row.dot * 100}%`;
  const line = make("span", "track", dot);
  line.setAttribute("aria-hidden", "true");
  return line;
}

function wordOf(row) {
  const ordered = data.current !== null || data.next !== null;
  return row.state === "waiting" && !ordered ? say("unmarked") : say(row.state);
}

function outcome(row) {
  if (!row.score) {
    const tone = { pending: " hot", partial: " busy" }[row.state] ?? "";
    return [make("span", "word" + tone, wordOf(row))];
  }
  const middle = row.state === "pending" ? make("span", "note", say("pending")) : track(row);
  return [middle, make("span", "score", row.score)];
}

function line(row, at) {
  const next = data.rows[at + 1];
  const last = row.zone && !data.rows.slice(at + 1).some(one => one.zone);
  const element = make("div", `row${row.zone ? " zone" : ""}${last && next ? " last" : ""}`,
    make("span", "rank", row.rank === undefined ? "—" : String(row.rank)),
    make("span", "tie", row.tied ? "=" : ""), movement(row),
    make("span", "code", row.code), make("span", "name", row.name ?? ""), ...outcome(row));
  element.setAttribute("role", "listitem");
  element.dataset.code = row.code;
  return element;
}

// What the rows of a page look like; codes as wide as the widest of them.
function list(page) {
  const start = page * SIZE, rows = data.rows.slice(start, start + SIZE);
  const box = make("div", "list", ...rows.map((row, at) => line(row, start + at)));
  box.setAttribute("role", "list");
  const widest = Math.max(...data.rows.map(row => row.code.length));
  for (const code of box.querySelectorAll(".code")) code.style.minWidth = `${widest * .62 + .65}em`;
  if (data.axis && rows.some(row => row.score)) {
    const ends = data.axis.map(n => make("b", "", say("points", { n })));
    const open = data.state === "live" || data.state === "frozen";
    const notes = [data.zone ? say("zone_" + data.zone) : "", open ? say("provisional") : ""].filter(Boolean);
    box.append(make("div", "axis", make("em", "", notes.join(" · ")), make("span", "", ...ends)));
  }
  return box;
}

function judges({ sheets, expected, aside }) {
  if (expected + aside > JUDGES) return null;
  const of = (count, name) => Array.from({ length: count }, () => make("i", name));
  const dots = make("div", "dots", ...of(sheets, "in"), ...of(expected - sheets, ""), ...of(aside, "out"));
  dots.setAttribute("aria-hidden", "true");
  return dots;
}

function nowCard() {
  const on = data.current;
  if (!on) {
    return make("section", "card big", make("h2", "", say("progress")),
      make("div", "huge", `${data.done} / ${data.of}`), make("p", "", data.entries),
      make("p", "", say("sheets", { in: data.sheets, of: data.expected })));
  }
  const row = data.rows[on.row], aside = on.aside ? say("aside", { n: on.aside }) : "";
  return make("section", "card big", make("h2", "", `${say("now")} · ${on.round}`),
    make("div", "huge", row.code), row.name ? make("div", "who", row.name) : null,
    make("p", "", say("sheets", { in: on.sheets, of: on.expected }) + aside), judges(on));
}

function side() {
  const cards = [nowCard()];
  const latest = data.rows[data.latest], next = data.rows[data.next];
  if (latest && data.state !== "frozen" && latest.rank !== undefined) {
    const place = say(latest.tied ? "shared" : "place", { n: latest.rank });
    cards.push(make("section", "card", make("h2", "", `${say("latest")} · ${place}`),
      make("div", "large", `${latest.code} · ${latest.score}`)));
  }
  if (next) {
    cards.push(make("section", "card", make("h2", "", say(data.current ? "next" : "first")),
      make("div", "large", next.code), next.name ? make("p", "who small", next.name) : null));
  }
  const hidden = data.rows.filter(row => row.state === "pending").length;
  if (hidden) cards.push(make("section", "card", make("p", "hot", say("hidden", { n: hidden }))));
  return make("aside", "", ...cards);
}

// A bar of as many parts as there are entries; a plain one when they are many.
function bar(done, of, now) {
  const box = make("div", "bar");
  box.setAttribute("role", "progressbar");
  box.setAttribute("aria-valuenow", done);
  box.setAttribute("aria-valuemax", of);
  if (of > SEGMENTS) {
    box.classList.add("plain");
    const part = make("i", "in");
    part.style.width = `${done / of * 100}%`;
    box.append(part);
  } else {
    for (let at = 0; at < of; at += 1) box.append(make("i", at < done ? "in" : at === done && now ? "now" : ""));
  }
  return box;
}

function foot() {
  return make("footer", "", make("span", "", data.at ? say("asof", { at: clock(data.at) }) : data.publisher),
    data.head ? make("small", "", say("event", { n: data.event, head: data.head })) : null);
}

// The whole screen from its parts.
function show(...parts) {
  const theme = document.documentElement.dataset.theme;
  const live = screen.querySelector(".hidden") ?? make("div", "hidden");
  live.setAttribute("aria-live", "polite");
  screen.className = data.rows.some(row => row.name) ? "" : "nameless";
  screen.replaceChildren(make("div", data.sample ? "band" : "", data.sample ? say("sample") : ""), ...parts, live);
  if (theme) document.documentElement.dataset.theme = theme;
  for (const text of screen.querySelectorAll("h1, .row .name, .hero .name")) {
    const tall = text.matches(".hero .name") && text.scrollHeight > text.clientHeight + 4;
    if (tall || text.scrollWidth > text.clientWidth) text.classList.add("long");
  }
}

function announce(text) {
  const live = screen.querySelector(".hidden");
  if (live) live.textContent = text;
}

// The placing, page by page.
function standing(page, revealed = false) {
  const many = pages() > 1 ? make("b", "", say("page", { page: page + 1, pages: pages() })) : null;
  const progress = make("div", "progress", make("b", "", say("done", { in: data.done, of: data.of })),
    bar(data.done, data.of, data.current !== null), many);
  show(head(revealed), make("main", "", list(page), revealed ? winners() : side()), progress, foot());
}
