"""Fills in data-entry workbooks as people do: makes them with benchline, writes
values with openpyxl, saves some with LibreOffice in other formats.

    pip install openpyxl && BENCHLINE=target/release/benchline python3 make_forms.py
"""
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import openpyxl

here = Path(__file__).parent
base = here / "../findings/_base"
program = os.path.abspath(os.environ["BENCHLINE"])
FORMS = '''[forms]
files = "data/报送/*"
indicators = ["answered", "waiting", "satisfied"]
samples = ["satisfied"]
'''
VALUES = '[[data]]\nfile = "data/values.csv"\nunit = "code"\nignore = ["name"]\n'
rows = [line.split(",") for line in (base / "data/values.csv").read_text("utf-8").splitlines()][1:]


def blank(folder, edition="2025", change=lambda text: text):
    """The blank forms of all units."""
    project = Path(tempfile.mkdtemp(dir=folder)) / "project"
    shutil.copytree(base, project)
    text = (project / "benchline.toml").read_text("utf-8").replace(VALUES, FORMS)
    (project / "benchline.toml").write_text(text.replace('edition = "2025"', f'edition = "{edition}"'), "utf-8")
    framework = project / "indicators/index.toml"
    framework.write_text(change(framework.read_text("utf-8")), "utf-8")
    units = [word for row in rows for word in ("--unit", row[0])]
    out = project.parent / "forms"
    subprocess.run([program, "forms", str(project), *units, "--out", str(out)], check=True)
    return out


def cells(sheet):
    """Head to column, and indicator to row."""
    head = next(row for row in sheet.iter_rows() if row[0].value == "单位代码 Code")
    columns = {cell.value: cell.column for cell in head}
    by_id = {sheet.cell(row, columns["指标标识 Id"]).value: row for row in range(head[0].row + 1, sheet.max_row + 1)}
    return columns, by_id


def fill(form, to, values, change=lambda sheet, columns, by_id: None):
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    columns, by_id = cells(sheet)
    for (indicator, head), value in values.items():
        sheet.cell(by_id[indicator], columns[head]).value = value
    change(sheet, columns, by_id)
    book.save(to)


def reported(row):
    values = {("answered", "数值 Value"): float(row[2]), ("waiting", "数值 Value"): float(row[3])}
    if row[4]:
        values["satisfied", "数值 Value"] = float(row[4])
    if row[0] == "420100":
        values |= {("satisfied", "样本量 n"): 200, ("satisfied", "其中符合的 k"): 186,
                   ("waiting", "备注 Remark"): "含转接时间"}
    return values


def libreoffice(path, kind):
    subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", str(path.parent / "saved"), str(path)],
                   check=True, capture_output=True)
    saved = path.parent / "saved" / f"{path.stem}.{kind}"
    path.unlink()
    shutil.move(saved, path.with_suffix(f".{kind}"))
    (path.parent / "saved").rmdir()


def case(name):
    folder = here / name
    shutil.rmtree(folder / "data", ignore_errors=True)
    (folder / "data/报送").mkdir(parents=True)
    (folder / "data.toml").write_text(FORMS, "utf-8")
    return folder / "data/报送"


with tempfile.TemporaryDirectory() as scratch:
    scratch = Path(scratch)
    forms = blank(scratch)
    to = case("forms-filled-in")
    for row, kind in zip(rows, ("", "", "xlsx", "ods", "xls")):
        path = to / f"{row[1]}（盖章）.xlsx"
        fill(forms / f"{row[0]}.xlsx", path, reported(row))
        if kind:
            libreoffice(path, kind)

    to = case("forms-with-mistakes")
    by_code = {row[0]: row for row in rows}

    def key_gone(sheet, columns, by_id):
        sheet.cell(by_id["waiting"], columns["表号 Form"]).value = "2025年"

    def other_unit(sheet, columns, by_id):
        for row in by_id.values():
            sheet.cell(row, columns["单位代码 Code"]).value = "340100"

    fill(forms / "000000.xlsx", to / "全国.xlsx", reported(by_code["000000"]), key_gone)
    old = blank(scratch, "2024")
    fill(old / "340100.xlsx", to / "合肥市.xlsx", reported(by_code["340100"]))
    fill(forms / "420100.xlsx", to / "武汉市.xlsx", reported(by_code["420100"]))
    fill(forms / "420100.xlsx", to / "武汉市（更正）.xlsx", reported(by_code["420100"]))
    wrong = reported(by_code["420500"]) | {("satisfied", "数值 Value"): 173.8, ("answered", "数值 Value"): "约八成"}
    fill(forms / "420500.xlsx", to / "宜昌市.xlsx", wrong)
    fill(forms / "430100.xlsx", to / "长沙市.xlsx", reported(by_code["430100"]), other_unit)

    to = case("forms-definition-changed")
    other = blank(scratch, change=lambda text: text.replace('measure = { zh = "秒"', 'measure = { zh = "分钟"'))
    for row in rows:
        form = (other if row[0] == "430100" else forms) / f"{row[0]}.xlsx"
        if row[0] != "340100":
            fill(form, to / f"{row[1]}.xlsx", reported(row))
