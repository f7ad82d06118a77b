"""Writes the cases plausibility-*: sixty invented units whose values nobody would
doubt, and in each case mistakes planted by hand. What is then said was reviewed
by hand: tests/it/findings.rs.

    python3 make-plausibility.py
"""
import random
from pathlib import Path

here = Path(__file__).parent
base = here / "_base"
toml = (base / "benchline.toml").read_text("utf-8")
framework = (base / "indicators/index.toml").read_text("utf-8")
UNITS = 60


def sound():
    """Tables as dicts: units, values of the edition, values of two periods."""
    rng = random.Random(2025)
    codes = [f"{910000 + 100 * at}" for at in range(1, UNITS + 1)]
    rate = lambda mean, sd: f"{min(99.9, rng.gauss(mean, sd)):.1f}"
    values, extra = {}, {}
    for code in codes:
        values[code] = {"answered": rate(90, 3), "waiting": str(round(rng.gauss(36, 9))), "satisfied": rate(88, 3)}
        resolved, closed, budget = rng.gauss(78, 5), rng.gauss(94, 1.5), rng.lognormvariate(8, 0.5)
        for period, shift in (("2024", 0), ("2025", 1.5)):
            extra[code, period] = {
                "resolved": f"{resolved + shift + rng.gauss(0, 1.5):.1f}",
                "closed": f"{min(99.9, closed + shift / 2 + rng.gauss(0, 0.6)):.1f}",
                "budget": str(round(budget * (1 + shift / 40) * rng.lognormvariate(0, 0.05))),
            }
    return codes, values, extra


def case(name, mistake=None, toml=toml, framework=None, samples=()):
    codes, values, extra = sound()
    if mistake:
        mistake(codes, values, extra)
    folder = here / f"plausibility-{name}"
    (folder / "data").mkdir(parents=True, exist_ok=True)
    csv = lambda rows: "".join(",".join(row) + "\n" for row in rows)
    units = [["code", "name_zh", "name_en", "role", "region"]]
    units += [[code, f"示例{at}市", f"Sample {at}", "ranked", "east"] for at, code in enumerate(codes, 1)]
    heads = ["answered", "waiting", "satisfied", *samples]
    wide = [["code", *heads]] + [[code, *(values[code].get(head, "") for head in heads)] for code in codes]
    heads = ["resolved", "closed", "budget"]
    periods = [["code", "period", *heads]]
    periods += [[code, period, *(row[head] for head in heads)] for (code, period), row in sorted(extra.items(), key=lambda one: (one[0][1], one[0][0]))]
    for file, rows in (("units", units), ("values", wide), ("extra", periods)):
        (folder / f"data/{file}.csv").write_text(csv(rows), "utf-8")
    if toml != globals()["toml"]:
        (folder / "benchline.toml").write_text(toml, "utf-8")
    if framework:
        (folder / "indicators").mkdir(exist_ok=True)
        (folder / "indicators/index.toml").write_text(framework, "utf-8")


def jump(codes, values, extra):
    extra[codes[6], "2025"]["resolved"] = "7.9"
    for at, value in ((3, "59.4"), (9, "41.0"), (20, "62.5"), (31, "55.1"), (44, "66.0"), (57, "70.2")):
        extra[codes[at], "2025"]["closed"] = value


def above(codes, values, extra):
    for at, value in ((3, "108.2"), (9, "102.5"), (20, "150.0"), (31, "101.1"), (44, "100.0")):
        values[codes[at]]["satisfied"] = value


def samples(codes, values, extra):
    rng = random.Random(7)
    for at, code in enumerate(codes):
        values[code]["calls"] = "3" if at in (4, 8, 15) else "4" if at in (23, 40) else str(rng.randint(20, 40))


def identical(codes, values, extra):
    values[codes[40]] = dict(values[codes[12]])
    extra[codes[40], "2025"] = dict(extra[codes[12], "2025"])


def heaping(codes, values, extra):
    for at, code in enumerate(codes):
        if at % 5 < 3:
            values[code]["waiting"] = str(5 * round(int(values[code]["waiting"]) / 5))


def ceiling(codes, values, extra):
    for at, code in enumerate(codes):
        if at % 6:
            extra[code, "2025"]["closed"] = "100.0"
            extra[code, "2024"]["closed"] = "99.5"


def denominators(codes, values, extra):
    rng = random.Random(8)
    for at, code in enumerate(codes):
        n = rng.randint(200, 400)
        values[code].update(calls=str(n), asked=str({5: n // 2, 17: n + 300}.get(at, n + rng.randint(-3, 3))))


def everything(codes, values, extra):
    for mistake in (above, heaping, jump, ceiling, identical):
        mistake(codes, values, extra)


def say(table, text=toml):
    return text.replace("[units]\n", f"{table}\n[units]\n")


CALLS = toml.replace('ignore = ["name"]', 'samples = { answered = { n = "calls" } }')
BOTH = toml.replace('ignore = ["name"]', 'samples = { answered = { n = "calls" }, satisfied = { n = "asked" } }')
PLAIN = toml.replace('ignore = ["name"]\n', "")
SHARED = 'denominator = { zh = "全部抽样来电", en = "all calls of the sample" }\n'
ONE = framework
for name in ("接通率", "满意度"):
    at = ONE.index(f'name = {{ zh = "{name}"')
    ONE = ONE[:at] + SHARED + ONE[at:]

case("sound", toml=PLAIN)
case("jump", jump, PLAIN)
case("above-100", above, PLAIN)
case("small-sample", samples, CALLS, samples=["calls"])
case("identical", identical, PLAIN)
case("heaping", heaping, PLAIN)
case("ceiling", ceiling, PLAIN)
case("denominators", denominators, BOTH, ONE, samples=["calls", "asked"])
case("off", everything, say('''[plausibility]
jump = { beyond = 500 }
above_100 = { except = ["satisfied"] }
identical = { on = false }
heaping = { ratio = 10 }
ceiling = { share = 0.9 }
''', PLAIN))
case("except-unknown", None, say('[plausibility]\nheaping = { except = ["wating"] }\n', PLAIN))
