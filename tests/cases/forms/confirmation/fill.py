"""Replies to the confirmation sheet of Wuhan in LibreOffice, which saves it as ODS.

    benchline confirm examples/hotline-2025 --unit 420100 --out SHEETS
    python3 fill.py SHEETS/420100-wuhan.xlsx

openpyxl writes the replies; `soffice --headless --convert-to ods` computes the
formulas anew and saves.
"""

import pathlib
import subprocess
import sys
import tempfile

import openpyxl

HEAD, REPLY = 6, 8

source = pathlib.Path(sys.argv[1])
book = openpyxl.load_workbook(source)
sheet = book["确认单"]
for row in range(HEAD + 1, sheet.max_row + 1):
    sheet.cell(row, REPLY).value = "确认"
sheet.cell(HEAD + 1, REPLY).value = "更正"
sheet.cell(HEAD + 1, REPLY + 1).value = 71.2
sheet.cell(HEAD + 1, REPLY + 2).value = "回访样本漏计 12 件"
sheet.cell(HEAD + 1, REPLY + 3).value = "回访台账.xlsx"
with tempfile.TemporaryDirectory() as folder:
    filled = pathlib.Path(folder) / source.name
    book.save(filled)
    here = pathlib.Path(__file__).parent
    subprocess.run(["soffice", "--headless", "--convert-to", "ods", "--outdir", here, filled], check=True)
