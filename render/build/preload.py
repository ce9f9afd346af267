"""What a server loads before it forks: the one module that it is told to import. Elsewhere importing it does nothing.

What is computed here once, every process that is forked from it has.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import warnings
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from archfolio.render.build.fork_server import FOLDER, PRELOADED, SERVER
from archfolio.render.build.worker import adopt_orphans, end_children

_THREADS = "OPENBLAS_NUM_THREADS"


def _prepare_server() -> None:
    """Prepare a server, if this is one: take the folder along at the end, and adopt what modules leave behind."""
    server, folder = os.environ.pop(SERVER, ""), os.environ.pop(FOLDER, "")
    if not server:
        return
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(end_children)  # nobody is left to hear them, and they may be in C code that does not return
    warnings.filterwarnings("ignore", message="forkserver: waitpid returned unexpected pid")
    adopt_orphans()
    is_given = _THREADS in os.environ
    os.environ.setdefault(_THREADS, "1")  # numpy's threads would wait for work at full speed; there is none
    gc.disable()  # all of it stays: to go through it again and again takes a tenth of the time
    for name in PRELOADED[server]:
        with suppress(Exception):  # whoever needs it says what is wrong with it
            import_module(name)
    with suppress(Exception):
        if server == "drawings":
            import_module("archfolio.render.build.warm_up").warm_up()
            import_module("archfolio.render.model.icons").hand_on(Path(folder))
        if server == "modules":
            import_module("archfolio.render.capture.validate").read_annotations()
            import_module("archfolio.render.build.record_sections").read_types()
    gc.freeze()  # and the first collection, before anything is forked, would go through it after all
    gc.enable()
    if not is_given:
        del os.environ[_THREADS]


_prepare_server()
