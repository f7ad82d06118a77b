"""Confirmation sheets as units hand them in: made with benchline, filled in with
openpyxl as people do, some saved by LibreOffice in other formats.

    pip install openpyxl && BENCHLINE=target/release/benchline python3 make.py [CASE…]

A case is a folder: `handed/` is what came in, other files lie over the base project
of tests/cases/findings. tests/it/returned.rs says what is then expected.
"""
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

here = Path(__file__).parent
base = here / "../findings/_base"
program = os.path.abspath(os.environ["BENCHLINE"])
NUMBER, NAME, ID, MEASURE, VALUE, SAMPLE, SOURCE, REPLY, NEW, REASON, EVIDENCE, CHECK = range(1, 13)
HEAD, KEY = 6, "A5"
IDS = ["answered", "waiting", "budget", "resolved", "satisfied", "closed"]
ROW = {name: HEAD + 1 + at for at, name in enumerate(IDS)}
YES, NO = "确认", "更正"
scratch = Path(tempfile.mkdtemp())


def blank(edit=None):
    """The sheets of all units as they are sent out."""
    project = Path(tempfile.mkdtemp(dir=scratch)) / "project"
    shutil.copytree(base, project)
    for file, old, new in edit or []:
        text = (project / file).read_text("utf-8")
        assert old in text
        (project / file).write_text(text.replace(old, new), "utf-8")
    codes = ["000000", "340100", "420100", "420500", "430100"]
    units = [word for code in codes for word in ("--unit", code)]
    subprocess.run([program, "confirm", str(project), *units, "--quiet"], check=True)
    return {path.name[:6]: path for path in (project / "confirm").glob("*.xlsx")}


SENT = blank()


def handed(case, name):
    path = here / case / "handed" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def confirm(sheet, but=()):
    for name, row in ROW.items():
        if name not in but:
            sheet.cell(row, REPLY).value = YES


def correct(sheet, name, new, reason="漏计", evidence=None):
    row = ROW[name]
    for column, value in [(REPLY, NO), (NEW, new), (REASON, reason), (EVIDENCE, evidence)]:
        sheet.cell(row, column).value = value


def reply(case, name, code, change, sent=SENT):
    """Fills in the sheet of a unit; another ending than xlsx is saved by LibreOffice."""
    book = openpyxl.load_workbook(sent[code])
    sheet = book.worksheets[0]
    assert sheet.cell(HEAD, ID).value == "指标标识 Id" and sheet[KEY].value.startswith("benchline:confirm/1 ")
    change(sheet)
    to = handed(case, name)
    if to.suffix == ".xlsx":
        book.save(to)
        return
    filled = scratch / (to.stem + ".xlsx")
    book.save(filled)
    command = ["soffice", "--headless", "--convert-to", to.suffix[1:], "--outdir", to.parent, filled]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def then(*deeds):
    return lambda sheet: [deed(sheet) for deed in deeds]


def put(cell, value):
    return lambda sheet: setattr(sheet.cell(*cell) if isinstance(cell, tuple) else sheet[cell], "value", value)


def whole_and_right():
    case = "of-every-program"
    reply(case, "武汉 已盖章.xlsx", "420100", lambda s: (confirm(s), correct(s, "answered", 95.1, "重复计算", "说明.txt")))
    reply(case, "宜昌市报送(最终版).ods", "420500", lambda s: (confirm(s), correct(s, "closed", 93.5, "口径有误", "函〔2025〕66号")))
    reply(case, "华中/长沙 wps另存.xls", "430100", lambda s: (confirm(s), correct(s, "budget", "缺失", "经费未决算", "决算.xlsx")))
    reply(case, "合肥市.xlsx", "340100", confirm)
    handed(case, "说明.txt").write_text("重复计算的说明\n", "utf-8")
    proof = openpyxl.Workbook()
    proof.active.append(["科目", "金额"])
    proof.active.append(["座席", 3500])
    proof.save(handed(case, "华中/决算.xlsx"))
    # What Excel leaves behind while a file is open.
    handed(case, "~$合肥市.xlsx").write_bytes(b"\x06user")


def all_confirmed():
    reply("all-confirmed", "合肥市.ods", "340100", confirm)


def percent_typed():
    """Excel makes 95.1 % of what is typed so: 0.951 in a cell shown as percentage."""
    def change(sheet):
        confirm(sheet)
        correct(sheet, "answered", 0.951)
        sheet.cell(ROW["answered"], NEW).number_format = "0.0%"
        correct(sheet, "satisfied", "９２．５%")
        correct(sheet, "waiting", "不适用")
        correct(sheet, "budget", "1.2万")
    reply("values-as-typed", "武汉.xlsx", "420100", change)
    def english(sheet):
        confirm(sheet)
        correct(sheet, "waiting", "missing", "not recorded")
        sheet.cell(ROW["waiting"], REPLY).value = " correct "
        sheet.cell(ROW["answered"], REPLY).value = "CONFIRMED"
    reply("values-as-typed", "Hefei.xlsx", "340100", english)


def keys():
    key = "benchline:confirm/1 2025|420100|0123456789ab"
    edition = blank([("benchline.toml", 'edition = "2025"', 'edition = "2024"'), ("data/extra.csv", ",2025,", ",2023,")])
    reply("of-another-edition", "武汉.xlsx", "420100", confirm, edition)
    reply("key-cut", "武汉.xlsx", "420100", then(confirm, put(KEY, key[:30])))
    reply("key-of-another-version", "武汉.xlsx", "420100", then(confirm, put(KEY, key.replace("/1 ", "/2 "))))
    reply("key-deleted", "武汉.xlsx", "420100", then(confirm, put(KEY, None)))
    reply("unit-unknown", "武汉.xlsx", "420100", then(confirm, put(KEY, key.replace("420100", "420101"))))
    values = (base / "data/values.csv").read_text("utf-8")
    row = next(line for line in values.splitlines() if line.startswith("420100"))
    other = blank([("data/values.csv", row, "420100,武汉市,88,44,71"), ("data/extra.csv", "420100,2025,86.7,97.1", "420100,2025,80,99")])
    reply("of-another-project", "武汉.xlsx", "420100", confirm, other)
    reply("saved-as-text", "武汉.xlsx", "420100", confirm)
    source = handed("saved-as-text", "武汉.xlsx")
    book = openpyxl.load_workbook(source)
    with open(handed("saved-as-text", "武汉.csv"), "w", encoding="utf-8", newline="") as to:
        csv.writer(to).writerows(book.worksheets[0].values)
    source.unlink()


def stale():
    case = "data-changed-since"
    reply(case, "武汉.xlsx", "420100", lambda s: (confirm(s), correct(s, "answered", 95.1)))
    reply(case, "合肥市.xlsx", "340100", confirm)
    text = (base / "data/values.csv").read_text("utf-8")
    changed = here / case / "data/values.csv"
    changed.parent.mkdir(exist_ok=True)
    changed.write_text(text.replace("96.2,14,93.0", "96.1,,93.0"), "utf-8")


def replies():
    def change(sheet):
        confirm(sheet)
        sheet.cell(ROW["answered"], REPLY).value = "基本正确"
        sheet.cell(ROW["waiting"], NEW).value = 16
        sheet.cell(ROW["budget"], REPLY).value = None
        sheet.cell(ROW["budget"], NEW).value = 4100
        correct(sheet, "resolved", None)
        correct(sheet, "satisfied", 91, None)
        correct(sheet, "closed", 97.1)
    reply("replies-with-mistakes", "武汉.xlsx", "420100", change)
    def values(sheet):
        confirm(sheet)
        correct(sheet, "answered", 951)
        correct(sheet, "waiting", "约15秒", None)
        correct(sheet, "budget", 4100, "决算后", "决算表.pdf")
        correct(sheet, "resolved", "=1/0")
        correct(sheet, "satisfied", 91, "重复计算", "函〔2025〕66号")
    reply("replies-with-mistakes", "合肥市.xlsx", "340100", values)


def locked():
    case = "locked-cells-altered"
    def cells(sheet):
        confirm(sheet)
        sheet.cell(ROW["answered"], VALUE).value = 97.2
        sheet.cell(ROW["waiting"], MEASURE).value = "分钟"
        sheet.cell(ROW["budget"], ID).value = "Budget"
        sheet.cell(ROW["resolved"], SAMPLE).value = 300
    reply(case, "武汉.xlsx", "420100", cells)
    def rows(sheet):
        confirm(sheet)
        for column in range(1, 13):
            sheet.cell(ROW["closed"] + 1, column).value = sheet.cell(ROW["closed"], column).value
        sheet.cell(ROW["closed"] + 2, REASON).value = "另：地址已变更"
        sheet.delete_rows(ROW["satisfied"])
    reply(case, "合肥市.ods", "340100", rows)
    def columns(sheet):
        confirm(sheet)
        sheet.cell(HEAD, REPLY).value = "意见"
        sheet.cell(HEAD, EVIDENCE).value = None
    reply(case, "宜昌.xlsx", "420500", columns)
    # Somebody sorted some of the columns.
    def sorted_in_part(sheet):
        confirm(sheet)
        values = [sheet.cell(row, VALUE).value for row in ROW.values()]
        for row, value in zip(ROW.values(), sorted(values)):
            sheet.cell(row, VALUE).value = value
    reply(case, "长沙.xlsx", "430100", sorted_in_part)


def twice():
    case = "sheet-twice"
    reply(case, "武汉.xlsx", "420100", confirm)
    reply(case, "武汉 更正.xlsx", "420100", lambda s: (confirm(s), correct(s, "answered", 95.1)))
    reply(case, "合肥市.xlsx", "340100", confirm)
    shutil.copy(handed(case, "合肥市.xlsx"), handed(case, "合肥市 (1).xlsx"))


def not_all():
    reply("not-all-answered", "武汉.xlsx", "420100", lambda s: (confirm(s, ["budget", "closed"]), correct(s, "answered", 95.1)))
    shutil.copy(SENT["340100"], handed("not-all-answered", "合肥市.xlsx"))
    shutil.copy(SENT["340100"], handed("blank", "合肥市.xlsx"))


def among_others():
    case = "other-files-among-them"
    reply(case, "合肥市.xlsx", "340100", confirm)
    book = openpyxl.Workbook()
    book.active.append(["联系人", "处室"])
    book.active.append(["一人", "数据处"])
    book.save(handed(case, "通讯录.xlsx"))
    handed(case, "备注.txt").write_text("请查收\n谢谢\n", "utf-8")
    handed(case, "盖章扫描.pdf").write_bytes(b"%PDF-1.4\n")


deeds = [whole_and_right, all_confirmed, percent_typed, keys, stale, replies, locked, twice, not_all, among_others]
for deed in deeds:
    if not sys.argv[1:] or deed.__name__ in sys.argv[1:]:
        deed()
shutil.rmtree(scratch)
