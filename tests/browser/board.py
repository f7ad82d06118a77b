"""Looks at the board in a real headless Chromium, as a hall would see it.

    python3 tests/browser/board.py --program target/release/benchline [--chromium chromium] [--pictures FOLDER]

Needs `pip install websockets`. CI does not run it: CI has no browser. Plays the
bundled season up to the last teams of its final, then checks: no word in the
console, nothing asked for but the page itself, sizes and contrasts of every text
(docs/decisions/0119), the freeze, news while it is open, the revelation by keys.
"""

import argparse
import json
import pathlib
import signal
import subprocess
import tempfile

from chromium import Chromium, wait_for
from season import Season

LOOK = (pathlib.Path(__file__).parent / "look.js").read_text(encoding="utf-8")

# A screen 3 m wide has 1.5625 mm to each of 1,920 pixels; capitals of the fonts
# are 0.73 of the size. At 10 m, 16 minutes of arc are 46.5 mm.
MILLIMETRES, CAPITAL = 3000 / 1920, 0.73
FIRST, OTHER, CONTRAST = 46.5, 30.0, 7.0
FOR_THE_RECORD = "small"

FIRST_JUDGES = ["E1", "E2", "E3"]


def millimetres(size):
    return size * CAPITAL * MILLIMETRES


def legible(chromium, what):
    """Every text is large, plain and whole enough."""
    texts = chromium.ask(LOOK)
    assert len(texts) > 4, f"{what}: {texts}"
    smallest, weakest = 99.0, 99.0
    for text in texts:
        first = text["inside"] == "row" and text["name"].split(".")[-1] in ("rank", "code", "score")
        height = millimetres(text["size"])
        record = text["name"] == FOR_THE_RECORD and len(text["text"]) > 40
        assert record or height >= (FIRST if first else OTHER), f"{what}: {height:.1f} mm: {text}"
        assert text["contrast"] >= CONTRAST, f"{what}: {text}"
        assert not text["out"], f"{what}: runs over: {text}"
        smallest = smallest if record else min(smallest, height)
        weakest = min(weakest, text["contrast"])
    print(f"  {what}: {len(texts)} texts, smallest {smallest:.1f} mm, least contrast {weakest:.1f}")


def words(chromium, of):
    return chromium.ask(f"[...document.querySelectorAll({json.dumps(of)})].map(one => one.textContent)")


def quiet(chromium):
    assert not chromium.complaints, chromium.complaints
    outside = [url for url in chromium.asked if not url.startswith(("file:///", "about:blank", "data:"))]
    assert not outside, outside
    files = {url.split("?")[0].split("#")[0] for url in chromium.asked if url.startswith("file:")}
    assert files and all(file.endswith(".html") for file in files), files
    chromium.asked.clear()


def live(chromium, season, order, page, pictures):
    season.run("contest", "board", ".", "--out", str(page))
    for theme in ("dark", "light"):
        chromium.open(page, "#theme=light" if theme == "light" else "")
        legible(chromium, f"live, {theme}")
        chromium.picture(pictures / f"live-{theme}.png")
    assert words(chromium, ".tag") == ["进行中"], words(chromium, ".tag")
    assert len(words(chromium, ".row")) == 10
    chromium.key("PageDown", 34)
    assert words(chromium, ".progress b")[-1] == "第 2 / 3 页", words(chromium, ".progress b")
    chromium.key("ArrowRight", 39)
    legible(chromium, "live, last page")
    chromium.picture(pictures / "live-last.png")
    assert "评分中" in words(chromium, ".word") and "未出场" in words(chromium, ".word"), words(chromium, ".word")
    quiet(chromium)


def news(chromium, season, order, page, pictures):
    """A page that is open follows the log, keeps its place and its theme."""
    watch = subprocess.Popen([season.program, "contest", "board", ".", "--out", str(page), "--watch"],
                             cwd=season.folder, stdout=subprocess.DEVNULL)
    wait_for(page.exists, "the board is written")
    try:
        chromium.open(page, "#page=1&still=1")
        chromium.ask("window.same = true")
        season.sheets("c", order[26:27], but=FIRST_JUDGES)
        wait_for(lambda: words(chromium, ".progress b")[0] == "已完成 27 / 29", "the page hears of the 27th team", 30)
        assert chromium.ask("window.same === true"), "the page was loaded anew"
        assert words(chromium, ".progress b")[1] == "第 2 / 3 页"
        chromium.key("Home", 36)
        chromium.picture(pictures / "live-news.png")
        legible(chromium, "live, after news")
    finally:
        watch.send_signal(signal.SIGINT)
        assert watch.wait(10) == 0
    quiet(chromium)


def frozen(chromium, season, page, pictures, at):
    season.run("contest", "board", ".", "--out", str(page), "--freeze-at", str(at))
    chromium.open(page)
    assert words(chromium, ".tag") == ["已封榜 · 待揭晓"], words(chromium, ".tag")
    legible(chromium, "frozen")
    chromium.picture(pictures / "frozen.png")
    chromium.key("End", 35)
    assert words(chromium, ".word.hot") == ["待揭晓"] * 3, words(chromium, ".word")
    legible(chromium, "frozen, last page")
    chromium.picture(pictures / "frozen-last.png")
    quiet(chromium)


def reveal(chromium, season, page, pictures):
    season.run("contest", "board", ".", "--out", str(page), "--reveal")
    data = None
    for calm in (False, True):
        chromium.open(page, calm=calm)
        data = json.loads(chromium.ask("document.getElementById('data').textContent"))
        placed = [row for row in data["rows"] if "rank" in row]
        assert words(chromium, ".opening .place") == ["名次揭晓"]
        assert not words(chromium, ".code"), "nobody is named at the opening"
        if not calm:
            legible(chromium, "opening")
            chromium.picture(pictures / "reveal-opening.png")
        seen, steps = [], 0
        keys = [("PageDown", 34, ""), (" ", 32, " "), ("ArrowRight", 39, "")]
        while not words(chromium, ".list"):
            chromium.key(*keys[steps % 3])
            steps += 1
            new = words(chromium, ".hero .code")
            if new and not words(chromium, ".list"):
                seen[:0] = new
                said = words(chromium, ".hidden")[0]
                assert all(code in said for code in new), said
                if len(seen) in (1, 24, 27, len(placed)) and not calm:
                    legible(chromium, f"place of {new}")
                    chromium.picture(pictures / f"reveal-{len(seen):02}.png")
            elif not words(chromium, ".list"):
                assert words(chromium, ".wait") == ["· · ·"]
                if len(seen) == 26 and not calm:
                    chromium.picture(pictures / "reveal-announced.png")
        assert seen == [row["code"] for row in placed], (seen, [row["code"] for row in placed])
    assert words(chromium, ".tag") == ["已揭晓"]
    legible(chromium, "revealed")
    chromium.picture(pictures / "revealed.png")
    chromium.key("ArrowLeft", 37)
    assert words(chromium, ".hero .code") == [placed[0]["code"]], "back to the winner"
    chromium.call("Page.reload")
    wait_for(lambda: words(chromium, ".hero .code") == [placed[0]["code"]], "a page loaded anew goes on")
    chromium.key("Home", 36)
    chromium.key("End", 35)
    chromium.key("PageDown", 34)
    assert len(words(chromium, ".hero .prize")) == 1, "End leads to the prizes"
    quiet(chromium)


def many(chromium, season, page, pictures):
    season.run("contest", "board", ".", "--out", str(page), "--stage", "prelim")
    chromium.open(page)
    assert words(chromium, ".progress b")[-1] == "第 1 / 21 页", words(chromium, ".progress b")
    legible(chromium, "207 teams")
    chromium.picture(pictures / "many.png")
    chromium.ask("turned = 0")
    wait_for(lambda: words(chromium, ".progress b")[-1] == "第 2 / 21 页", "pages turn")
    chromium.key("End", 35)
    legible(chromium, "207 teams, last page")
    chromium.picture(pictures / "many-last.png")
    season.record("seal", ".", "--why", "until the ceremony")
    season.run("contest", "board", ".", "--out", str(page))
    chromium.open(page)
    assert words(chromium, ".tag")[0] == "名单封存" and not any(words(chromium, ".row .name"))
    legible(chromium, "sealed")
    chromium.picture(pictures / "sealed.png")
    quiet(chromium)


def english(chromium, season, page, pictures):
    """An English board, with a name that is far too long."""
    path = season.folder / "benchline.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("outputs = ", 'languages = ["en"]\noutputs = ', 1), encoding="utf-8")
    entries = season.folder / "data" / "entries.csv"
    names = entries.read_text(encoding="utf-8")
    entries.write_text(names.replace(",Lhasa,", ",Joint team of the hotlines of Lhasa and its neighbours,"), encoding="utf-8")
    for kind in ([], ["--reveal"]):
        season.run("contest", "board", ".", "--out", str(page), *kind)
        chromium.open(page)
        cut = [text for text in chromium.ask(LOOK) if text["out"] and text["inside"] != "row"]
        assert not cut, cut
        chromium.picture(pictures / f"english{len(kind)}.png")
    chromium.key("End", 35)
    while words(chromium, ".hero .code") != ["T005"]:
        chromium.key("PageDown", 34)
    legible(chromium, "English, the winner")
    chromium.picture(pictures / "english-winner.png")
    entries.write_text(names, encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    quiet(chromium)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--chromium", default="chromium")
    parser.add_argument("--pictures", type=pathlib.Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        pictures = asked.pictures or folder / "pictures"
        pictures.mkdir(exist_ok=True)
        season = Season(asked.program.resolve(), folder / "season")
        order = season.play()
        season.sheets("a", order[:26])
        season.sheets("b", order[26:27], judges=FIRST_JUDGES)
        chromium = Chromium(asked.chromium, folder / "browser")
        try:
            live(chromium, season, order, folder / "live.html", pictures)
            frozen_at = season.events()
            news(chromium, season, order, folder / "news.html", pictures)
            season.sheets("d", order[27:])
            frozen(chromium, season, folder / "frozen.html", pictures, frozen_at)
            reveal(chromium, season, folder / "reveal.html", pictures)
            english(chromium, season, folder / "english.html", pictures)
            many(chromium, season, folder / "many.html", pictures)
        finally:
            chromium.close()
    print("the board holds")


if __name__ == "__main__":
    main()
