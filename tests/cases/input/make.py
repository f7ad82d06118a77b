"""Writes the files of the cases in this folder with the programs and libraries
that people use: openpyxl (xlsx), xlwt (xls), LibreOffice (xlsx, xls, ods).
What they are to be read as is written by hand: see tests/it/input.rs.

    pip install openpyxl xlwt && python3 make.py        # LibreOffice: soffice
"""
from pathlib import Path

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
    lines = [[code, period, what, value if period == "2025" else value.replace(".", "") + ".5"[:0]]
             for code, what, value in long_lines() for period in ("2024", "2025")]
    case("long-layout-periods", toml, {"data/long.csv": csv([["单位代码", "年度", "指标", "数值"]] + [
        [code, period, what, value if period == "2025" else "61"] for code, period, what, value in lines])})


def wide_samples():
    toml = WIDE.format("data/values.csv") + (
        'samples = { satisfied = { n = "样本量", k = "满意数" }, waiting = { n = "通话数", standard_error = "标准误" } }\n')
    extra = [["样本量", "满意数", "通话数", "标准误"], ["200", "171", "3000", "0.8"], ["160", "141", "900", "1.5"],
             ["200", "186", "1200", "0.6"], ["80", "59", "", ""], ["", "", "800", ""]]
    case("wide-samples", toml, {"data/values.csv": csv([row + more for row, more in zip(rows, extra)])})


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


long_layout(), wide_samples(), many_files()
