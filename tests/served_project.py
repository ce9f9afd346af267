"""A project that `archfolio serve` runs for, and what an open page of it is told."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from projects import Project

ARCHFOLIO = (sys.executable, "-c", "from archfolio.render.cli.main import main; main()")
PATIENCE = 15.0
SECOND = """
@view("Training")
def training() -> None:
    \"\"\"Somebody waits.\"\"\"
    import os, time
    from pathlib import Path
    deadline = time.monotonic() + 20
    while not Path({gate!r}).exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    Kafka("In time" if Path({gate!r}).exists() else "Too late") >> Kafka("Log")
    {end}
"""


class Events:
    """What an open page is told, for as long as one has patience: `seconds`."""

    def __init__(self, port, seconds=4 * PATIENCE):
        self._seconds = seconds
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._connection.request("GET", "/-/events")
        self._lines = self._connection.getresponse()

    def next(self, deadline=None):
        """Wait for an event; its name and content."""
        name, deadline = "", deadline or time.monotonic() + self._seconds
        while True:
            assert time.monotonic() < deadline, "nothing was told"
            line = self._lines.readline().decode().strip()
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return name, json.loads(line.removeprefix("data: "))

    def status(self, wanted=bool):
        """Wait for a status that is as wanted, whatever else is told meanwhile."""
        deadline = time.monotonic() + self._seconds
        while True:
            name, content = self.next(deadline)
            if name == "status" and wanted(content):
                return content

    def close(self):
        self._lines.close()  # it holds the socket too
        self._connection.close()


class Served(Project):
    """A project that `archfolio serve` is running for."""

    @property
    def talk(self):
        return self.folder / "talk.txt"

    def start(self, *options, **variables):
        command = [*ARCHFOLIO, "serve", "--systems", str(self.systems), "-o", str(self.site), "-j", "2", *options]
        env = os.environ | variables
        with self.talk.open("w") as talk:
            self.process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=talk, text=True, env=env, cwd=self.folder
            )
        self.address = self.process.stdout.readline().strip()
        self.port = int(self.address.rstrip("/").rpartition(":")[2])
        self.events = Events(self.port)
        self.events.status()

    def stop(self):
        self.events.close()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)
        self.process.stdout.close()

    def get(self, path, host=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def wait_for(self, word, path):
        """Wait until a page or picture has a word."""
        deadline = time.monotonic() + PATIENCE
        while word not in self.get(path)[1]:
            assert time.monotonic() < deadline, f"{word!r} is not in {path}"
            time.sleep(0.1)


@contextmanager
def serving(project, *options, **variables):
    """Serve a project in the block, and see that nothing went wrong that was not told."""
    project.start(*options, **variables)
    try:
        yield project
    finally:
        project.stop()
    assert project.process.returncode == 130
    assert "Traceback" not in project.talk.read_text()
