"""Adds up what meson and pytest ran: names what was skipped and why, then "N passed, N failed".

usage: count_tests.py TESTLOG.json PYTEST.xml [STEP...]   each STEP is one that failed beside them
"""

import json
import sys
import xml.etree.ElementTree as ElementTree


def meson_results(path):
    """(outcome, name, reason) of each test in meson's log, which has a JSON object a line."""
    outcomes = {"OK": "passed", "EXPECTEDFAIL": "passed", "SKIP": "skipped"}
    with open(path, encoding="utf-8") as log:
        for line in log:
            test = json.loads(line)
            reason = (test.get("stdout") or "").strip().splitlines()
            yield outcomes.get(test["result"], "failed"), test["name"], reason[-1] if reason else ""


def pytest_results(path):
    """The same for pytest's JUnit file."""
    for case in ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        skipped = case.find("skipped")
        if skipped is not None:
            yield "skipped", name, skipped.get("message", "")
        elif case.find("failure") is not None or case.find("error") is not None:
            yield "failed", name, ""
        else:
            yield "passed", name, ""


def main():
    results = [
        *meson_results(sys.argv[1]),
        *pytest_results(sys.argv[2]),
        *(("failed", step, "") for step in sys.argv[3:]),
    ]
    count = {"passed": 0, "failed": 0, "skipped": 0}
    for outcome, name, reason in results:
        count[outcome] += 1
        if outcome != "passed":
            print(f"{outcome}: {name} {reason}".rstrip())
    print(f"{count['skipped']} skipped")
    print(f"{count['passed']} passed, {count['failed']} failed")
    return 1 if count["failed"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
