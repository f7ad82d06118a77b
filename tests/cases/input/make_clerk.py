"""Tables as clerks lay them out: units of measure below the header, signatures
below the table, a header that the project does not find below the titles.

    pip install openpyxl && python3 make_clerk.py
"""
from pathlib import Path

import openpyxl

here = Path(__file__).parent
base = here / "../findings/_base/data/values.csv"
body = [line.split(",") for line in base.read_text("utf-8").splitlines()][1:]
HEADER = ["行政区划代码", "城市", "接通率", "平均等待时长", "满意度"]
MEASURES = [None, None, "（%）", "秒", "%"]
DATA = '[[data]]\nfile = "data/values.{}"\nunit = "行政区划代码"\nignore = ["城市"]\n'


def save(name, header, ending="xlsx"):
    folder = here / name
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "data.toml").write_text(DATA.format(ending), "utf-8")
    path = folder / f"data/values.{ending}"
    signatures = ["制表人：01", None, "审核：02", None, "日期：2026-01-05"]
    if ending == "csv":
        lines = [["二〇二五年运行情况"], header, MEASURES, *body, signatures]
        text = "".join(",".join(word or "" for word in (line + [""] * 5)[:5]) + "\n" for line in lines)
        path.write_text(text, "utf-8")
        return
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["二〇二五年运行情况"])
    sheet.merge_cells("A1:E1")
    sheet.append(["填报单位：热线中心", None, None, None, "填报日期：2026年1月5日"])
    sheet.append(header)
    sheet.append(MEASURES)
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:B4")
    for code, city, *values in body:
        sheet.append([int(code), city, *map(float, values)] if code != "000000" else [code, city, *map(float, values)])
    sheet.append(signatures)
    sheet.append(["填表说明：满意度为回访满意率"])
    book.save(path)


def save_without_header(name):
    save(name, HEADER)
    path = here / name / "data/values.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.delete_rows(2, 3)
    book.save(path)


save("measures-below-the-header-xlsx", HEADER)
save_without_header("header-deleted")
save("measures-below-the-header-csv", HEADER, "csv")
save("header-misspelt-below-titles", ["区划代码", *HEADER[1:]])
