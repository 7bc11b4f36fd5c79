"""A SARIF log against the schema of its standard, which the npm package @microsoft/jest-sarif holds."""
import json
import sys

from jsonschema import validators

schema, log = (json.load(open(path)) for path in sys.argv[1:3])
assert log["runs"][0]["results"], "the log holds no finding"
judge = validators.validator_for(schema)
judge.check_schema(schema)
problems = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in judge(schema).iter_errors(log)]
assert not problems, "\n".join(problems)
