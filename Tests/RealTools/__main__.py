"""Runs the real-tool tests: `python3 Tests/RealTools [PATTERN...]`.

Prints each failure and each skipped test with its reason, and ends with one line:
`real tools: N passed, N failed, N skipped`.
"""
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def main():
    loader = unittest.TestLoader()
    if sys.argv[1:]:
        loader.testNamePatterns = [f"*{pattern}*" for pattern in sys.argv[1:]]
    suite = loader.discover(str(HERE), pattern="test_*.py")
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    for test, reason in result.skipped:
        print(f"skipped: {test.id()}: {reason}")
    # One test can fail in several of its cases; it still counts as one.
    failed = {broken.id().split(" ")[0] for broken, _ in result.failures + result.errors}
    passed = result.testsRun - len(failed) - len(result.skipped)
    print(f"real tools: {passed} passed, {len(failed)} failed, {len(result.skipped)} skipped")
    sys.exit(1 if failed else 0)


main()
