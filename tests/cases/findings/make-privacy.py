"""Writes the files of the privacy-* cases in this folder with the programs that people
use: openpyxl (xlsx), LibreOffice (xls, ods). Numbers are invented; that of an
identity card is the example of GB 11643-1999. What is said of them is reviewed by
hand: see tests/it/findings.rs.

    pip install openpyxl && python3 make-privacy.py        # LibreOffice: soffice
"""
import shutil
import subprocess
import tempfile
from pathlib import Path

import openpyxl

here = Path(__file__).parent
base = here / "_base"
values = [line.split(",") for line in (base / "data/values.csv").read_text("utf-8").splitlines()]
project = (base / "benchline.toml").read_text("utf-8")

PHONES = ["139 1234 5678", "+8613912345678", "１３９１２３４５６７９", "139.1234.5680", "0571-88888888"]
NAMES = ["张建国", "李秀英", "王芳", "欧阳娜娜", "陈静"]
CARD = "11010519491231002X"
MAILS = [f"{word}@example.org" for word in ("zhang", "li", "wang", "ouyang", "chen")]


def case(name, files, toml=None):
    folder = here / name
    (folder / "data").mkdir(parents=True, exist_ok=True)
    if toml is not None:
        (folder / "benchline.toml").write_text(toml, "utf-8")
    for path, text in files.items():
        (folder / path).write_text(text, "utf-8")
    return folder


def csv(lines):
    return "".join(",".join(map(str, line)) + "\n" for line in lines)


def with_columns(*columns):
    """The values of the base project with columns beside them: a heading, then five cells."""
    return [line + [column[at] for column in columns] for at, line in enumerate(values)]


def policy(text, file="data/values.csv"):
    toml = project.replace('file = "data/values.csv"', f'file = "{file}"')
    return toml.replace("[units]", f"[privacy]\n{text}\n\n[units]") if text else toml


def xlsx(path, lines, sheet="运行指标", notes=()):
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for at, line in enumerate(lines):
        number = lambda text: float(text) if at and text.replace(".", "", 1).isdigit() else text
        page.append([line[0]] + [number(cell) for cell in line[1:]])
    for note in notes:
        page.append([note])
    book.save(path)


def converted(path, to):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", "--convert-to", to, "--outdir", folder, str(path)], check=True,
                       stdout=subprocess.DEVNULL)
        shutil.move(Path(folder) / (path.stem + "." + to), path.with_suffix("." + to))
    path.unlink()


def workbook(name, ending, lines, text, **options):
    folder = case(name, {}, policy(text, f"data/values.{ending}"))
    path = folder / "data/values.xlsx"
    xlsx(path, lines, **options)
    if ending != "xlsx":
        converted(path, ending)
    (folder / "remove.txt").write_text("data/values.csv\n")


announced = with_columns(["联系人"] + NAMES, ["联系电话"] + PHONES, ["身份证号"] + [CARD] * 5, ["邮箱"] + MAILS)
unannounced = with_columns(
    ["甲"] + [f"1391234567{at}" if at else "15087654321" for at in range(5)],
    ["乙"] + [CARD.lower(), "", CARD, "１１０１０５１９４９１２３１００２Ｘ", ""],
    ["丙"] + [f"请回电 {phone}" for phone in PHONES],
)

case("privacy-refused-csv", {"data/values.csv": csv(announced)})
workbook("privacy-refused-xlsx", "xlsx", unannounced, "")
workbook("privacy-refused-xls", "xls", announced, "")
workbook("privacy-refused-ods", "ods", unannounced, "")
workbook("privacy-dropped-ods", "ods", announced, 'personal = "drop"')
workbook("privacy-dropped-xls", "xls", unannounced, 'personal = "drop"')
workbook("privacy-allowed-xlsx", "xlsx", with_columns(["编号"] + [f"139{at}1234567" for at in range(5)]),
         'allow = ["编号"]')

calls = [["city", "answered", "seconds", "channel", "tester"]] + [
    [line[0], 1, 20, "phone", PHONES[at]] for at, line in enumerate(values[1:]) for _ in range(5)]
of_calls = (here / "csv-calls/benchline.toml").read_text("utf-8")
hashing = of_calls.replace("[units]", '[privacy]\npersonal = "hash"\nsalt = "salt.txt"\n\n[units]')
case("privacy-hashed-csv", {"data/calls.csv": csv(calls), "salt.txt": "nobody-knows-this-one\n"}, hashing)
folder = case("privacy-hashed-xlsx", {"salt.txt": "nobody-knows-this-one\n"}, hashing.replace("calls.csv", "calls.xlsx"))
xlsx(folder / "data/calls.xlsx", [[str(cell) for cell in line] for line in calls])
case("privacy-key-short", {"data/calls.csv": csv(calls), "salt.txt": "short\n"}, hashing)
case("privacy-key-none", {"data/calls.csv": csv(calls)}, hashing.replace('salt = "salt.txt"\n', ""))
case("privacy-used-column", {"data/calls.csv": csv(calls)},
     of_calls.replace("[units]", '[privacy]\npersonal = "drop"\n\n[units]'))

# Where nobody looks for it.
headless = [[line[0], name, phone] + line[2:] for line, name, phone in zip(values[1:], NAMES, PHONES)]
case("privacy-headers-missing", {"data/values.csv": csv(headless)})
case("privacy-headers-missing-no-number", {"data/values.csv": csv([line[:2] + line[3:] for line in headless])})
units = (base / "data/units.csv").read_text("utf-8")
case("privacy-in-a-name", {"data/units.csv": units.replace("武汉市", "武汉市（139-1234-5678）")})
case("privacy-in-a-heading", {"data/values.csv": csv(with_columns(["回电 0571-88888888"] + list("一二三四五")))})
case("privacy-in-notes", {"data/values.csv": csv(
    values + [["填表人：张建国 电话：88888888，13912345678，zhang@example.org", "", "", "", ""],
              ["填表人：陈静", "联系电话：0571-88888888", "", "负责人：李秀英", ""],
              ["注：由王芳复核", "", "", "", ""]])})
workbook("privacy-in-notes-xlsx", "xlsx", values, "",
         notes=["填表人：张建国 电话：88888888，13912345678，zhang@example.org", "注：由王芳复核"])
folder = case("privacy-file-name", {"data/张建国13912345678.csv": csv(values)}, policy("", "data/张建国13912345678.csv"))
(folder / "remove.txt").write_text("data/values.csv\n")
workbook("privacy-sheet-name", "xlsx", values, "", sheet="张建国139-1234-5678")
framework = (here / "eval-experts-sheet/indicators/index.toml").read_text("utf-8")
for name, heading, names in (("privacy-experts", "专家", NAMES), ("privacy-experts-coded", "姓名", ["E1", "E2", "E3"])):
    experts = [[heading, "服务响应", "outcome"]] + [[who, 40 + at, 60 - at] for at, who in enumerate(names)]
    own = case(name, {"data/experts.csv": csv(experts)})
    (own / "indicators").mkdir(exist_ok=True)
    (own / "indicators/index.toml").write_text(framework.replace('expert = "专家"', f'expert = "{heading}"'), "utf-8")
