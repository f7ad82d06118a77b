"""The bundled season in a folder of its own, up to a moment of its final.

Used by board.py. Needs Python 3 and the `benchline` program; nothing else.
"""

import csv
import json
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEASON = ROOT / "examples" / "season-2025"


class Season:
    """A copy of the season whose state is kept in a log."""

    def __init__(self, program, folder):
        self.program, self.folder, self.minute = str(program), pathlib.Path(folder), 0
        shutil.copytree(SEASON, self.folder)
        text = (self.folder / "benchline.toml").read_text(encoding="utf-8")
        text = text.replace('events = { file = "data/events.csv" }\n', 'log = { file = "log.jsonl" }\n')
        head, *marks = text.split("[[marks]]")
        kept = [part for part in marks if 'round = "topic"' not in part.split("[[")[0]]
        tail = marks[-1].split("[[order]]")[-1].split("[[certificate]]", 1)[1]
        text = head + "".join("[[marks]]" + part.split("[[order]]")[0] for part in kept)
        text += '[[certificate]]' + tail
        text += '\n[[draw]]\nid = "order"\nround = "topic"\napart = ["province"]\n'
        (self.folder / "benchline.toml").write_text(text, encoding="utf-8")

    def run(self, *words, code=0):
        ran = subprocess.run([self.program, *words], cwd=self.folder, capture_output=True, text=True)
        assert ran.returncode == code, f"{words}: {ran.returncode}\n{ran.stderr}{ran.stdout}"
        return ran.stdout

    def record(self, *words, code=0):
        self.minute += 1
        at = f"2025-12-01T{9 + self.minute // 60:02}:{self.minute % 60:02}:00+08:00"
        return self.run("contest", *words, "--by", "office", "--at", at, code=code)

    def play(self):
        """Everything before the second round of the final, and the draw for it."""
        for what, round_, entry in [("no-show", "theory", "T041"), ("no-show", "theory", "T158"),
                                    ("no-show", "practice", "T067")]:
            self.record("event", ".", what, "--round", round_, "--entry", entry, "--why", "late")
        for round_ in ("scenario", "topic"):
            self.record("recuse", ".", "--round", round_, "--entry", "T105", "--judge", "E5", "--why", "coach")
        self.record("event", ".", "absent", "--round", "topic", "--judge", "P07", "--why", "called away")
        self.record("enter", ".")
        self.record("draw", "commit", ".", "order", "--secret", "safe")
        self.record("draw", "reveal", ".", "order", "--secret", "safe", "--public", "08 14 21")
        return self.order()

    def log(self):
        lines = (self.folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def events(self):
        return len(self.log())

    def order(self):
        return [line for line in self.log() if line["kind"] == "draw-revealed"][-1]["data"]["order"]

    def sheets(self, name, entries, judges=None, but=()):
        """Keys the sheets of these entries for the topic: of these judges, or of all
        but some, with those of the public jury."""
        declared = ""
        wanted = lambda judge: judge in judges if judges else judge not in but
        experts = [row for row in rows("topic.csv")[1:] if row[0] in entries and wanted(row[1])]
        self.write(f"{name}.csv", [rows("topic.csv")[0], *experts])
        declared += f'\n[[marks]]\nround = "topic"\nfile = "data/{name}.csv"\nlayout = "criteria"\n'
        if not judges:
            public = [row for row in rows("topic-public.csv")[1:] if row[0] in entries]
            self.write(f"{name}-public.csv", [rows("topic-public.csv")[0], *public])
            declared += (f'\n[[marks]]\nround = "topic"\nfile = "data/{name}-public.csv"\n'
                         'layout = "judges"\ncriterion = "overall"\n')
        path = self.folder / "benchline.toml"
        path.write_text(path.read_text(encoding="utf-8") + declared, encoding="utf-8")
        self.record("accept", ".", "--why", "sheets")
        self.record("enter", ".")

    def write(self, name, table):
        with open(self.folder / "data" / name, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(table)


def rows(name):
    with open(SEASON / "data" / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))
