"""N fictional cities, each with its own name, figures and milestones, in three languages, as a project.

    python3 benches/cities.py 500 /tmp/many
    gen-report --project /tmp/many

Up to 1 000 are in the results file; more are beside it as a stream of YAML documents.
"""

import pathlib
import sys

LATIN = [
    ["Ka", "Lo", "Mi", "Su", "Ve", "Ta", "Or", "Ni", "Be", "Ru", "Pa", "El", "Do", "Ha", "Zi", "Ca", "Fe", "Gu", "Ja", "Wo"],
    ["ra", "len", "mo", "si", "tur", "ven", "do", "qua", "ri", "ston", "be", "lo", "mar", "ne", "xi", "ga", "pel", "ru", "das", "vi"],
    ["", "ta", "na", "lis", "port", "mond", "ville", "do", "ra", "berg", "grad", "stad", "mar", "polis", "dal", "via", "wick", "ness", "field", "mor"],
]
HAN = [
    "云海星岚沧澄明远青白金玉松柏兰芷江湖平安",
    "川溪洲港陵原城泉岭浦湾津阳安宁乐和昌盛丰",
    ["", "新", "南", "北", "东", "西", "上", "下", "中", "大", "小", "古", "长", "高", "广", "永", "太", "天", "水", "石"],
]
COUNTRIES = [
    ("Aurélie", "Aurelia", "澄海国"),
    ("Méridie", "Meridia", "明陆国"),
    ("Borée", "Borea", "北原国"),
    ("Vespérie", "Vesperia", "西屿国"),
]

CITY = """\
  - id: {id}
    name: {{fr: {latin}, en: {latin}, zh: {{name: {han}, full: {han}市}}}}
    country: {{fr: {fr}, en: {en}, zh: {zh}}}
    status: selected
    rank: {rank}
    figures:
      digital-enterprises: {{value: {a}000, unit: enterprise, hedge: over, nature: observed, source: beijing-daily}}
      digital-economy-size: {{value: {b}00_000_000, unit: cny, hedge: over, nature: forecast, period: 2025, source: beijing-daily}}
      digital-economy-value-added: {{value: {c}00_000_000, unit: cny, hedge: over, nature: forecast, period: 2024, source: beijing-daily}}
      digital-economy-share: {{value: {d}, unit: percent, hedge: over, nature: forecast, period: 2024, source: beijing-daily}}
      ai-enterprises: {{value: {e}00, unit: enterprise, hedge: over, nature: observed, source: beijing-daily}}
      ai-core-revenue: {{value: {f}00_000_000, unit: cny, hedge: over, nature: observed, source: beijing-daily}}
      digital-manufacturers: {{value: {g}0, unit: enterprise, hedge: almost, nature: observed, period: end of 2024, source: beijing-daily}}
      digital-patents-rank: {{value: {h}, unit: rank, nature: observed, period: end of 2024, source: beijing-daily}}
    key-figures: [digital-economy-size, digital-economy-share, digital-enterprises, ai-enterprises]
    milestones: {{benchmark-ambition: 2021}}
"""


def city(i):
    """The i-th city; 8 000 names differ, then a number joins them."""
    a, b, c = i % 20, (i // 20 + i) % 20, (i // 400 + i // 20) % 20
    more = f" {i // 8000 + 1}" if i >= 8000 else ""
    latin = LATIN[0][a] + LATIN[1][b] + LATIN[2][c] + more
    han = HAN[2][c] + HAN[0][a] + HAN[1][b] + more.strip()
    fr, en, zh = COUNTRIES[i % 4]
    return CITY.format(
        id=f"city-{i + 1}", latin=latin, han=han, fr=fr, en=en, zh=zh, rank=i + 1,
        a=20 + i * 7 % 380, b=3000 + i * 37 % 16000, c=2000 + i * 29 % 9000, d=15 + i * 3 % 50,
        e=8 + i * 11 % 90, f=400 + i * 17 % 2600, g=10 + i * 13 % 170, h=1 + i % 30,
    )  # fmt: skip


def write(count, folder):
    root = pathlib.Path(__file__).resolve().parent.parent
    embedded = (root / "reports/results.yaml").read_text(encoding="utf-8")
    head, _ = embedded.split("\ncities:\n")
    head = head.replace("# yaml-language-server: $schema=results.schema.json\n", "")
    # A key figure of the edition can name a city only if the results file itself lists the cities.
    keys = "\n    - beijing/digital-manufacturers\n    - beijing/digital-economy-size\n    - beijing/digital-economy-share"
    head = head.replace(keys, keys.replace("beijing", "city-1") if count <= 1000 else "")
    reports = pathlib.Path(folder, "reports")
    reports.mkdir(parents=True, exist_ok=True)
    with open(reports / "results.yaml", "w", encoding="utf-8") as out:
        if count <= 1000:
            out.write(f"{head}\ncities:\n")
            out.writelines(city(i) for i in range(count))
        else:
            out.write(f"{head}\ncities: {{from: cities.yaml}}\n")
    if count > 1000:
        with open(reports / "cities.yaml", "w", encoding="utf-8") as out:
            for i in range(count):
                own = city(i).replace("  - id", "    id", 1)
                out.write("---\n" + "".join(line[4:] + "\n" for line in own.splitlines()))


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2])
