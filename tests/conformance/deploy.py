"""Validates the AWS Batch files with the service's own model, which botocore contains. Nothing is sent."""

import json
import sys
from pathlib import Path

from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

folder = Path(sys.argv[1])
model = ServiceModel(Loader().load_service_model("batch", "service-2"))
calls = {"job-definition.json": "RegisterJobDefinition", "job.json": "SubmitJob", "merge.json": "SubmitJob"}
assert set(calls) == {path.name for path in folder.glob("*.json")}, "a file that no call is known for"
read = {name: json.loads((folder / name).read_text()) for name in calls}


def problems(call, given):
    return ParamValidator().validate(given, model.operation_model(call).input_shape)


for name, call in calls.items():
    found = problems(call, read[name])
    assert not found.has_errors(), f"{name}: {found.generate_report()}"
    # The validator rejects an unknown key.
    assert problems(call, read[name] | {"jobNames": 1}).has_errors(), name

definition = read["job-definition.json"]
for name in ("job.json", "merge.json"):
    assert read[name]["jobDefinition"] == definition["jobDefinitionName"], name
    assert set(read[name].get("parameters", {})) <= set(definition["parameters"]), name
print(f"{len(calls)} AWS Batch files fit the model of {model.service_name} {model.api_version}")
