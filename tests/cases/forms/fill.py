"""Fills in the blank score sheets of tests/cases/forms/contest as judges do.

    benchline contest forms CONTEST --out BLANK
    python3 fill.py BLANK returned

openpyxl writes the marks; three of the four files are then opened and saved by
LibreOffice, as xlsx, ods and xls. Needs openpyxl and soffice.
"""

import pathlib
import subprocess
import sys
import tempfile

import openpyxl

MARKS = {
    "talk-E1": {"内容": [55, 51.5, 48, 44.5], "表达": [38, 35.5, 31, 30], "个人表现": [9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5]},
    "talk-E2": {"内容": [54, 50, None, 45], "表达": [37.5, 36, None, 29.5], "个人表现": [9.5, 8, 8.5, 8, None, None, 6, 6]},
    "talk-P1": {"大众评分": [90, 85, 80, 75]},
    "talk": {"用时": [300, 290, 310, 305]},
}
SAVED = {"talk-E1": None, "talk-E2": "xlsx", "talk-P1": "ods", "talk": "xls"}

blank, out = map(pathlib.Path, sys.argv[1:])
out.mkdir(exist_ok=True)
for name, marks in MARKS.items():
    book = openpyxl.load_workbook(blank / f"{name}.xlsx")
    sheet = book["评分表"]
    heads = {cell.value: cell.column for cell in sheet[6]}
    for criterion, values in marks.items():
        rows = [row for row in range(7, sheet.max_row + 1)]
        if criterion not in ("个人表现", "大众评分", "用时"):
            rows = rows[::2]  # once for each entry, in the first row of its two members
        for row, value in zip(rows, values, strict=True):
            if value is not None:
                cell = sheet.cell(row, heads[criterion])
                assert not cell.protection.locked, (name, cell.coordinate)
                cell.value = value
    kind = SAVED[name]
    if kind is None:
        book.save(out / f"{name}.xlsx")
        continue
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / f"{name}.xlsx"
        book.save(path)
        command = ["soffice", "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True)
