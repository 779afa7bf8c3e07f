"""What looks like a telephone number among words; whether it is one, ``extraction.values`` says."""

from __future__ import annotations

import re

#: From a "+" or a 0 on, as it is written: no year, and no sum of money.
LIKE_PHONE = re.compile(r"(?:\+|\b0)[\d ./()-]{7,18}\d")
