#!/usr/bin/env python3
"""Build the fonts embedded in the PDF report from Debian's Noto packages.

What to install (Debian 12 "bookworm", Python 3.11):

    apt-get install fonts-noto-cjk=1:20220127+repack1-1 \\
        fonts-noto-core=20201225-1 unicode-data=15.0.0-1
    pip install fonttools==4.68.0

Run it; the outputs land beside this script, or in the directory given:

    python3 subset.py [--out DIR]

With the versions above the output is the same to the byte on every run: its
SHA-256 sums are those in README.md. Other versions work, with other sums.

It writes eight static fonts:

* NotoSansCJKsc / NotoSerifCJKsc, Regular and Bold: the Simplified Chinese face
  of the Noto CJK collections. CFF outlines, no hints, no vertical metrics.
* NotoSans / NotoSerif, Regular and Bold: Latin, Greek and Cyrillic, to be named
  before the CJK family, whose quotes and operators are full-width. Debian's
  build of these fonts has no minus sign and no mathematical operators; see
  `add_operators`.

Characters asked for and absent from a source are printed, and are no error.
"""

import argparse
import bz2
import hashlib
import unicodedata
from pathlib import Path

from fontTools import __version__ as FONTTOOLS_VERSION
from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

FONTTOOLS_PINNED = "4.68.0"
CJK_DIR = Path("/usr/share/fonts/opentype/noto")
LATIN_DIR = Path("/usr/share/fonts/truetype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")

STYLES = ("Regular", "Bold")
CJK_FAMILIES = {"Sans": "Noto Sans CJK SC", "Serif": "Noto Serif CJK SC"}

# OpenType features kept where the source has them. `locl` is dropped, so that
# the text language never changes the shape of a character.
CJK_FEATURES = ["ccmp", "halt", "kern", "liga", "lnum", "mark", "pnum", "tnum"]
LATIN_FEATURES = ["ccmp", "kern", "liga", "lnum", "mark", "mkmk", "pnum", "tnum"]

# Characters drawn in the Latin fonts by `add_operators`, besides the minus.
OPERATORS = "≈≠≤≥∂∆∏∑√∞∫"

# Characters of place names in Hong Kong and Macao which neither table has.
PLACE_NAMES = "氹輋鱲"

# First and last code point of each range.
LATIN_RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and -B
    (0x02B9, 0x02DD),  # modifier letters, spacing accents
    (0x0300, 0x036F),  # combining accents
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional (Vietnamese)
    (0x2000, 0x200B),  # spaces
    (0x2010, 0x2027),  # dashes, quotes, ellipsis
    (0x202F, 0x205E),  # narrow no-break space, per mille, primes
    (0x2070, 0x209F),  # superscripts, subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letter-like symbols
    (0x2150, 0x215F),  # fractions
    (0x2212, 0x2212),  # minus
]
CJK_RANGES = [
    (0x2160, 0x218B),  # Roman numerals, other number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2460, 0x2473),  # circled 1 to 20
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2605, 0x2606),  # stars
    (0x2713, 0x2714),  # check marks
    (0x2717, 0x2718),  # crosses
    (0x2E3A, 0x2E3B),  # two- and three-em dash
    (0x3000, 0x303F),  # CJK punctuation
    (0x3380, 0x33DF),  # squared units
    (0xFF01, 0xFF5E),  # full-width ASCII
    (0xFFE0, 0xFFE6),  # full-width signs
]


def expand(ranges):
    return {c for first, last in ranges for c in range(first, last + 1)}


def tgh():
    """The 8,105 characters of the Table of General Standard Chinese Characters."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        fields = (line.split("\t") for line in lines if line.startswith("U+"))
        chars = {int(f[0][2:], 16) for f in fields if f[1] == "kTGH"}
    if len(chars) != 8105:
        raise SystemExit(f"{UNIHAN}: {len(chars)} kTGH characters, expected 8105")
    return chars


def gb2312():
    """Every character of GB 2312: 6,763 hanzi and 682 others."""
    chars = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                chars.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                pass  # unassigned cell
    return chars


def open_face(path, family):
    """The face of the collection whose family name is `family`."""
    faces = TTCollection(path, lazy=True).fonts
    for number, face in enumerate(faces):
        if face["name"].getDebugName(1) == family:
            return TTFont(path, fontNumber=number, recalcTimestamp=False)
    raise SystemExit(f"{path}: no face named {family}")


def add_operators(font, math):
    """Give a Latin font the minus sign and the operators it lacks.

    The minus is the horizontal bar of the font's own plus sign, so it has that
    font's weight and the width of its figures. The others are copied from Noto
    Sans Math, which exists in the regular weight only.
    """
    glyf, hmtx = font["glyf"], font["hmtx"]
    cmap = font.getBestCmap()
    new = {}

    plus = cmap[ord("+")]
    points = glyf[plus].getCoordinates(glyf)[0]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    ends = [y for x, y in points if x == left]
    pen = TTGlyphPen(None)
    pen.moveTo((left, min(ends)))
    for corner in ((left, max(ends)), (right, max(ends)), (right, min(ends))):
        pen.lineTo(corner)
    pen.closePath()
    new[0x2212] = pen.glyph(), (hmtx[plus][0], left)

    if math["head"].unitsPerEm != font["head"].unitsPerEm:
        raise SystemExit("Noto Sans Math: not the units per em of the text font")
    math_cmap, math_glyphs = math.getBestCmap(), math.getGlyphSet()
    for char in OPERATORS:
        name = math_cmap[ord(char)]
        recording = DecomposingRecordingPen(math_glyphs)
        math_glyphs[name].draw(recording)
        pen = TTGlyphPen(None)
        recording.replay(pen)
        new[ord(char)] = pen.glyph(), math["hmtx"][name]

    for code, (glyph, metrics) in new.items():
        if code in cmap:
            continue
        name = f"uni{code:04X}"
        glyf[name] = glyph  # also appends the name to the glyph order
        hmtx[name] = metrics
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name


def make_subset(font, chars, features):
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.name_languages = [0x409]  # English
    options.name_legacy = False
    options.glyph_names = False
    options.recalc_timestamp = False  # the source's dates: same bytes every run
    options.harfbuzz_repacker = False  # the same bytes with or without uharfbuzz
    # No vertical text in the report.
    options.drop_tables += ["vhea", "vmtx", "VORG"]
    # Variation selectors would bring in Japanese shapes.
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format != 14]

    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=chars)
    subsetter.subset(font)
    if "CFF " in font:
        # The faces of a collection share one CFF table, named after the
        # Japanese face.
        font["CFF "].cff.fontNames = [font["name"].getDebugName(6)]


def ranges_text(codes):
    """Code points as "U+0180-0183 U+2E3B", "none" for none.

    Those Unicode has not assigned are left out.
    """
    runs = []
    for code in sorted(c for c in codes if unicodedata.category(chr(c)) != "Cn"):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    texts = (f"U+{a:04X}" if a == b else f"U+{a:04X}-{b:04X}" for a, b in runs)
    return " ".join(texts) or "none"


def write(font, path, wanted):
    """Save the font, print what it holds and return its characters."""
    font.save(path, reorderTables=True)
    data = path.read_bytes()
    have = set(TTFont(path).getBestCmap())
    print(f"{path.name}: {len(data):,} bytes, {len(have):,} characters")
    print(f"  source: {font['name'].getDebugName(5)}")
    print(f"  sha256: {hashlib.sha256(data).hexdigest()}")
    print(f"  missing: {ranges_text(wanted - have)}")
    return have


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--cjk-dir", type=Path, default=CJK_DIR)
    parser.add_argument("--latin-dir", type=Path, default=LATIN_DIR)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if FONTTOOLS_VERSION != FONTTOOLS_PINNED:
        print(f"note: fonttools {FONTTOOLS_VERSION}, not {FONTTOOLS_PINNED}")

    latin = expand(LATIN_RANGES) | {ord(c) for c in OPERATORS}
    cjk = latin | expand(CJK_RANGES) | tgh() | gb2312() | {ord(c) for c in PLACE_NAMES}
    math = TTFont(args.latin_dir / "NotoSansMath-Regular.ttf")

    for design, family in CJK_FAMILIES.items():
        for style in STYLES:
            font = TTFont(
                args.latin_dir / f"Noto{design}-{style}.ttf", recalcTimestamp=False
            )
            add_operators(font, math)
            make_subset(font, latin, LATIN_FEATURES)
            have = write(font, args.out / f"Noto{design}-{style}.ttf", latin)

            font = open_face(args.cjk_dir / f"Noto{design}CJK-{style}.ttc", family)
            make_subset(font, cjk, CJK_FEATURES)
            have |= write(font, args.out / f"Noto{design}CJKsc-{style}.otf", cjk)
            print(f"  missing from both: {ranges_text(cjk - have)}")


if __name__ == "__main__":
    main()
