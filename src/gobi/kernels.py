"""Kernels that start in a moment: forked from a process that has imported the libraries.

A fresh kernel spends two to four seconds on importing pandas, geopandas and matplotlib. Here one
process imports them once, and each kernel is a fork of it (Python's own *forkserver*). It plugs
into Jupyter as a kernel provisioner, Jupyter's extension point for how kernels start. The tests
run every lesson in ordinary kernels too and compare, so a fork that behaved differently would show.
"""

import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

#: Imported once, before the kernels are forked.
PRELOAD = ["ipykernel.kernelapp", "matplotlib.pyplot", "pandas", "geopandas", "ipywidgets"]

#: Name under which ``pyproject.toml`` registers the provisioner.
NAME = "gobi-fork"

#: Windows has no fork; there, kernels start the ordinary way.
CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()


class ForkedProcess:
    """A forked kernel with the few methods of ``subprocess.Popen`` that Jupyter uses."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], folder: str, environment: dict[str, str]):
        """Fork a kernel.

        Args:
            arguments: the kernel's command line, without the program.
            folder: the folder it works in.
            environment: its environment variables.
        """
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOAD)
        self._process = context.Process(target=serve, args=(arguments, folder, environment))
        self._process.start()

    @property
    def pid(self) -> int:
        """The process number."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit code, or None while the kernel runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """Return the exit code, or None while the kernel runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end and return the exit code."""
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal, if the kernel still runs."""
        if self._process.is_alive():
            os.kill(self._process.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)


def serve(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """Be a kernel until it is shut down; runs in the forked process."""
    import matplotlib
    import pandas
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()  # as an ordinary kernel: an interrupt of the parent does not reach it
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    # What these two read from their surroundings when they are imported in an ordinary kernel.
    matplotlib.rcParams["backend"] = "module://matplotlib_inline.backend_inline"
    pandas.set_option("display.max_columns", 20)
    # The kernel ends itself when the process it was forked from ends.
    arguments = [*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"]
    try:
        IPKernelApp.launch_instance(argv=arguments)
    finally:
        os._exit(0)  # a fork runs no exit handlers, and these are what ends the kernel's threads


class ForkProvisioner(LocalProvisioner):
    """Starts kernels by forking; all else as Jupyter's own provisioner for local kernels.

    Registered in ``pyproject.toml`` under the name in :data:`NAME`.
    """

    async def launch_kernel(self, cmd: list[str], **options: Any) -> dict:
        """Fork a kernel; see ``LocalProvisioner.launch_kernel``."""
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        environment = dict(options.get("env") or os.environ)
        folder = options.get("cwd") or str(Path.cwd())
        self.process = ForkedProcess(arguments, folder, environment)
        self.pid = self.process.pid
        self.pgid = None
        return self.connection_info
