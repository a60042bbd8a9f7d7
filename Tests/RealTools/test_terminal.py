"""An interactive shell with job control at a terminal: a staged install is stopped, continued and
interrupted as bare npm would be, and the terminal is as it was."""
import fcntl
import os
import pty
import select
import signal
import subprocess
import termios
import time

from test_installs import InstallTest

PROMPT = "ready> "


class Terminal(InstallTest):
    def setUp(self):
        super().setUp()
        self.need("bash")
        self.screen, inner = pty.openpty()
        self.addCleanup(os.close, self.screen)
        self.seen = ""
        self.shell = subprocess.Popen(
            ["bash", "--norc", "--noprofile", "-i"], stdin=inner, stdout=inner, stderr=inner,
            cwd=self.field.project, start_new_session=True, close_fds=True,
            preexec_fn=self.take_terminal,
            env=self.field.environment(PS1=PROMPT, TERM="dumb", HISTFILE=""))
        os.close(inner)
        self.addCleanup(self.end_shell)
        self.expect(PROMPT)

    @staticmethod
    def take_terminal():
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        # What runs the tests may ignore these, and so would everything that the shell starts.
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)

    def end_shell(self):
        os.write(self.screen, b"\x03\nexit\nexit\n")
        try:
            self.shell.wait(10)
        except subprocess.TimeoutExpired:
            self.shell.kill()
            self.shell.wait()

    def type(self, text):
        os.write(self.screen, text.encode())

    def expect(self, text, seconds=30):
        """Reads until the text is on the screen, and forgets what came before it."""
        deadline = time.monotonic() + seconds
        while text not in self.seen:
            ready, _, _ = select.select([self.screen], [], [], deadline - time.monotonic())
            if not ready:
                self.fail(f"no {text!r} on the screen: {self.seen!r}")
            self.seen += os.read(self.screen, 65_536).decode(errors="replace")
        before, _, self.seen = self.seen.partition(text)
        return before

    def code(self):
        """Of the line before."""
        self.type("echo code=$?.\n")
        self.expect("\ncode=")
        code = int(self.expect("."))
        self.expect(PROMPT)
        return code

    def modes(self):
        """The terminal's, as a program finds them that the shell starts."""
        self.type("echo modes=$(stty -g).\n")
        self.expect("\nmodes=")
        modes = self.expect(".")
        self.expect(PROMPT)
        return modes

    def wait_for_archive(self):
        """Until npm waits for what the registry is slow to send."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if any(request["path"].endswith("slow-1.0.0.tgz") for request in self.source.requests()):
                return
            time.sleep(0.02)
        self.fail("the install did not come to its second phase")

    def begin_slow_install(self):
        self.before = self.modes()
        self.type("npm install slow\n")
        self.wait_for_archive()

    def assert_terminal_is_sane(self):
        self.assertEqual(self.modes(), self.before)

    def test_a_stopped_install_goes_on_in_the_foreground(self):
        self.begin_slow_install()
        self.type("\x1a")
        self.expect("Stopped")
        time.sleep(2.5)
        self.assertIsNone(self.version("slow"), "it went on while it was stopped")
        self.type("fg\n")
        self.expect(PROMPT)
        self.expect(PROMPT)
        self.assertEqual(self.code(), 0)
        self.assertEqual(self.version("slow"), "1.0.0")
        self.assert_clean()
        self.assert_terminal_is_sane()

    def test_a_stopped_install_goes_on_in_the_background(self):
        self.begin_slow_install()
        self.type("\x1a")
        self.expect("Stopped")
        self.expect(PROMPT)
        self.type("bg; wait; echo all-done.\n")
        self.expect("\nall-done.")
        self.expect(PROMPT)
        self.assertEqual(self.version("slow"), "1.0.0")
        self.assert_clean()
        self.assert_terminal_is_sane()

    def test_an_interrupt_key_ends_it_and_leaves_the_project_as_it_was(self):
        before = self.snapshot()
        self.begin_slow_install()
        self.type("\x03")
        self.expect(PROMPT)
        # npm ends with 1 where it is interrupted while it installs, before that by the signal.
        self.assertIn(self.code(), (1, 128 + signal.SIGINT))
        self.assertEqual(self.snapshot(), before)
        self.assert_clean()
        self.assert_terminal_is_sane()
        # The terminal is the shell's again.
        self.type("echo still-$((40 + 2)).\n")
        self.expect("\nstill-42.")

    def test_a_person_sees_what_takes_long_while_it_does(self):
        self.type("npm install left\n")
        self.expect("\n" + PROMPT)
        self.type("npm ci\n")
        self.expect("shimgate: asking registries about 1 package ...")
        self.expect("\r" + " " * len("shimgate: asking registries about 1 package ...") + "\r")
        self.expect(PROMPT)
        self.assertEqual(self.code(), 0)
        quiet = self.field.run("npm", "ci")
        self.assertNotIn(b"asking registries", quiet.err)
