"""exiftool, which reads MakerNotes as every maker writes them: one process that is kept open.

exiftool sees no file and no name of a stranger: it gets the EXIF block that was read already, as a small JPEG in memory
which both processes share. So nothing is read twice, nothing is on the disk, and every argument is ours.
"""

import ctypes
import os
import resource
import select
import signal
import subprocess
from contextlib import suppress
from threading import Lock
from time import monotonic

from ingest.errors import in_words
from ingest.reading.makernotes import Makernotes, values_in

EXIFTOOL = "/usr/bin/exiftool"
INSTALL = "exiftool is not installed: apt install libimage-exiftool-perl"
MOST_BYTES = 1024 * 1024
_MEMORY_BYTES = 256 * 1024 * 1024
_MOST_FILES = 64
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
_OPEN = ("-config", "", "-stay_open", "True", "-@", "-")  # -config must come first: no file of anybody's is run
_QUESTION = "-json\n-G1\n-a\n-charset\nUTF8\n-MakerNotes:all\n/proc/self/fd/{file}\n-execute\n"
_ANSWERED = b"{ready}\n"  # values are JSON, in which no line ends, so none can say this
_START, _END = b"\xff\xd8\xff\xe1", b"\xff\xd9"
_EXIF = b"Exif\0\0"
_ENDED = "exiftool has ended twice, perhaps for its memory"
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


class _NoAnswerError(Exception):
    """exiftool gave no answer that can be used; says why."""


class _EndedError(_NoAnswerError):
    """exiftool has ended: killed, or out of memory."""


class Exiftool:
    """One exiftool, started when it is first needed, and again after it has ended. State that lives.

    `seconds` is for one answer, the start included. Threads take turns; it ends with the one that has started it.
    """

    def __init__(self, seconds: float = 4.0, program: str = EXIFTOOL) -> None:
        self.seconds, self.program = seconds, program
        self._process: subprocess.Popen[bytes] | None = None
        self._memory: int | None = None
        self._turn = Lock()

    def __enter__(self) -> "Exiftool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process that is kept open; None when none is."""
        return self._process.pid if self._process else None

    def read(self, block: bytes) -> Makernotes:
        """Return what the MakerNote in an EXIF block says, or why that cannot be told; never raise."""
        with self._turn:
            try:
                try:
                    return Makernotes(self._values(block))
                except _EndedError:  # perhaps long before this block came
                    return Makernotes(self._values(block))
            except _NoAnswerError as error:
                return Makernotes(problem=f"{error}.")
            except FileNotFoundError:
                return Makernotes(problem=f"{INSTALL}.")
            except (OSError, subprocess.SubprocessError) as error:
                self._end()
                return Makernotes(problem=f"exiftool cannot be run: {in_words(error).rstrip('.')}.")

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()
            if self._memory is not None:
                os.close(self._memory)
                self._memory = None

    def _values(self, block: bytes) -> dict[str, str]:
        try:
            return values_in(self._ask(block))
        except (ValueError, RecursionError):
            raise _NoAnswerError("exiftool gave an answer that cannot be read") from None

    def _ask(self, block: bytes) -> bytes:
        deadline = monotonic() + self.seconds
        if self._process is None:
            self._process = self._start()
        try:
            return self._answer(self._process, block, deadline)
        except _NoAnswerError:
            self._end()
            raise

    def _start(self) -> "subprocess.Popen[bytes]":
        if self._memory is None:
            self._memory = os.memfd_create("camspool-exif")
        parent = os.getpid()
        return subprocess.Popen(
            (self.program, *_OPEN),
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            pass_fds=(self._memory,),
            preexec_fn=lambda: _bind(parent),
        )

    def _answer(self, process: "subprocess.Popen[bytes]", block: bytes, deadline: float) -> bytes:
        if process.stdin is None or process.stdout is None or self._memory is None:
            raise AssertionError("exiftool was started without pipes")
        os.ftruncate(self._memory, 0)
        os.pwrite(self._memory, _as_jpeg(block), 0)
        try:
            process.stdin.write(_QUESTION.format(file=self._memory).encode())
        except BrokenPipeError:
            raise _EndedError(_ENDED) from None
        answer = bytearray()
        waiting = select.poll()
        waiting.register(process.stdout, select.POLLIN)
        while not answer.endswith(_ANSWERED):
            left_s = deadline - monotonic()
            if left_s <= 0 or not waiting.poll(left_s * 1000):
                raise _NoAnswerError(f"exiftool took more than {self.seconds:g} seconds")
            piece = os.read(process.stdout.fileno(), MOST_BYTES)
            if not piece:
                raise _EndedError(_ENDED)
            answer += piece
            if len(answer) > MOST_BYTES:
                raise _NoAnswerError(f"exiftool says more than {MOST_BYTES // 1024} KB about it")
        return bytes(answer.removesuffix(_ANSWERED))

    def _end(self) -> None:
        if process := self._process:
            self._process = None
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with suppress(OSError):
                        pipe.close()


def is_installed(program: str = EXIFTOOL) -> bool:
    """Say whether exiftool can be run here."""
    return os.access(program, os.X_OK)


def exiftool_version(program: str = EXIFTOOL) -> str | None:
    """Return which exiftool is here; None when none is that can be run."""
    try:
        said = subprocess.run(
            (program, "-config", "", "-ver"), capture_output=True, text=True, timeout=10, check=True, env=_ENVIRONMENT
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return said.stdout.strip()


def _bind(parent: int) -> None:
    """In the new process: end with its parent, write nothing anywhere, and take so much memory at most."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
    for limit, most in (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _MOST_FILES),
    ):
        with suppress(OSError, ValueError):  # the admin's sandbox lets nobody set limits; its unit has some itself
            resource.setrlimit(limit, (most, most))


def _as_jpeg(block: bytes) -> bytes:
    segment = _EXIF + block[: 0xFFFF - 2 - len(_EXIF)]
    return _START + (len(segment) + 2).to_bytes(2, "big") + segment + _END
