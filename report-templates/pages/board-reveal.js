// The revelation: from the last place to the first, those of one place together.
const TOGETHER = 6, LADDER = 9;

// Steps: an opening, then for each place one step, or two where a prize is won:
// first which place and prize, then whose. At the end the whole placing.
function stepsOf() {
  const placed = data.rows.filter(row => row.rank !== undefined);
  const groups = [];
  for (const row of [...placed].reverse()) {
    const last = groups.at(-1);
    if (last && last[0].rank === row.rank && last.length < TOGETHER) last.unshift(row);
    else groups.push([row]);
  }
  const steps = [{ kind: "opening" }];
  for (const rows of groups) {
    if (rows[0].prize) steps.push({ kind: "announce", rows });
    steps.push({ kind: "place", rows });
  }
  return [...steps, { kind: "all" }];
}

const placeWord = row => say(row.tied ? "shared" : "place", { n: row.rank });

// What was revealed before a step, the best first.
const revealedBy = (steps, at) => steps.slice(0, at + 1).filter(step => step.kind === "place")
  .map(step => step.rows).reverse().flat();

function ladder(rows) {
  const rung = row => make("div", row.prize ? "won" : "",
    make("span", "", String(row.rank), make("span", "tie", row.tied ? "=" : "")),
    make("span", "", row.code), make("span", "", row.score));
  return make("aside", "", make("div", "ladder", ...rows.slice(0, LADDER).map(rung)));
}

function person(row) {
  return make("div", "enter", make("div", "code", row.code), row.name ? make("div", "name", row.name) : null,
    make("div", "score", row.score));
}

function hero(step) {
  const [first] = step.rows;
  const place = make("div", "place", placeWord(first), first.prize ? make("span", "prize", first.prize) : null);
  const many = step.rows.length > 1 ? " many" : "";
  const ghost = make("div", "ghost", String(first.rank));
  ghost.setAttribute("aria-hidden", "true");
  const inside = step.kind === "announce" ? [make("div", "wait", "· · ·")]
    : [make("div", many ? "tied" : "", ...step.rows.map(person))];
  return make("div", `hero${first.prize ? " won" : ""}${many}`, place, ...inside, many ? null : ghost);
}

function opening() {
  const placed = data.rows.filter(row => row.rank !== undefined);
  const out = data.rows.length - placed.length;
  const from = placed.length ? say("from", { n: placed.at(-1).rank }) : "";
  return make("div", "hero opening", make("div", "place", say("opening")),
    make("p", "", `${data.stage} · ${data.round ?? say("total")}`),
    make("p", "", [from, out ? say("unplaced", { n: out }) : ""].filter(Boolean).join(" · ")),
    make("p", "keys", say("keys")));
}

// Beside the whole placing: who won what.
function winners() {
  const prizes = new Map();
  for (const row of data.rows) if (row.prize) prizes.set(row.prize, [...(prizes.get(row.prize) ?? []), row]);
  if (!prizes.size) return side();
  const count = [...prizes.values()].flat().length;
  const most = count + 1.6 * prizes.size <= 14 ? count : Math.max(1, Math.floor(11 / prizes.size) - 1);
  const card = ([prize, rows]) => make("section", "card", make("h2", "", prize),
    ...rows.slice(0, most).map(row => make("div", count > 6 ? "who one" : "who", label(row))),
    rows.length > most ? make("p", "", say("more", { n: rows.length - most })) : null);
  return make("aside", "", ...[...prizes].map(card));
}

function reveal(steps, at, page) {
  const step = steps[at];
  if (step.kind === "all") {
    standing(page, true);
    announce(say("revealed"));
    return;
  }
  const done = revealedBy(steps, at), total = revealedBy(steps, steps.length).length;
  const before = step.kind === "place" ? done.slice(step.rows.length) : done;
  const inside = step.kind === "opening" ? [opening()] : [hero(step), ladder(before)];
  const progress = make("div", "progress", make("b", "", say("so_far", { in: done.length, of: total })),
    bar(done.length, total, step.kind === "announce"));
  show(head(false), make("main", "", ...inside), progress, foot());
  const words = step.kind === "announce" ? [placeWord(step.rows[0]), step.rows[0].prize]
    : step.kind === "place" ? step.rows.flatMap(row => [placeWord(row), row.prize, label(row), row.score])
    : [say("opening")];
  announce(words.filter(Boolean).join("，"));
}
