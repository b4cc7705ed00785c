"""Which letters look like others, and which lie side by side under a finger."""

from __future__ import annotations

from functools import cache

# https://www.unicode.org/Public/security/14.0.0/confusables.txt, rows of 29 May 2021: what looks
# like one letter, digit or hyphen of ASCII. Of its rows these are the Cyrillic, Greek, Armenian
# and Latin ones of the first plane, and the hyphens; letters in other widths and styles are known
# to Unicode's compatibility normalisation.
_CONFUSABLES = """
- 2010 2011 2012 2013 2043 2212
2 A75A 01A7 A644
3 A7AB 021C 01B7 A76A 0417 04E0
5 01BC
6 0431
8 0223 0222
9 A76E
A 0391 0410
B A7B4 0392 0412
C 03F9 0421
E 0395 0415
F A798 03DC
G 050C
H 0397 041D
J A7B2 037F 0408
K 039A 041A
M 039C 03FA 041C
N 039D
O 039F 041E 0555
P 03A1 0420
R 01A6
S 0405 054F
T 03A4 0422
U 054D
V 0474
W 051C
X A7B3 03A7 0425
Y 03A5 03D2 0423 04AE
Z 0396
a 0251 03B1 0430
b 0184 042C
c 1D04 03F2 0441
d 0501
e AB32 0435 04BD
f AB35 A799 1E9D 0584
g 0261 1D83 018D 0581
h 04BB 0570
i 0131 026A 0269 03B9 1FBE 037A 0456 A647 04CF
j 03F3 0458
l 0196 01C0 0399 0406 04C0
n 0578 057C
o 1D0F 1D11 AB3D 03BF 03C3 043E 0585
p 03C1 03F1 0440
q 051B 0563 0566
r AB47 AB48 1D26 0433
s A731 01BD 0455
u A79F 1D1C AB4E AB52 028B 03C5 057D
v 1D20 03BD 0475
w 026F 1D21 0461 051D 0561
x 0445
y 0263 1D8C 028F 1EFF AB5A 03B3 0443 04AF
z 1D22
"""

ALIKE = (("l", "1"), ("i", "l"), ("l", "i"), ("i", "1"), ("o", "0"), ("0", "o"))
"""Single letters and digits of ASCII that are taken for each other. In ids the Hub makes no
difference between capital and small letters, but a reader sees one: `I` is a small `i` there."""

ALIKE_IN_PAIRS = (("m", "rn"), ("w", "vv"), ("d", "cl"))
"""Pairs that are taken for one letter. Of these and of those above the same file has 0 and O, 1,
I and l, m and rn; the other two are commonly named with them."""

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def latin(text: str) -> str | None:
    """The ASCII text that a text with other letters in it looks like, if all of it does."""
    from unicodedata import normalize  # ids are ASCII but for such tricks

    seen = normalize("NFKC", text).translate(_confusables())
    return seen if seen.isascii() else None


def folded(text: str) -> str:
    """The same for all ASCII texts that look alike, and for hardly any others."""
    shape = text.casefold().replace("1", "l").replace("i", "l").replace("0", "o")
    for one, pair in ALIKE_IN_PAIRS:
        shape = shape.replace(pair, one)
    return shape


def are_neighbours(one: str, other: str) -> bool:
    """Whether two keys touch each other on a QWERTY keyboard."""
    return other in neighbours(one)


def neighbours(key: str) -> str:
    """The keys that touch one, as on a keyboard whose rows are shifted by half a key each."""
    for number, row in enumerate(_ROWS):
        at = row.find(key)
        if at >= 0:
            above = _ROWS[number - 1][at : at + 2] if number else ""
            below = _ROWS[number + 1][max(0, at - 1) : at + 1] if number + 1 < len(_ROWS) else ""
            return row[max(0, at - 1) : at] + row[at + 1 : at + 2] + above + below
    return ""


@cache
def _confusables() -> dict[int, str]:
    rows = (line.split() for line in _CONFUSABLES.strip().splitlines())
    return {int(code, 16): letter for letter, *codes in rows for code in codes}
