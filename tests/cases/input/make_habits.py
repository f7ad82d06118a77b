"""Writes more of the cases in this folder: how clerks write numbers, codes, headers
and notes, what exports do to CSV, and workbooks that are odd or meant to do harm.

    pip install openpyxl xlwt odfpy msoffcrypto-tool && python3 make_habits.py
"""
import datetime
import io
import re
import zipfile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Protection
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from make import (LONG, WIDE, body, book, case, cells, convert, csv, header, here, libreoffice, long_lines, number,
                  rows, save, wanted, xls_by_xlwt, xlsx)

CSV = WIDE.format("data/values.csv")
XLSX = WIDE.format("data/values.xlsx")


def copy():
    return [list(line) for line in rows]


def quoted(lines, separator=","):
    """CSV with quotation marks where they are needed."""
    def field(word):
        return '"' + word.replace('"', '""') + '"' if separator in word or '"' in word or "\n" in word else word
    return "".join(separator.join(field(word) for word in line) + "\n" for line in lines)


def text(name, lines, toml=CSV, files=None):
    case(name, toml, {"data/values.csv": lines if isinstance(lines, (str, bytes)) else quoted(lines)} | (files or {}))


def column(at, words):
    """The base table with other words in a column; None leaves one as it is."""
    lines = copy()
    for line, word in zip(lines[1:], words):
        line[at] = line[at] if word is None else word
    return lines


def patched(path, change):
    """Rewrites parts of an archive: `change` gives the new content of a part."""
    with zipfile.ZipFile(path) as whole:
        parts = [(info, whole.read(info)) for info in whole.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info, content in parts:
            new.writestr(info.filename, change(info.filename, content), info.compress_type)


def shared(name, lines):
    """A case of one workbook with shared strings, as Excel writes them and openpyxl does not."""
    case(name, XLSX, {})
    texts, sheet = [], ""
    for row, line in enumerate(lines, start=1):
        sheet += f'<row r="{row}">'
        for letter, word in zip("ABCDEFGHIJ", line):
            if isinstance(word, str):
                texts.append(word)
                sheet += f'<c r="{letter}{row}" t="s"><v>{len(texts) - 1}</v></c>'
            else:
                sheet += f'<c r="{letter}{row}"><v>{word}</v></c>'
        sheet += "</row>"
    main, links = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    (here / name / "data").mkdir(exist_ok=True)
    (here / name / "data/values.xlsx").write_bytes(archive({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets><sheet name="运行指标" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="b" Type="{links}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">' + "".join(f"<si><t>{word}</t></si>" for word in texts) + "</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }))


def values(name, changes=(), drop=()):
    """What is to be read where it is not the base table: (code, indicator) to value."""
    read = {(row[0], what): f"{float(row[at]):g}" for row in body for at, what in enumerate(header) if at > 1}
    read |= dict(changes)
    lines = [f"{code},2025,{what},{value}\n" for (code, what), value in read.items() if (code, what) not in drop]
    (here / name / "values.csv").write_text("code,period,indicator,value\n" + "".join(lines), "utf-8")


def numbers():
    """What is a number, and what only has one in it."""
    lines = [[str(word) for word in line] for line in rows]
    xlsx("numbers-stored-as-text-xlsx", XLSX, book(lines))
    libreoffice("numbers-stored-as-text-ods", WIDE.format("data/values.ods"), book(lines), "ods")
    xls_by_xlwt("numbers-stored-as-text-xls", WIDE.format("data/values.xls"), lines)
    text("thousands-with-spaces", column(3, ["1\u00a0234", "12\u202f345.5", "1\u2009234\u2009567", "1，234", "1,234"]))
    values("thousands-with-spaces", {("000000", "waiting"): 1234, ("340100", "waiting"): 12345.5,
                                     ("420100", "waiting"): 1234567, ("420500", "waiting"): 1234, ("430100", "waiting"): 1234})
    lines = column(2, ["88。4", "９１．０％", "96.2﹪", "７９。９", "90.6%"])
    for line, word in zip(lines[1:], ["３０", None, "+14", " 66\u3000", "25."]):
        line[3] = word or line[3]
    text("punctuation-of-chinese-keyboards", lines)
    text("numbers-with-their-unit", column(3, ["30秒", "24 秒", "１４秒", "66", "25秒"]))
    text("numbers-with-another-unit", column(3, ["0.5分钟", "3分20秒", "14s", "66次", "3千"]))
    lines = column(2, ["88.4（含转办）", "约91", "95~97", ">79.9", "＜90.6"])
    for line, word in zip(lines[1:], ["30左右", "24±2", "14-16", "66?", "≥25"]):
        line[3] = word
    text("numbers-with-words", lines)
    text("numbers-in-scientific-notation", column(3, ["3.0E+01", "2.4e1", "1.4E1", "66", "2.5E+01"]))
    text("dots-and-commas-swapped", column(3, ["1.234,5", "1.234.567", "12,34", "1,23,456", "66"]))
    lines = copy()
    text("decimal-commas", quoted([[word.replace(".", ",") for word in line] for line in lines], ";"))
    text("decimal-commas-of-three-places", quoted(column(3, ["30,125", "24,250", "14", "66", "25"]), ";"))
    lines = cells(copy())
    lines[2][2], lines[4][4] = True, False
    xlsx("truth-values", XLSX, book(lines))
    text("words-for-nothing-of-clerks", column(2, ["无数据", "－", "————", "＼", "未填报"]))
    lines = copy()
    for line, words in zip(lines[1:], [["无数据", "－－", "没有"], ["暂缺", "＼", "不涉及"], ["未报", "~", "…"]]):
        line[2:5] = words
    text("words-for-nothing-of-clerks", lines)
    values("words-for-nothing-of-clerks", {("340100", "satisfied"): "不适用"},
           {(line[0], what) for line in body[:3] for what in header[2:]} - {("340100", "satisfied")})
    text("words-that-may-mean-anything", column(2, ["待补", "未开通", "见附件", "同上", "？"]))
    text("zero-is-not-nothing", column(2, ["0", "0.0", "0%", None, None]))
    values("zero-is-not-nothing", {(code, "answered"): 0 for code in ("000000", "340100", "420100")})
    lines = cells(copy())
    xlsx("seconds-shown-as-percentages", XLSX, book(lines, lambda sheet: setattr(sheet["D2"], "number_format", "0%")))
    lines = column(2, [None, "0.91", None, None, None])
    lines[2][4] = "0.881"
    text("percent-as-fraction-of-one-city", lines)


def dates_for_numbers():
    """Cells that a spreadsheet took for a date or a time of day."""
    lines = cells(copy())
    lines[1][3], lines[2][3] = datetime.date(2025, 3, 25), datetime.datetime(2025, 3, 25, 8, 30)

    def as_dates(sheet):
        sheet["C4"].number_format = "yyyy/m/d"
        sheet["C5"].number_format = 'm"月"d"日"'

    xlsx("dates-for-numbers", XLSX, book(lines, as_dates))
    lines = cells(copy())
    lines[1][3], lines[2][3], lines[3][3] = datetime.time(0, 0, 30), datetime.timedelta(seconds=24), datetime.time(0, 14)

    def as_times(sheet):
        sheet["D2"].number_format, sheet["D3"].number_format, sheet["D4"].number_format = "h:mm:ss", "[h]:mm:ss", "mm:ss"

    for kind in ("xlsx", "xls", "ods"):
        libreoffice(f"times-for-numbers-{kind}", WIDE.format(f"data/values.{kind}"), book(lines, as_times), kind)
    xlsx("times-for-numbers-openpyxl", XLSX, book(lines, as_times))


def codes():
    lines = cells(copy(), 0)
    for kind in ("xlsx", "xls", "ods"):
        libreoffice(f"codes-as-numbers-{kind}", WIDE.format(f"data/values.{kind}"),
                    book([line if at != 1 else ["000000"] + line[1:] for at, line in enumerate(lines)]), kind)
    xlsx("codes-that-lost-their-zeros", XLSX, book(lines))
    text("codes-with-decimals", column(0, [None, "340100.0", "420100.0", "420500.00", None]))
    text("codes-with-marks-of-text", "code,name,answered,waiting,satisfied\n" + "".join(
        ",".join([mark.format(line[0])] + line[1:]) + "\n"
        for mark, line in zip(["'{}", '"=""{}"""', '="{}"', "‘{}", '"{}\t"'], body)))
    text("codes-in-scientific-notation", column(0, [None, "3.40E+05", "4.201E+05", None, None]))
    text("codes-of-twelve-digits", column(0, [None, "340100000000", None, None, None]))
    text("names-of-every-kind", column(0, ["全国", "合肥市", "武 汉 市", "宜\u3000昌市", "Changsha"]))
    text("names-without-the-word-for-city", column(0, [None, "合肥", "武汉", "湖北省宜昌市", "长沙市 "]))
    text("code-forgotten-in-the-first-row", [header, ["", "全国", "—", "暂无", "８５．５"], *copy()[2:]])
    lines = copy()
    lines.append(["420100", "武汉市", "96.2", "14", "93.1"])
    text("city-twice-with-other-values", lines)


def headers():
    text("header-again-at-every-page", [*copy()[:3], header, *copy()[3:5], header, copy()[5]])
    lines = cells(copy())
    upper, lower = ["code", "name", "接听", None, "评价"], [None, None, "接通率", "平均等待时长", "满意度"]
    xlsx("header-of-two-rows-at-every-page", XLSX, book([upper, lower, *lines[1:4], upper, lower, *lines[4:]]))
    text("header-of-two-rows-csv", [["2025年热线运行指标", "", "", "", ""], ["code", "name", "接听", "", "评价"],
                                    ["", "", "接通率", "平均等待时长", "满意度"], *copy()[1:]])
    halves = [["code", "name", "上半年", None, None, "全年", None, None],
              [None, None, "接通率", "平均等待时长", "满意度", "接通率", "平均等待时长", "满意度"]]
    toml = XLSX.replace('["name"]', '["name", "上半年/接通率", "上半年/平均等待时长", "上半年/满意度"]') + (
        'columns = { answered = "全年/接通率", waiting = "全年/平均等待时长", satisfied = "全年/满意度" }\n')

    def merge(sheet):
        sheet.merge_cells("C1:E1"), sheet.merge_cells("F1:H1")

    for kind in ("xlsx", "xls", "ods"):
        libreoffice(f"names-twice-in-a-header-of-two-rows-{kind}", toml.replace("xlsx", kind),
                    book(halves + [line[:2] + [1, 2, 3] + line[2:] for line in lines[1:]], merge), kind)
    three = [["code", "name", "热线", None, None], [None, None, "接听", None, "评价"], [None, None, "接通率", "平均等待时长", "满意度"]]
    xlsx("header-of-three-rows", XLSX, book(three + lines[1:]))
    text("units-of-measure-below-the-header", [header, ["", "", "%", "秒", "%"], *copy()[1:]])
    xlsx("units-of-measure-below-the-header-xlsx", XLSX, book([header, [None, "单位", "（%）", "（秒）", "（%）"], *lines[1:]]))
    text("other-units-of-measure-below-the-header", [header, ["", "", "%", "分钟", "%"], *copy()[1:]])
    text("units-of-measure-in-the-header", [["code", "name", "接通率（%）", "平均等待时长(秒)", "满意度／%"], *copy()[1:]])
    text("other-units-of-measure-in-the-header", [["code", "name", "接通率（%）", "平均等待时长（分钟）", "满意度"], *copy()[1:]],
         CSV + 'columns = { waiting = "平均等待时长（分钟）" }\n')
    xlsx("line-breaks-in-the-header", XLSX, book([["code", "name", "接通率", "平均\n等待时长", "Satisfaction\nrate"], *lines[1:]]))
    text("spaces-in-the-header", [["code", "name", "接 通 率", "平均等待 时长", "满意度　"], *copy()[1:]])
    text("headers-that-look-alike", [["code", "name", "接通率", "接 通 率", "waiting", "satisfied"],
                                     *[line[:3] + ["99"] + line[3:] for line in copy()[1:]]])
    spaced = [[None] * 8, [None] * 8, [None, "code", None, "name", "answered", None, "waiting", "satisfied"]]
    for line in lines[1:]:
        spaced += [[None, line[0], None, line[1], line[2], None, *line[3:]], [None] * 8]
    xlsx("table-with-blank-rows-and-columns", XLSX, book(spaced))
    titles = [[f"填报说明第{at}条，按实填写"] for at in range(1, 45)]
    xlsx("header-far-down", XLSX, book(titles + lines))
    side = [line + [None] + ([line[0], line[2]] if at else ["code", "answered"]) for at, line in enumerate(lines)]
    side[3][7] = 12
    xlsx("two-tables-side-by-side", XLSX, book(side))
    xlsx("two-tables-below-each-other", XLSX, book(lines + [[None], ["code", "name", "投诉量", "表扬量", "其他"]] + [
        [line[0], line[1], 10, 20, 30] for line in lines[1:3]]))

    def hide(sheet):
        sheet.row_dimensions[1].hidden = True

    xlsx("header-hidden", XLSX, book(lines, hide))
    both = book(lines, sheet="2025")
    both.create_sheet("2024", 0)
    for line in lines:
        both["2024"].append(line)
    xlsx("sheets-that-both-fit", XLSX, both)
    for state in ("hidden", "veryHidden"):
        made = book(lines)
        made.create_sheet("封面")["A1"] = "2025年热线运行指标"
        made["运行指标"].sheet_state = state
        made.active = 1
        xlsx(f"sheet-{state.lower()}", XLSX, made)
    made = book(lines)
    made.create_chartsheet("图表", 0)
    xlsx("sheet-of-charts-first", XLSX, made)


def remarks():
    lines = copy()
    lines += [["", "", "", "", ""], ["", "全省合计", "446.1", "159", "433.0"], ["平均值：", "", "89.2", "31.8", "86.6"],
              ["", "最高", "96.2", "66", "93.0"], ["", "最低", "79.9", "14", "73.8"]]
    text("totals-with-longer-names", lines)
    xlsx("totals-xlsx", XLSX, book(cells(copy()) + [["合  计", None, 446.1, 159, 433.0]]))
    lines = copy()
    lines += [["填表人：李某", "", "审核人：王某", "", "填报日期：2025年3月1日"], ["单位负责人（签字）：", "", "", "盖章", ""],
              ["1.接通率=接通数/呼入数", "", "", "", ""], ["填报说明：按年度口径", "", "", "", ""]]
    text("signatures-at-the-foot", lines)
    lines = cells(copy())
    lines[3][3] = None
    xlsx("merged-numbers-across", XLSX, book(lines, lambda sheet: sheet.merge_cells("C4:D4")))
    values("merged-numbers-across", drop={("420100", "waiting")})
    made = book(cells(copy()))
    sheet = made.active
    sheet["C2"].comment = Comment("99.9 暂定", "某人")
    sheet.protection.sheet, sheet.protection.password = True, "1"
    sheet["C2"].protection = Protection(locked=False)
    xlsx("protected-sheet-with-comments", XLSX, made)


def exports():
    """What programs and transfers do to CSV."""
    lines = copy()
    lines[1][1], lines[2][1] = '全国（含"省直"）', "合肥市,安徽"
    text("csv-quotes-gb18030", quoted(lines).encode("gb18030"))
    text("csv-every-field-quoted", "".join(",".join(f'"{word}"' for word in line) + "\r\n" for line in rows))
    text("csv-line-that-names-the-separator", "sep=;\r\n" + csv(rows).replace(",", ";").replace("\n", "\r\n"))
    text("csv-semicolons-with-byte-order-mark", b"\xef\xbb\xbf" + csv(rows).replace(",", ";").encode())
    text("csv-utf-16-without-mark", csv(rows).encode("utf-16-le"))
    text("csv-trailing-commas", "".join(",".join(line) + ",,,\n" for line in rows) + ",,,,,,,\n")
    text("csv-carriage-returns-alone", csv(rows).replace("\n", "\r"))
    text("csv-nul-bytes", csv(rows).replace("91.0", "91.0\0").replace("66", "6\0006"))
    text("csv-nothing-but-nul-bytes", b"\0" * 300)
    text("csv-titles-with-commas", "2025年,热线,运行指标\n单位,,\n" + csv(rows))
    text("csv-tabs-and-commas-in-the-header", "\t".join(header + ["备注，说明,其他"]) + "\n" + "".join(
        "\t".join(line + ["按季，逐月,汇总"]) + "\n" for line in body), CSV.replace('["name"]', '["name", "备注，说明,其他"]'))
    text("csv-two-separators", csv(rows[:3]) + csv(rows[3:]).replace(",", ";"))
    text("csv-half-a-line", csv(rows)[:-12])
    text("csv-with-a-blank-first-line", "\n \n,,,,\n" + csv(rows))
    made = io.BytesIO()
    book(cells(copy())).save(made)
    case("workbook-called-csv", CSV, {"data/values.csv": made.getvalue()})
    case("csv-called-xlsx", XLSX, {"data/values.xlsx": csv(rows).encode("gb18030")})
    case("csv-called-xls-tabs-utf-16", WIDE.format("data/values.xls"),
         {"data/values.xls": csv(rows).replace(",", "\t").encode("utf-16")})
    page = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body><table>" + "".join(
        "<tr>" + "".join(f"<td>{word}</td>" for word in line) + "</tr>" for line in rows) + "</table></body></html>"
    case("page-called-xlsx", XLSX, {"data/values.xlsx": page})
    flat = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    case("xml-of-2003-called-xls", WIDE.format("data/values.xls"), {"data/values.xls": flat})


def formulas():
    """Formulas as raw XML, since libraries write no results."""
    lines = cells(copy())

    def sheet(name, cell, becomes, then=""):
        xlsx(name, XLSX, book(lines))
        def change(part, content):
            if part == "xl/worksheets/sheet1.xml":
                assert cell.encode() in content, content
                content = content.replace(cell.encode(), becomes.encode()) if not then else content.replace(
                    cell.encode(), becomes.encode()).replace(then[0].encode(), then[1].encode())
            return content
        patched(here / name / "data/values.xlsx", change)

    number_cell = '<c r="D3" t="n"><v>24</v></c>'
    sheet("formulas-shared", number_cell, '<c r="D3"><f t="shared" ref="D3:D4" si="0">12*2</f><v>24</v></c>',
          ('<c r="D4" t="n"><v>14</v></c>', '<c r="D4"><f t="shared" si="0"/><v>14</v></c>'))
    sheet("formulas-shared-never-computed", number_cell, '<c r="D3"><f t="shared" ref="D3:D4" si="0">12*2</f><v>24</v></c>',
          ('<c r="D4" t="n"><v>14</v></c>', '<c r="D4"><f t="shared" si="0"/></c>'))
    sheet("formulas-of-arrays", number_cell, '<c r="D3"><f t="array" ref="D3">SUM({10,14})</f><v>24</v></c>')
    sheet("formulas-of-other-workbooks", number_cell, "<c r=\"D3\"><f>'[1]Sheet1'!$A$1</f><v>24</v></c>")
    sheet("formula-that-gives-a-text", number_cell, '<c r="D3" t="str"><f>TEXT(24,"0")</f><v>24</v></c>')
    sheet("formula-that-gives-nothing", number_cell, '<c r="D3" t="str"><f>IF(1,"",0)</f><v></v></c>')
    values("formula-that-gives-nothing", drop={("340100", "waiting")})
    sheet("formula-error-in-a-column-not-used", '<c r="B3" t="inlineStr"><is><t>合肥市</t></is></c>', '<c r="B3" t="e"><f>NA()</f><v>#N/A</v></c>')


def oddities():
    """What is right in a workbook and seldom seen."""
    lines = cells(copy())
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active.title = "运行指标"
    for line in [["单位代码", "年度", "指标", "数值"]] + [
            [code, datetime.date(2025, 1, 1), what, number(value)] for code, what, value in long_lines()]:
        made.active.append(line)
    toml = LONG.replace("long =", 'period = "年度"\nlong =').replace("long.csv", "values.xlsx")
    xlsx("dates-since-1904-xlsx", toml, made)
    libreoffice("dates-since-1904-xls", toml.replace("xlsx", "xls"), made, "xls")

    name = "strings-inline-and-rich"
    xlsx(name, XLSX, book(lines))
    inline = ('<c r="A3" t="inlineStr"><is><r><t>3401</t></r><r><rPr><b/></rPr><t>00</t></r>'
              '<rPh sb="0" eb="2"><t>héféi</t></rPh><phoneticPr fontId="1"/></is></c>')
    patched(here / name / "data/values.xlsx", lambda part, content: content.replace(
        b'<c r="A3" t="inlineStr"><is><t>340100</t></is></c>', inline.encode()))
    name = "strings-with-readings-xlsx"
    shared(name, [["武汉市" if word == "420100" else word for word in line] for line in lines])
    patched(here / name / "data/values.xlsx", lambda part, content: content.replace(
        "<si><t>武汉市</t></si>".encode(),
        '<si><t xml:space="preserve">武汉市</t><rPh sb="0" eb="2"><t>ぶかん</t></rPh></si>'.encode()))
    name = "strings-with-spaces-and-escapes"
    shared(name, lines)
    patched(here / name / "data/values.xlsx", lambda part, content: content.replace(
        b"<t>answered</t>", b'<t xml:space="preserve"> answered_x000D_\n</t>').replace(
        b"<t>420100</t>", b'<t xml:space="preserve">  420100 _x0009_</t>'))
    name = "cells-without-places"
    xlsx(name, XLSX, book(lines))
    patched(here / name / "data/values.xlsx", lambda part, content: re.sub(
        rb' r="[A-Z]*\d+"', b"", content) if part == "xl/worksheets/sheet1.xml" else content)
    name = "strict-open-xml"
    xlsx(name, XLSX, book(lines))
    patched(here / name / "data/values.xlsx", lambda part, content: content.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"))

    same = [header] + [[line[0], line[1], 88, 88, 88] for line in lines[1:]]
    libreoffice("cells-repeated-ods", WIDE.format("data/values.ods"), book(same), "ods")
    values("cells-repeated-ods", {(line[0], what): 88 for line in body for what in header[2:]})

    def money(sheet):
        for row in range(2, 7):
            sheet.cell(row, 4).number_format = '"¥"#,##0.00'

    libreoffice("currency-ods", WIDE.format("data/values.ods"), book(lines, money), "ods")
    for name, before, after in (
            ("strings-with-readings-ods", "<text:p>420100</text:p>",
             "<text:p><text:ruby><text:ruby-base>武汉市</text:ruby-base><text:ruby-text>wǔhàn</text:ruby-text></text:ruby></text:p>"),
            ("notes-and-boxes-in-cells-ods", "<text:p>420100</text:p>",
             "<office:annotation><text:p>核对</text:p></office:annotation><draw:custom-shape><text:p>形状</text:p></draw:custom-shape>"
             "<draw:frame><draw:text-box><text:p>文本框</text:p></draw:text-box></draw:frame><text:p>420100</text:p>")):
        libreoffice(name, WIDE.format("data/values.ods"), book(lines), "ods")
        later.append((here / name / "data/values.ods", before, after))


later = []


def harm():
    """Files that are damaged, locked, or meant to do harm."""
    lines = cells(copy())
    made = book(lines)
    made.active["XFD1048576"] = 1
    xlsx("cell-far-out", XLSX, made)
    name = "strings-without-end"
    shared(name, lines)
    flood = b"<si/>" * 1_100_000
    patched(here / name / "data/values.xlsx", lambda part, content: content.replace(b"</sst>", flood + b"</sst>"))
    name = "xml-that-grows-unpacked"
    xlsx(name, XLSX, book(lines))
    patched(here / name / "data/values.xlsx", lambda part, content: content.replace(
        b"</worksheet>", b"<x/>" * (17 << 20) + b"</worksheet>") if "sheet1" in part else content)
    name = "xml-with-entities"
    shared(name, lines)
    entities = '<!DOCTYPE sst [<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)) + "]>"
    patched(here / name / "data/values.xlsx", lambda part, content: content.replace(
        b"<sst", entities.encode() + b"<sst", 1).replace(b"<t>420100</t>", b"<t>&j;</t>") if "shared" in part else content)
    import msoffcrypto.format.ooxml as ooxml
    plain, locked = io.BytesIO(), io.BytesIO()
    book(lines).save(plain)
    plain.seek(0)
    ooxml.OOXMLFile(plain).encrypt("1234", locked)
    case("encrypted-xlsx", XLSX, {"data/values.xlsx": locked.getvalue()})
    whole = (here / "../workbooks/values.ods").read_bytes()
    case("cut-off-ods", WIDE.format("data/values.ods"), {"data/values.ods": whole[:len(whole) // 2]})
    with zipfile.ZipFile(here / "../workbooks/values.ods") as parts:
        again = {name: parts.read(name) for name in sorted(parts.namelist()) if not name.startswith("Thumbnails")}
    case("ods-zipped-anew", WIDE.format("data/values.ods"), {"data/values.ods": archive(again)})
    case("archive-that-is-no-workbook", XLSX, {"data/values.xlsx": archive({"readme.txt": "x"})})
    text("names-that-attack", copy(), files={"data/units.csv": (
        "code,name_zh,name_en,role,region\n000000,\"=HYPERLINK(\"\"http://x\"\",\"\"全国\"\")\",+National,benchmark,\n"
        "340100,#eval(\"1\")合肥市,<script>alert(1)</script>,ranked,east\n420100,@武汉市,$ #panic() $,ranked,central\n"
        "420500,宜昌市\u202e,Yi\u200bchang,ranked,central\n430100,-长沙市,\"Changsha|cmd\",ranked,central\n")})


def archive(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


if __name__ == "__main__":
    numbers(), dates_for_numbers(), codes(), headers(), remarks(), exports(), formulas(), oddities(), harm(), convert()
    for path, before, after in later:
        def change(part, content):
            if part == "content.xml":
                assert before.encode() in content, content
                content = content.replace(before.encode(), after.encode())
            return content
        patched(path, change)
