"""Writes workbooks.zip: the parts of the mixed batch of tests/it/batch.rs that
Rust has no writer for: a workbook per city by xlwt (xls) and by LibreOffice
(ods), some with a mistake, and one that is encrypted (msoffcrypto).

    pip install openpyxl xlwt msoffcrypto-tool && python3 make.py   # LibreOffice: soffice
"""
import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import xlwt

here = Path(__file__).parent
cities = [line.split(",")[:2] for line in (here / "../../../city-data/registry-2025.csv").read_text("utf-8").splitlines()[1:]]
HEADER = ["单位代码", "单位名称", "年度", "指标", "数值", "样本量", "其中满意"]
STYLE = xlwt.easyxf(num_format_str="General")


def values(i):
    """What city i reports: indicator, value, size of the sample, satisfied."""
    k = 140 + i * 7 % 60
    return [("接通率", 70 + i * 37 % 250 / 10, None, None), ("平均等待时长", 10 + i * 13 % 80, None, None),
            ("座席经费", 1000 + i * 29 % 3000, None, None), ("解决率", 65 + i * 53 % 300 / 10, None, None),
            ("满意度", k / 2, 200, k), ("按时办结率", 80 + i * 17 % 200 / 10, None, None)]


def lines(i):
    code, name = cities[i]
    return [[code, name, "2025", what, value, n, k] for what, value, n, k in values(i)]


def xls(i, change=lambda rows: rows, touch=lambda sheet: None):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("报送表")
    sheet.write(0, 0, f"{cities[i][1]}政务热线数据报送表")
    for at, row in enumerate([HEADER] + change(lines(i)), start=2):
        for column, word in enumerate(row):
            if isinstance(word, tuple):
                sheet.row(at).set_cell_error(column, word[0])
            elif word is not None:
                sheet.write(at, column, word)
    touch(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def workbook(i, change=lambda rows: rows, touch=lambda sheet: None):
    """The codes and names are merged over the rows of the city, as people do."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "报送表"
    sheet.append([f"{cities[i][1]}政务热线数据报送表"])
    sheet.merge_cells("A1:G1")
    sheet.append([None])
    for at, row in enumerate([HEADER] + change(lines(i)), start=3):
        for column, word in enumerate(row, start=1):
            if word is not None and (at <= 4 or column > 3):
                sheet.cell(at, column, word)
    for column in "ABC":
        sheet.merge_cells(f"{column}4:{column}9")
    touch(sheet)
    return book


def to_ods(books):
    """LibreOffice saves them; pictures, settings and styles are left out."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "in").mkdir()
        for name, book in books.items():
            book.save(folder / "in" / f"{name}.xlsx")
        subprocess.run(["soffice", "--headless", "--convert-to", "ods", "--outdir", folder / "out",
                        *sorted((folder / "in").iterdir())], check=True, stdout=subprocess.DEVNULL)
        made = {}
        for name in books:
            small = io.BytesIO()
            with zipfile.ZipFile(folder / "out" / f"{name}.ods") as whole, zipfile.ZipFile(small, "w") as kept:
                for part in ("mimetype", "content.xml", "META-INF/manifest.xml"):
                    kept.writestr(part, whole.read(part), zipfile.ZIP_STORED)
            made[f"{name}.ods"] = small.getvalue()
        return made


def at(row, column, word):
    def change(rows):
        rows[row][column] = word
        return rows
    return change


def hide(sheet):
    sheet.row(5).hidden = True


files = {f"{i}.xls": xls(i) for i in range(1, 342, 5)}
books = {str(i): workbook(i) for i in range(2, 342, 5)}
# Mistakes, each in the workbook of one city.
files["mistake-6.xls"] = xls(6, at(3, 4, (0x07,)))                 # 解决率：#DIV/0!
files["mistake-11.xls"] = xls(11, touch=hide)                      # 隐藏的一行
files["mistake-16.xls"] = xls(16, at(0, 4, 0.93))                  # 接通率写成小数
files["mistake-21.xls"] = xls(21, at(4, 6, 230))                   # 满意人数多于样本量
books["mistake-7"] = workbook(7, at(1, 4, "约30秒"))                # 不是数字
books["mistake-12"] = workbook(12, at(5, 4, 107.5))                # 按时办结率超过 100
books["mistake-17"] = workbook(17, at(2, 3, "坐席费用"))            # 框架中没有的指标
books["mistake-22"] = workbook(22, lambda rows: rows, lambda sheet: sheet.merge_cells("E4:E5"))  # 合并的数字
files |= to_ods(books)
plain, locked = io.BytesIO(), io.BytesIO()
workbook(5).save(plain)
msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("12345", locked)
files["mistake-5.xlsx"] = locked.getvalue()                        # 有打开密码
plain = io.BytesIO()
workbook(10, at(3, 4, "=F8/G8")).save(plain)                       # 公式从未计算
files["mistake-10.xlsx"] = plain.getvalue()
with zipfile.ZipFile(here / "workbooks.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for name in sorted(files):
        archive.writestr(zipfile.ZipInfo(name, (2025, 12, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED, 9)
