"""On the shipped policy versions that were published a moment ago are left out, and the newest older one
is named."""
import datetime
import json
import unittest

from field import Field, Registry, npm_directories

YOUNG = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
PACKAGES = {
    "ripe": {"1.0.0": {}, "1.1.0": {}, "1.2.0": {"time:": YOUNG}},
    "green": {"1.0.0": {"time:": YOUNG}},
    "branch": {"1.0.0": {"dependencies": {"ripe": "^1.0.0"}}},
}


class Cooldown(unittest.TestCase):
    def setUp(self):
        self.versions = npm_directories()
        if not self.versions:
            self.skipTest("npm is not here")

    def each(self, check):
        for name, directories in self.versions:
            with self.subTest(npm=name):
                field = Field(directories)
                self.addCleanup(field.remove)
                registry = Registry(field, packages=json.loads(json.dumps(PACKAGES)))
                self.addCleanup(registry.stop)
                field.write("package.json", {"name": "sample", "version": "1.0.0"})
                field.write(".npmrc", f"registry={registry.url}\n")
                check(field)

    def installed(self, field, name):
        manifest = field.project / "node_modules" / name / "package.json"
        return json.loads(manifest.read_text())["version"] if manifest.exists() else None

    def test_a_range_gets_the_newest_version_that_is_old_enough(self):
        def check(field):
            result = field.run("npm", "install", "branch")
            self.assertEqual(result.code, 0, str(result))
            self.assertEqual(self.installed(field, "ripe"), "1.1.0")
            # Nothing that the caller says, and no setting, makes an exception.
            for words, variables in [
                (["--before=2099-01-01"], {}), (["--min-release-age=0"], {}),
                ([], {"npm_config_before": "2099-01-01"}),
                (["--min-release-age-exclude=ripe"], {}),
            ]:
                result = field.run("npm", "install", "ripe", *words, **variables)
                self.assertEqual(result.code, 0, str(result))
                self.assertEqual(self.installed(field, "ripe"), "1.1.0", str(words))
            field.run("npm", "uninstall", "ripe")
            file = field.project / ".npmrc"
            file.write_text(
                file.read_text() + "before=2099-01-01\nmin-release-age-exclude[]=ripe\n")
            field.run("npm", "install", "ripe")
            self.assertEqual(self.installed(field, "ripe"), "1.1.0")

        self.each(check)

    def test_a_pin_of_a_young_version_is_refused_and_an_older_one_named(self):
        def check(field):
            result = field.run("npm", "install", "ripe@1.2.0")
            self.assertEqual(result.code, 77, str(result))
            self.assertIn(b"ripe@1.2.0", result.err)
            self.assertIn(b"the newest that is old enough is ripe@1.1.0", result.err)
            self.assertIsNone(self.installed(field, "ripe"))
            self.assertFalse((field.project / "package-lock.json").exists())

        self.each(check)

    def test_a_package_with_young_versions_only_is_refused(self):
        def check(field):
            result = field.run("npm", "install", "green")
            self.assertEqual(result.code, 77, str(result))
            self.assertIn(b"no version of it is old enough", result.err)

        self.each(check)

    def test_a_version_that_does_not_exist_is_npms_own_error(self):
        def check(field):
            result = field.run("npm", "install", "ripe@7.0.0")
            self.assertNotIn(result.code, (0, 77), str(result))

        self.each(check)


if __name__ == "__main__":
    unittest.main()
