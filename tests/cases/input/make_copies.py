"""Writes the cases of files that were handed in twice, with openpyxl.
What is to be said of them is reviewed by hand: see tests/it/input.rs.

    pip install openpyxl && python3 make_copies.py
"""
from pathlib import Path

import openpyxl

here = Path(__file__).parent
base = here / "../findings/_base/data/values.csv"
rows = [line.split(",") for line in base.read_text("utf-8").splitlines()]
header, body = rows[0], rows[1:]
MANY = '[[data]]\nfile = "data/报送/*"\nunit = "code"\nignore = ["name"]\n'


def number(word):
    try:
        return float(word) if "." in word else int(word)
    except ValueError:
        return word or None


def workbook(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "报送"
    for line in lines:
        sheet.append([word if at < 2 else number(word) for at, word in enumerate(line)])
    book.save(path)


def case(name):
    folder = here / name
    (folder / "data/报送").mkdir(parents=True, exist_ok=True)
    (folder / "data.toml").write_text(MANY, "utf-8")
    return folder / "data/报送"


def own(folder, lines):
    for line in lines:
        workbook(folder / f"{line[0]}{line[1]}.xlsx", [header, line])


def csv(path, lines):
    path.write_text("".join(",".join(line) + "\n" for line in lines), "utf-8")


def main():
    # Changsha sends the workbook of Wuhan, saved as CSV.
    folder = case("many-files-of-another-unit")
    own(folder, [line for line in body if line[0] != "430100"])
    csv(folder / "430100长沙市.csv", [header] + [line for line in body if line[0] == "420100"])
    values = "".join(
        f"{line[0]},2025,{header[at]},{float(line[at]):g}\n"
        for line in body if line[0] != "430100"
        for at in range(2, len(header)) if line[at]
    )
    (folder / "../../values.csv").write_text("code,period,indicator,value\n" + values, "utf-8")

    # Two versions of one table that differ in most values.
    folder = case("many-files-differ-throughout")
    workbook(folder / "汇总.xlsx", rows)
    later = [line[:2] + [str(round(number(word) + 1, 1)) if word else "" for word in line[2:]] for line in body]
    workbook(folder / "汇总（修改后）.xlsx", [header] + later)


main()
