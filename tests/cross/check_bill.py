# SPDX-License-Identifier: Apache-2.0
"""Holds bills of materials against the schemas and rules of their formats; says what is wrong.

usage: check_bill.py FILE...   .cdx.json is CycloneDX, .spdx.json is SPDX
"""

import json
import sys
from pathlib import Path


def faults_of_cyclonedx(file: Path) -> list[str]:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    version = SchemaVersion.from_version(json.loads(file.read_text())["specVersion"])
    error = JsonStrictValidator(version).validate_str(file.read_text())
    return [] if error is None else [str(error)]


def faults_of_spdx(file: Path) -> list[str]:
    from spdx_tools.spdx.parser.parse_anything import parse_file
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

    return [found.validation_message for found in validate_full_spdx_document(parse_file(str(file)))]


def main() -> int:
    faults = []
    for file in map(Path, sys.argv[1:]):
        check = faults_of_cyclonedx if file.name.endswith(".cdx.json") else faults_of_spdx
        faults += [f"{file.name}: {fault}" for fault in check(file)]
    print("\n".join(faults), end="")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
