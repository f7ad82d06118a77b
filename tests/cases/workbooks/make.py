"""Writes the workbooks of this folder with the libraries that people's tools
use: openpyxl (xlsx), xlwt (xls), odfpy (ods). They hold the same values as
tests/cases/findings/_base/data/values.csv, laid out as people do.

    pip install openpyxl xlwt odfpy && python3 make.py
"""
from pathlib import Path

import openpyxl
import xlwt
from odf import table, text
from odf.opendocument import OpenDocumentSpreadsheet

here = Path(__file__).parent
rows = [line.split(",") for line in (here / "../findings/_base/data/values.csv").read_text("utf-8").splitlines()]


def number(word):
    try:
        return float(word)
    except ValueError:
        return word


def titled():
    """A title over the table, a note under it, a second sheet of notes, and a hidden one."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "运行指标"
    sheet["A1"] = "2025 年热线运行指标"
    sheet.merge_cells("A1:E1")
    for at, row in enumerate(rows, start=3):
        for column, word in enumerate(row, start=1):
            sheet.cell(at, column, word if column <= 2 else number(word))
    notes = book.create_sheet("填报说明")
    notes["A1"] = "请于三日内报送"
    hidden = book.create_sheet("字典")
    hidden["A1"] = "code"
    hidden.sheet_state = "hidden"
    book.save(here / "titled.xlsx")


def two_rows():
    """A header of two rows: groups of columns over their names."""
    book = openpyxl.Workbook()
    sheet = book.active
    upper = ["code", "name", "接听", None, "评价"]
    lower = [None, None, "answered", "waiting", "satisfied"]
    for at, row in enumerate([upper, lower] + [r for r in rows[1:]], start=1):
        for column, word in enumerate(row, start=1):
            if word is not None:
                sheet.cell(at, column, word if at <= 2 or column <= 2 else number(word))
    sheet.merge_cells("C1:D1")
    for column in "AB":
        sheet.merge_cells(f"{column}1:{column}2")
    book.save(here / "two-rows.xlsx")


def two_sheets():
    """Two sheets that fit: the project has to say which."""
    book = openpyxl.Workbook()
    for name, sheet in (("报送", book.active), ("修订", book.create_sheet())):
        sheet.title = name
        for at, row in enumerate(rows, start=1):
            for column, word in enumerate(row, start=1):
                sheet.cell(at, column, word if column <= 2 else number(word))
    book.save(here / "two-sheets.xlsx")


def old():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("运行指标")
    for at, row in enumerate(rows):
        for column, word in enumerate(row):
            sheet.write(at, column, word if column < 2 else number(word))
    book.save(str(here / "values.xls"))


def open_document():
    book = OpenDocumentSpreadsheet()
    sheet = table.Table(name="运行指标")
    for row in rows:
        line = table.TableRow()
        for column, word in enumerate(row):
            value = word if column < 2 else number(word)
            if isinstance(value, float):
                cell = table.TableCell(valuetype="float", value=value)
            else:
                cell = table.TableCell(valuetype="string")
            cell.addElement(text.P(text=word))
            line.addElement(cell)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(str(here / "values.ods"))


titled(), two_rows(), two_sheets(), old(), open_document()
