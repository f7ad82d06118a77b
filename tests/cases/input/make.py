"""Writes the files of the cases in this folder with the programs and libraries
that people use: openpyxl (xlsx), xlwt (xls), LibreOffice (xlsx, xls, ods).
What they are to be read as is written by hand: see tests/it/input.rs.

    pip install openpyxl xlwt && python3 make.py        # LibreOffice: soffice
"""
import datetime
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import xlwt

here = Path(__file__).parent
base = here / "../findings/_base/data/values.csv"
rows = [line.split(",") for line in base.read_text("utf-8").splitlines()]
header, body = rows[0], rows[1:]
names = {"answered": "接通率", "waiting": "平均等待时长", "satisfied": "满意度"}

WIDE = '[[data]]\nfile = "{}"\nunit = "code"\nignore = ["name"]\n'


def case(name, toml, files):
    """A case of text files: path to text or bytes."""
    folder = here / name
    folder.mkdir(exist_ok=True)
    (folder / "data.toml").write_text(toml, "utf-8")
    for path, content in files.items():
        to = folder / path
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def csv(lines):
    return "".join(",".join(line) + "\n" for line in lines)


def long_lines():
    return [[row[0], names[what], row[at]] for row in body for at, what in enumerate(header) if what in names]


LONG = '''[[data]]
file = "data/long.csv"
unit = "单位代码"
long = { indicator = "指标", value = "数值" }
'''


def long_layout():
    case("long-layout", LONG, {"data/long.csv": csv([["单位代码", "指标", "数值"]] + long_lines())})
    lines = long_lines()
    lines[4][1] = "平均等侯时长"
    lines[7] = [lines[7][0], "", lines[7][2]]
    lines.append(["420100", "备注", "自评"])
    case("long-layout-unknown-indicator", LONG + 'ignore = ["备注"]\n',
         {"data/long.csv": csv([["单位代码", "指标", "数值"]] + lines)})
    lines = long_lines() + [["420500", "接通率", "80.1"], ["420500", "满意度", "73.8"]]
    case("long-layout-conflict", LONG, {"data/long.csv": csv([["单位代码", "指标", "数值"]] + lines)})
    lines = [line for line in long_lines() if line[1] != "满意度"]
    case("long-layout-indicator-absent", LONG, {"data/long.csv": csv([["单位代码", "指标", "数值"]] + lines)})
    toml = LONG.replace(" }", ', sample = { n = "样本量", k = "满意", standard_error = "标准误" } }')
    samples = {"满意度": ["200", "", "1.2"], "接通率": ["1000", "", ""]}
    lines = [line + samples.get(line[1], ["", "", ""]) for line in long_lines()]
    lines[0] = ["000000", "接通率", "88.4", "500", "442", ""]
    case("long-layout-samples", toml, {
        "data/long.csv": csv([["单位代码", "指标", "数值", "样本量", "满意", "标准误"]] + lines)})
    toml = LONG.replace('long =', 'period = "年度"\nlong =')
    lines = [[code, period, what, value]
             for code, what, value in long_lines() for period in ("2024", "2025")]
    case("long-layout-periods", toml, {"data/long.csv": csv([["单位代码", "年度", "指标", "数值"]] + [
        [code, period, what, value if period == "2025" else "61"] for code, period, what, value in lines])})


def wide_samples():
    toml = WIDE.format("data/values.csv") + (
        'samples = { satisfied = { n = "样本量", k = "满意数" }, waiting = { n = "通话数", standard_error = "标准误" } }\n')
    extra = [["样本量", "满意数", "通话数", "标准误"], ["200", "171", "3000", "0.8"], ["160", "141", "900", "1.5"],
             ["200", "186", "1200", "0.6"], ["80", "59", "", ""], ["", "", "800", ""]]
    case("wide-samples", toml, {"data/values.csv": csv([row + more for row, more in zip(rows, extra)])})


def samples_without_sizes():
    toml = WIDE.format("data/values.csv") + 'samples = { waiting = { standard_error = "标准误" } }\n'
    error = ["标准误", "0.8", "1.5", "", "2.1", "0.9"]
    case("standard-errors-alone", toml, {"data/values.csv": csv([row + [one] for row, one in zip(rows, error)])})
    toml = WIDE.format("data/values.csv") + 'samples = { satisfied = { n = "样本量", k = "满意数" } }\n'
    extra = [["样本量", "满意数"], ["200", "171"], ["", "141"], ["200", "186"], ["80", "59"], ["", ""]]
    case("count-without-a-size", toml, {"data/values.csv": csv([row + more for row, more in zip(rows, extra)])})
    toml = WIDE.format("data/values.csv") + 'samples = { satisfied = { k = "满意数" } }\n'
    case("samples-of-no-size", toml, {"data/values.csv": csv([row + more[1:] for row, more in zip(rows, extra)])})


MANY = WIDE.format("data/报送/*")


def many_files():
    one = {f"data/报送/{row[0]}{row[1]}.csv": csv([header, row]) for row in body}
    case("many-files", MANY, one | {"data/报送/~$420100武汉市.xlsx": b"open", "data/报送/.DS_Store": b"x"})
    case("many-files-scan-among-them", MANY, one | {"data/报送/盖章页.pdf": b"%PDF-1.7"})
    case("many-files-none", WIDE.format("data/上报/*.csv"), {})
    renamed = csv([["code", "name", "answer", "waiting", "satisfied"], body[2]])
    case("many-files-header-misspelt", MANY, one | {"data/报送/420100武汉市.csv": renamed})
    corrected = csv([header, body[2][:3] + ["41"] + body[2][4:]])
    case("many-files-conflict", MANY, one | {"data/报送/420100武汉市（更正）.csv": corrected})
    again = csv([header, body[2]])
    case("many-files-sent-twice", MANY, one | {"data/报送/420100武汉市(1).csv": again})


def number(word):
    try:
        return float(word) if "." in word else int(word)
    except ValueError:
        return word


def cells(lines, text_columns=2):
    """Codes and names as text, the rest as numbers."""
    return [[word if at < text_columns else number(word) for at, word in enumerate(line)] for line in lines]


def book(lines, change=lambda sheet: None, sheet="运行指标"):
    """A workbook by openpyxl."""
    made = openpyxl.Workbook()
    made.active.title = sheet
    for line in lines:
        made.active.append(line)
    change(made.active)
    return made


def save(made, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)


def xlsx(name, toml, made, file="data/values.xlsx"):
    """A case of one workbook as openpyxl writes it."""
    case(name, toml, {})
    save(made, here / name / file)


wanted = []


def libreoffice(name, toml, made, kind, file=None):
    """A case of one workbook that LibreOffice opened, computed and saved as `kind`."""
    case(name, toml, {})
    wanted.append((made, kind, here / name / (file or f"data/values.{kind}")))


def convert():
    """Runs LibreOffice on everything that is to be converted."""
    for kind in sorted({kind for _, kind, _ in wanted}):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            mine = [(made, to) for made, other, to in wanted if other == kind]
            for at, (made, _) in enumerate(mine):
                save(made, folder / "in" / f"{at}.xlsx")
            subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", folder / "out",
                            *sorted((folder / "in").iterdir())], check=True, stdout=subprocess.DEVNULL)
            for at, (_, to) in enumerate(mine):
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(folder / "out" / f"{at}.{kind}", to)
                if kind == "ods":
                    without_picture(to)


def without_picture(path):
    """Takes the thumbnail out of an ODS, which is most of a small one."""
    with zipfile.ZipFile(path) as whole:
        parts = [(info, whole.read(info)) for info in whole.infolist() if not info.filename.startswith("Thumbnails")]
    with zipfile.ZipFile(path, "w") as small:
        for info, content in parts:
            small.writestr(info, content)


def xls_by_xlwt(name, toml, lines, change=lambda sheet: None, styles=None):
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("运行指标")
    for at, line in enumerate(lines):
        for column, word in enumerate(line):
            if word is not None:
                style = (styles or {}).get(column) if isinstance(word, (int, float)) else None
                sheet.write(at, column, word, style or xlwt.Style.default_style)
    change(sheet)
    case(name, toml, {})
    (here / name / "data").mkdir(exist_ok=True)
    made.save(str(here / name / "data/values.xls"))


def encodings():
    text = csv(rows)
    toml = WIDE.format("data/values.csv")
    case("csv-gb18030", toml, {"data/values.csv": text.encode("gb18030")})
    case("csv-utf-16", toml, {"data/values.csv": text.replace(",", "\t").encode("utf-16")})
    case("csv-byte-order-mark", toml, {"data/values.csv": text.encode("utf-8-sig")})
    case("csv-tabs", toml, {"data/values.csv": text.replace(",", "\t")})
    case("csv-semicolons", toml, {"data/values.csv": text.replace(",", ";")})
    case("csv-lines-of-windows", toml, {"data/values.csv": text.replace("\n", "\r\n")})


def writers():
    """The same table by every program."""
    lines = cells(rows)
    xlsx("xlsx-by-openpyxl", WIDE.format("data/values.xlsx"), book(lines))
    xls_by_xlwt("xls-by-xlwt", WIDE.format("data/values.xls"), lines)
    for kind in ("xlsx", "xls", "ods"):
        libreoffice(f"{kind}-by-libreoffice", WIDE.format(f"data/values.{kind}"), book(lines), kind)


def layouts():
    """Titles, headers of two rows, merged cells, notes and totals."""
    upper = ["code", "name", "接听", None, "评价"]
    lower = [None, None, "接通率", "平均等待时长", "满意度"]
    notes = [["注：数据截至 12 月 31 日。"], [None, "合计", 446.1, 159, 433.0]]
    lines = [["2025 年热线运行指标"], [None], upper, lower] + cells(body) + notes[1:] + notes[:1]

    def merge(sheet):
        for area in ("A1:E1", "A3:A4", "B3:B4", "C3:D3"):
            sheet.merge_cells(area)

    for kind in ("xlsx", "xls", "ods"):
        libreoffice(f"titles-two-row-header-notes-{kind}", WIDE.format(f"data/values.{kind}"), book(lines, merge), kind)

    merged = [["单位代码", "指标", "数值"]]
    for row in body:
        merged += [[row[0] if at == 2 else None, names[header[at]], number(row[at])] for at in (2, 3, 4)]

    def merge_units(sheet):
        for at in range(len(body)):
            sheet.merge_cells(f"A{2 + 3 * at}:A{4 + 3 * at}")

    for kind in ("xlsx", "xls", "ods"):
        libreoffice(f"merged-unit-cells-{kind}", LONG.replace("long.csv", f"values.{kind}"), book(merged, merge_units), kind)
    lines = cells(rows)
    lines[3][2] = None
    xlsx("merged-number", WIDE.format("data/values.xlsx"), book(lines, lambda sheet: sheet.merge_cells("C3:C4")))


def numbers():
    """Numbers in the ways that people write them."""
    def written(name, change, toml=WIDE.format("data/values.csv")):
        lines = [list(line) for line in rows]
        for at, line in enumerate(lines[1:], start=1):
            change(at, line)
        case(name, toml, {"data/values.csv": csv([[f'"{word}"' if "," in word else word for word in line] for line in lines])})

    wide = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
    written("percent-as-text", lambda at, line: line.__setitem__(2, line[2] + "%"))
    written("full-width-digits", lambda at, line: [line.__setitem__(c, (line[c] + ("%" if c != 3 else "")).translate(wide)) for c in (2, 3, 4)])

    def absent(at, line):
        line[2:5] = [["—", "无", "/"], ["N/A", "", "-"], ["不适用", "暂无", "未统计"], line[2:5], line[2:5]][at - 1]

    written("words-for-nothing", absent)
    lines = cells(rows)
    for line in lines[1:]:
        line[2] = line[2] / 100

    def percent(sheet):
        for at in range(2, 7):
            sheet.cell(at, 3).number_format = "0.00%"

    xlsx("percent-format-xlsx", WIDE.format("data/values.xlsx"), book(lines, percent))
    libreoffice("percent-format-ods", WIDE.format("data/values.ods"), book(lines, percent), "ods")
    xls_by_xlwt("percent-format-xls", WIDE.format("data/values.xls"), lines, styles={2: xlwt.easyxf(num_format_str="0.0%")})
    libreoffice("percent-format-xls-libreoffice", WIDE.format("data/values.xls"), book(lines, percent), "xls")
    xlsx("percent-all-fractions", WIDE.format("data/values.xlsx"), book(lines))
    mixed = cells(rows)
    mixed[2][2], mixed[5][4] = 0.91, "92.6%"
    xlsx("percent-mixed", WIDE.format("data/values.xlsx"), book(mixed))
    mostly = [list(line) for line in lines]
    mostly[3][2] = 96.2
    xlsx("percent-mixed-mostly-fractions", WIDE.format("data/values.xlsx"), book(mostly))


def thousands():
    """Separators, 万 and 亿: seconds that nobody waits, to keep to one framework."""
    toml = WIDE.format("data/values.csv")
    lines = [list(line) for line in rows]
    for line, word in zip(lines[1:], ['"1,234"', '"１，２３４．５"', "1.2万", "0.01亿", "1234"]):
        line[3] = word
    case("thousands-and-wan", toml, {"data/values.csv": csv(lines)})


def hidden():
    def rows_and_column(sheet):
        for at in (3, 4, 6):
            sheet.row_dimensions[at].hidden = True
        sheet.column_dimensions["D"].hidden = True

    for kind in ("xlsx", "xls", "ods"):
        libreoffice(f"hidden-{kind}", WIDE.format(f"data/values.{kind}"), book(cells(rows), rows_and_column), kind)

    def filtered(sheet):
        sheet.auto_filter.ref = "A1:E6"
        sheet.auto_filter.add_filter_column(1, ["武汉市"])
        for at in (2, 3, 5, 6):
            sheet.row_dimensions[at].hidden = True

    xlsx("hidden-by-a-filter", WIDE.format("data/values.xlsx"), book(cells(rows), filtered))


def formulas():
    """Formulas with the value they had when saved, with an error, and never computed."""
    lines = cells(rows)
    for at, line in enumerate(lines[1:], start=2):
        line[3] = f"=F{at}/G{at}"
        line += [number(rows[at - 1][3]) * 1000, 1000]
    lines[0] = header + ["时长", "通话"]
    ignore = 'ignore = ["name", "时长", "通话"]'
    for kind in ("xlsx", "xls", "ods"):
        toml = WIDE.format(f"data/values.{kind}").replace('ignore = ["name"]', ignore)
        libreoffice(f"formulas-{kind}", toml, book(lines), kind)
        wrong = [list(line) for line in lines]
        wrong[2][6], wrong[4][3] = 0, '=VLOOKUP("x",F1:G6,2,FALSE)'
        libreoffice(f"formula-errors-{kind}", toml, book(wrong), kind)
    toml = WIDE.format("data/values.xlsx").replace('ignore = ["name"]', ignore)
    xlsx("formulas-never-computed", toml, book(lines))
    text = csv([line[:3] + [["#DIV/0!", "30"][at != 2], line[4]] if at else line for at, line in enumerate(rows)])
    case("formula-error-in-csv", WIDE.format("data/values.csv"), {"data/values.csv": text})


def periods():
    toml = LONG.replace("long =", 'period = "年度"\nlong =').replace("long.csv", "values.xlsx")
    ways = ["2025年", "2025年度", 2025, datetime.date(2025, 1, 1), "２０２５"]
    lines = [["单位代码", "年度", "指标", "数值"]]
    lines += [[code, ways[at % 5], what, number(value)] for at, (code, what, value) in enumerate(long_lines())]

    def as_year(sheet):
        for row in sheet.iter_rows(min_row=2):
            if isinstance(row[1].value, datetime.date):
                row[1].number_format = 'yyyy"年"'

    xlsx("periods-years", toml, book(lines, as_year))
    doubtful = [list(line) for line in lines]
    doubtful[3][1], doubtful[9][1] = "2025年3月", datetime.date(2025, 12, 31)
    xlsx("periods-finer-than-the-edition", toml, book(doubtful, as_year))

    project = (here / "../findings/_base/benchline.toml").read_text("utf-8").replace('edition = "2025"', 'edition = "2025-03"')
    extra = (here / "../findings/_base/data/extra.csv").read_text("utf-8").replace(",2025,", ",2025年3月,").replace(",2024,", ",2025/2,")
    ways = ["2025年3月", "2025/3", "2025-03", datetime.date(2025, 3, 1), "2025.03", 45717]
    months = [["单位代码", "月份", "指标", "数值"]]
    months += [[code, ways[at % 6], what, number(value)] for at, (code, what, value) in enumerate(long_lines())]
    toml = toml.replace("年度", "月份")

    def as_month(sheet):
        for row in sheet.iter_rows(min_row=2):
            if isinstance(row[1].value, datetime.date):
                row[1].number_format = 'yyyy"年"m"月"'

    for kind in ("xlsx", "xls", "ods"):
        libreoffice(f"periods-months-{kind}", toml.replace("xlsx", kind), book(months, as_month), kind)
        (here / f"periods-months-{kind}/benchline.toml").write_text(project, "utf-8")
        (here / f"periods-months-{kind}/data").mkdir(exist_ok=True)
        (here / f"periods-months-{kind}/data/extra.csv").write_text(extra, "utf-8")
        lines = ["code,period,indicator,value\n"]
        lines += [f"{row[0]},2025-03,{what},{float(row[at]):g}\n" for row in body for at, what in enumerate(header) if what in names]
        (here / f"periods-months-{kind}/values.csv").write_text("".join(lines), "utf-8")
    months[2][1] = "2025.1"
    xlsx("periods-january-or-october", toml, book(months, as_month))
    (here / "periods-january-or-october/benchline.toml").write_text(project.replace("2025-03", "2025-10"), "utf-8")
    (here / "periods-january-or-october/data/extra.csv").write_text(extra.replace("2025年3月", "2025年10月"), "utf-8")


def sheets():
    def more(made):
        notes = made.create_sheet("填报说明")
        notes["A1"] = "请于三日内报送"
        dictionary = made.create_sheet("字典")
        dictionary.append(["code", "answered"])
        dictionary.sheet_state = "hidden"
        return made

    for kind in ("xlsx", "xls", "ods"):
        libreoffice(f"several-sheets-{kind}", WIDE.format(f"data/values.{kind}"), more(book(cells(rows))), kind)


def mixed_formats():
    """One city per file, each in another format."""
    toml = WIDE.format("data/报送/*")
    case("many-files-of-every-format", toml, {
        "data/报送/000000全国.csv": csv([header, body[0]]).encode("gb18030"),
        "data/报送/340100合肥市.csv": csv([header, body[1]]).replace(",", "\t").encode("utf-16"),
    })
    for row, kind in zip(body[2:], ("xlsx", "xls", "ods")):
        wanted.append((book(cells([header, row])), kind, here / f"many-files-of-every-format/data/报送/{row[0]}{row[1]}.{kind}"))


def not_workbooks():
    page = "<html><body><table><tr><td>code</td></tr></table></body></html>"
    case("page-called-xls", WIDE.format("data/values.xls"), {"data/values.xls": page})
    whole = (here / "../workbooks/titled.xlsx").read_bytes()
    case("cut-off-xlsx", WIDE.format("data/values.xlsx"), {"data/values.xlsx": whole[:len(whole) // 2]})
    whole = (here / "../workbooks/values.xls").read_bytes()
    case("cut-off-xls", WIDE.format("data/values.xls"), {"data/values.xls": whole[:len(whole) // 2]})


def letters():
    """Letters that are not seen, and codes and names in other widths."""
    lines = [list(line) for line in rows]
    lines[1][0], lines[3][1], lines[4][2] = "000000\u200b", "\u202e市汉武\u202c", "79.9\ufeff"
    lines[0][3] = "wait\u200bing"
    case("letters-not-seen", WIDE.format("data/values.csv"), {"data/values.csv": csv(lines)})
    lines = [list(line) for line in rows]
    lines[1][0], lines[2][0], lines[3][0] = "００００００", "合肥 市", "⽂".replace("⽂", "武汉市")
    lines[4][0] = "４２０５００"
    case("codes-in-full-width", WIDE.format("data/values.csv"), {"data/values.csv": csv(lines)})
    lines = [list(line) for line in rows]
    lines[2][2], lines[3][0] = "张三13812345678", "11010519491231002X"
    case("numbers-of-persons", WIDE.format("data/values.csv"), {"data/values.csv": csv(lines)})


def paths():
    for name, path in (("path-to-a-device", "data/nul.csv"), ("path-of-a-drive", "C:/data/values.csv"),
                       ("path-with-a-control-character", "data/\\u0000.csv"), ("path-out-by-a-pattern", "../*/passwd")):
        case(name, WIDE.format(path), {})


if __name__ == "__main__":
    long_layout(), wide_samples(), samples_without_sizes(), many_files(), letters(), paths(), encodings(), writers(), layouts(), numbers(), thousands(), hidden()
    formulas(), periods(), sheets(), mixed_formats(), not_workbooks(), convert()
