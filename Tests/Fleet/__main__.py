"""Ships a chain with the real rsyslog (imfile, RELP) into the real PostgreSQL, as docs/fleet.md says.

    python3 Tests/Fleet [PATTERN...]

Both rsyslogd and PostgreSQL run in a scratch directory on sockets and a loopback port of their own,
with the files of docs/examples/fleet; only places and ports are changed. Ends with one line:
`fleet: N passed, N failed, N skipped`. Where a server is not installed its tests are skipped.
"""
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "RealTools"))
sys.dont_write_bytecode = True


def main():
    loader = unittest.TestLoader()
    if sys.argv[1:]:
        loader.testNamePatterns = [f"*{pattern}*" for pattern in sys.argv[1:]]
    suite = loader.discover(str(HERE), pattern="test_*.py")
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    for test, reason in result.skipped:
        print(f"skipped: {test.id()}: {reason}")
    failed = {broken.id().split(" ")[0] for broken, _ in result.failures + result.errors}
    passed = result.testsRun - len(failed) - len(result.skipped)
    print(f"fleet: {passed} passed, {len(failed)} failed, {len(result.skipped)} skipped")
    sys.exit(1 if failed else 0)


main()
