"""Adds fictional cities to the results of a new project: cities.py FILE COUNT"""

import sys

with open(sys.argv[1], "a") as results:
    for number in range(1, int(sys.argv[2]) + 1):
        results.write(f"""
  - id: city-{number:03}
    name: Example {number}
    country: Exemplaria
    status: selected
    rank: {number + 3}
    figures:
      residents: {{value: {1000 + number}, unit: resident, nature: observed, source: yearbook}}
    key-figures: [residents]
""")
