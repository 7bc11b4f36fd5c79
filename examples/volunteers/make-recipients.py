"""Writes reports/recipients.csv: 10 000 fictional recipients, each with a team and hours of service."""

import csv
from pathlib import Path

GIVEN = """Ada Adam Agathe Alba Alma Anatole Anna Arno Astrid Aurel Bea Benno Berthe Blaise Bruno Carla Cecil Celia Clovis Cora
Dalia Dario Delia Denis Dora Edda Edgar Elio Ella Elma Emil Enzo Erna Esme Etta Fabio Fanny Felix Fiona Flora Gaspard Gemma
Gilda Gino Greta Hanna Hedda Hector Hugo Ida Igor Ilse Ines Iris Isa Jana Jasper Jonas Judith Jules Karl Katia Klara Lara Lea
Leo Lina Livia Lou Luca Mael Malo Mara Marius Milo Mina Mona Nell Nico Nils Nora Odile Olga Oscar Otto Paola Pia Quentin Rita
Romy Rosa Sacha Selma Silas Simon Talia Theo Tilda Ursule Viola""".split()
FAMILY_START = "Amber Bramble Candle Dapple Ember Feather Ginger Hazel Ivory Juniper".split()
FAMILY_END = "bridge brook down field ford gate lane moor stone wick".split()
TEAMS = [("welcome", "d’accueil"), ("transport", "des transports"), ("first-aid", "de secours"), ("boat", "des bateaux"), ("press", "de presse")]

families = [start + end for start in FAMILY_START for end in FAMILY_END]
assert len(GIVEN) == len(set(GIVEN)) == len(families) == 100
with open(Path(__file__).parent / "reports/recipients.csv", "w", encoding="utf-8", newline="") as file:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["number", "name", "team", "équipe", "hours"])
    for at in range(10_000):
        # 37 and 100 have no common factor: each pair of names occurs once, and neighbours differ.
        given, family = GIVEN[at * 37 % 100], families[(at // 100 + at) % 100]
        team = TEAMS[at * 7 // 3 % len(TEAMS)]
        rows.writerow([f"v-{at + 1:05}", f"{given} {family}", *team, 4 + at * 29 % 61])
