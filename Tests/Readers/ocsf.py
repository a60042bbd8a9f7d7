"""Holds JSON lines from standard input against the published OCSF schema.

Needs `ocsf-json-schema` and `jsonschema` (scripts/prepare-tools puts them into .cache/tools/readers).
Prints one line for each finding and ends with `N events, N findings`; exit 1 where there is one.
The published schema is closed: a member that it does not know is a finding.
"""
import json
import sys

import jsonschema
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

CLASS = 1007


def main():
    events = [json.loads(line) for line in sys.stdin]
    schemas = {}
    findings = 0
    for number, event in enumerate(events, 1):
        version = event["metadata"]["version"]
        profiles = tuple(event["metadata"].get("profiles", []))
        if (version, profiles) not in schemas:
            published = OcsfJsonSchemaEmbedded(get_ocsf_schema(version=version))
            name = published.lookup_class_name_from_uid(CLASS)
            schema = published.get_class_schema(name, profiles=list(profiles))
            schemas[version, profiles] = jsonschema.Draft202012Validator(schema)
        problems = [error.message for error in schemas[version, profiles].iter_errors(event)]
        if event["type_uid"] != event["class_uid"] * 100 + event["activity_id"]:
            problems.append("type_uid is not class_uid * 100 + activity_id")
        for problem in problems:
            findings += 1
            print(f"event {number}: {problem[:300]}")
    print(f"{len(events)} events, {findings} findings")
    sys.exit(1 if findings or not events else 0)


main()
