"""Checks that each figure of the example edition is in the right PDFs, in the form of each language.

Usage: figures.py OUT      (pip install pypdf)
U+202F has a glyph of its own and is read back as such; U+00A0 shares the glyph of the space.
"""
import pathlib
import sys

from pypdf import PdfReader

NN = "\u202f"
CITY, EDITION, CERTIFICATE = "press-release-beijing", "press-release", "certificate-beijing"
EXPECTED = {
    "fr": {
        CITY: [f"plus de 200{NN}000 entreprises", f"plus de 2{NN}500 milliards de yuans",
               f"dépasser 2{NN}200 milliards de yuans", "plus de 52 %", f"plus de 2{NN}400 entreprises",
               "plus de 300 milliards de yuans", "près de 600 entreprises", "plus de 20 pays", "première place", "premier rang",
               "28 novembre 2025", "février 2025", "fin 2024", "8 décembre 2025", "Exemple sans valeur officielle"],
        EDITION: ["plus de 20 pays", f"dépasser 2{NN}200 milliards de yuans", "28 novembre 2025", "février 2025"],
        CERTIFICATE: ["première", "plus de 20 pays", "28 novembre 2025", "2025-01-0001", "Beijing"],
    },
    "en": {
        CITY: ["more than 200,000 enterprises", "more than 2.5 trillion yuan", "exceed 2.2 trillion yuan",
               "more than 52%", "more than 2,400 enterprises", "more than 300 billion yuan", "nearly 600 enterprises",
               "more than 20 countries", "first", "Nov. 28, 2025", "February 2025", "the end of 2024", "Dec. 8, 2025"],
        EDITION: ["more than 20 countries", "exceed 2.2 trillion yuan", "Nov. 28, 2025", "February 2025"],
        CERTIFICATE: ["first", "more than 20 countries", "November 28, 2025", "2025-01-0001", "Beijing"],
    },
    "zh": {
        CITY: ["20多万家企业", "超过2.5万亿元", "突破2.2万亿元", "52%以上", "2400多家企业", "超过3000亿元", "近600家企业",
               "20多个国家", "第一", "2025年11月28日", "2025年2月", "2024年底", "2025年12月8日"],
        EDITION: ["20多个国家", "突破2.2万亿元", "2025年11月28日", "2025年2月"],
        CERTIFICATE: ["第一", "20多个国家", "2025年11月28日", "2025-01-0001", "北京市"],
    },
}


def squeeze(text: str, language: str) -> str:
    text = text.replace("\u00a0", " ").replace("\n", "" if language == "zh" else " ")
    # A reader may put spaces between Chinese and Latin characters, which no text has.
    return text.replace(" ", "") if language == "zh" else " ".join(part for part in text.split(" ") if part)


failed = 0
for language, documents in EXPECTED.items():
    for name, texts in documents.items():
        pages = PdfReader(pathlib.Path(sys.argv[1]) / language / f"{name}.pdf").pages
        whole = squeeze("\n".join(page.extract_text() for page in pages), language)
        for text in texts:
            if squeeze(text, language) not in whole:
                failed += 1
                print(f"{language}/{name}.pdf lacks {text!r}")
        for residue in ("{$", "{ $", "()", "\u2068", "\u2069", "{{", "\ufffd"):
            if residue in whole:
                failed += 1
                print(f"{language}/{name}.pdf shows {residue!r}")
sys.exit(1 if failed else 0)
