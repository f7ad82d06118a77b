#!/usr/bin/env python3
"""Reads the city reports of an output folder as poppler's pdftotext does and
compares them with its results.json: every internal report has the score and the
rating of its city, every public one the rating and not the score.

    benchline run PROJECT && tests/pdftotext.py PROJECT/out [FOLDER OF REPORTS]

`cargo test` makes the same comparison on the typesetter's own text; this one
reads the files as others will.
"""
import concurrent.futures, json, pathlib, re, subprocess, sys

out = pathlib.Path(sys.argv[1])
reports = sys.argv[2] if len(sys.argv) > 2 else "cities"
results = json.loads((out / "internal/results.json").read_text())
bands = {band["id"]: band["name"]["zh"] for band in results["plan"]["rating"]["band"]}
decimals = results["plan"]["score"]["decimals"]
# The bounds of ratings are public, also where a score equals one.
bounds = {
    f"{band[key]:.{decimals}f}"
    for band in results["plan"]["rating"]["band"]
    for key in ["at_least", "above", "below", "at_most"]
    if key in band
}


def text(path):
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True)
    return re.sub(r"\s+", "", done.stdout)


def faults(unit):
    edition = unit["periods"][results["edition"]]
    found = []
    for audience in ["internal", "public"]:
        paths = list((out / audience / reports).glob(f"{unit['code']}[-.]*zh.pdf"))
        if len(paths) != 1:
            found.append(f"{unit['code']}: {len(paths)} reports in {audience}/{reports}")
            continue
        words = text(paths[0])
        if edition["score"] is None:
            if "未评级" not in words:
                found.append(f"{paths[0]}: does not say 未评级")
            continue
        score = f"{edition['score']['rounded']:.{decimals}f}"
        if (score in words) != (audience == "internal") and not (score in bounds and audience == "public"):
            found.append(f"{paths[0]}: score {score} is {'not ' * (audience == 'internal')}there")
        if bands[edition["rating"]] not in words:
            found.append(f"{paths[0]}: rating {bands[edition['rating']]} is not there")
    return found


units = [unit for unit in results["units"] if unit["role"] == "ranked"]
with concurrent.futures.ThreadPoolExecutor() as pool:
    found = [fault for faults_of in pool.map(faults, units) for fault in faults_of]
print("\n".join(found + [f"{len(units)} units, {len(found)} faults"]))
sys.exit(bool(found))
