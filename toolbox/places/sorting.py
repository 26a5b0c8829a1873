"""The Norwegian alphabet, for putting names in order and for finding a name however it was typed."""

from __future__ import annotations

import re
import unicodedata

#: Letters that Unicode does not take apart into a base letter and an accent.
_PLAIN = str.maketrans({"đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "œ": "ø", "ä": "æ", "ö": "ø"})

#: Three letters follow z. Spelt with ASCII letters, they keep their places under any database collation.
_AFTER_Y = str.maketrans({"z": "za", "æ": "zb", "ø": "zc", "å": "zd"})


def fold(text: str) -> str:
    """The same short form for «VÅLER», « våler » and «Vaaler»: what two spellings of one name share.

    Lower case, æ, ø and å kept, aa read as å, other accents taken off, and every run of spaces, hyphens and
    other signs made one space. Never shown to anybody.
    """
    letters = unicodedata.normalize("NFC", text).casefold().translate(_PLAIN)
    plain = "".join(
        letter if letter == "å" else unicodedata.normalize("NFD", letter)[0] if letter.isalpha() else letter
        for letter in letters
        if not unicodedata.combining(letter)
    )
    return re.sub(r"[\W_]+", " ", plain.replace("aa", "å")).strip()


def sort_key(text: str) -> str:
    """A key that puts names in Norwegian order: … y, z, æ, ø, å, aa as å («Aasen» stands with «Åsen»).

    For Norwegian names it holds ASCII digits and lower-case letters only, so that any database can store and
    sort it. A space comes before every letter.
    """
    return fold(text).translate(_AFTER_Y).replace(" ", "0")
