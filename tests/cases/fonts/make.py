"""rare.ttf from HanaMinB.ttf of the Debian package fonts-hanazono: python make.py HanaMinB.ttf"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1], recalcTimestamp=False)
options = subset.Options(name_IDs=[0, 1, 2, 3, 4, 6, 13, 14], notdef_outline=True, layout_features=[])
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=[0x20BB7])
subsetter.subset(font)
for name in font["name"].names:
    if name.nameID in (1, 3, 4):
        name.string = "Rare Test"
    if name.nameID == 6:
        name.string = "RareTest"
font.save("rare.ttf")
