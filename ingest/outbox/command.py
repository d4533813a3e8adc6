"""The kind `command`: runs a program for each item; its exit status says what became of it.

0: delivered. 65: never (EX_DATAERR of sysexits.h). 75: later (EX_TEMPFAIL). Anything else, a signal and too long a
time: later. It gets the item's and the sidecar's path as its last words and JSON on standard input, and can change
neither: a verdict has been given, and stays.
"""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from select import select
from signal import Signals
from typing import Any

from ingest.outbox.answers import Answer, Job, Parcel, TargetDownError, Tell
from ingest.outbox.hook_runner import Ended, Task
from ingest.outbox.sandbox import landlock_version
from ingest.outbox.tied import tied
from ingest.settings.targets import CommandOptions
from ingest.spool.letters import Letter, letter_file, letter_object
from ingest.spool.names import one_line
from ingest.spool.sidecar import sidecar_object

log = logging.getLogger("camspool")

PARCELS_MAX = 50
NEVER, LATER = 65, 75
_LOOK_S, _END_S = 0.2, 10.0


def deliver(job: Job, parcels: Sequence[Parcel], tell: Tell) -> None:
    """Run the program for one item after the other. Raise TargetDownError when it cannot be started."""
    _run_each(job, [(parcel.id, _task(job, parcel)) for parcel in parcels], tell)


def deliver_letters(job: Job, letters: Sequence[Letter], tell: Tell) -> None:
    """Run the program for one letter after the other: its file is the last word, and JSON comes on standard input.

    Raise TargetDownError when it cannot be started.
    """
    _run_each(job, [(letter.id, _letter_task(job, letter)) for letter in letters], tell)


def _run_each(job: Job, tasks: Sequence[tuple[str, Task]], tell: Tell) -> None:
    _check_program(_options(job))
    with _runner() as runner:
        for item_id, task in tasks:
            ended = _run(job, task, runner)
            if ended is None:
                return
            if ended.missing:
                raise TargetDownError(f"{_options(job).command[0]} cannot be started: {ended.missing}.")
            tell([answer_of(item_id, ended)])


def try_out(job: Job) -> str:
    """Say that the program is there. It is not run: nobody knows what it would do."""
    options = _options(job)
    _check_program(options)
    kept = (
        "writes nowhere but into its own folder"
        if landlock_version()
        else "is limited, but this kernel cannot \
keep it from writing (no Landlock)"
    )
    return f"{options.command[0]} is there and can be started (it was not); it {kept}."


def _options(job: Job) -> CommandOptions:
    if not isinstance(job.options, CommandOptions):
        raise TypeError(f"{job.target.name} is no command")
    return job.options


def _check_program(options: CommandOptions) -> None:
    program = Path(options.command[0])
    if not program.is_file():
        raise TargetDownError(f"There is no program {program}.")
    if not os.access(program, os.X_OK):
        raise TargetDownError(f"{program} may not be executed; expected chmod +x for the user of the outbox.")


@contextmanager
def _runner() -> Iterator["subprocess.Popen[str]"]:
    """Yield what runs programs, and end it afterwards, with all that it has started."""
    command = tied([sys.executable, "-m", "ingest.outbox.hook_runner"], Signals.SIGTERM)
    # Whatever a program says, the runner's answers are JSON in ASCII.
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as runner:
        try:
            yield runner
        finally:
            runner.terminate()
            try:
                runner.wait(_END_S)
            except subprocess.TimeoutExpired:
                runner.kill()


def _run(job: Job, task: Task, runner: "subprocess.Popen[str]") -> Ended | None:
    """Have a run done; None when the job is stopping."""
    assert runner.stdin is not None and runner.stdout is not None  # noqa: S101 - pipes, see _runner
    try:
        runner.stdin.write(json.dumps(asdict(task)) + "\n")
        runner.stdin.flush()
    except BrokenPipeError:
        return Ended(status=1, complained="What runs programs has ended by itself.")
    while not select([runner.stdout], [], [], _LOOK_S)[0]:
        if job.is_stopping():
            return None
    line = runner.stdout.readline()
    return Ended(**json.loads(line)) if line else Ended(status=1, complained="What runs programs has ended by itself.")


def _task(job: Job, parcel: Parcel) -> Task:
    options, work = _options(job), job.work_folder
    item = job.root / parcel.place
    told: dict[str, Any] = {
        "gateway": job.gateway,
        "target": job.target.name,
        "key": parcel.key,
        "place": parcel.place,
        "item": str(item),
        "sidecar": sidecar_object(parcel.sidecar),
    }
    return _task_of(options, (str(item), f"{item}.json"), told, work)


def _letter_task(job: Job, letter: Letter) -> Task:
    told = {
        "gateway": job.gateway,
        "target": job.target.name,
        "key": letter.key,
        "letter": letter_object(job.root, letter),
    }
    return _task_of(_options(job), (str(letter_file(job.root, letter.id)),), told, job.work_folder)


def _task_of(options: CommandOptions, words: Sequence[str], told: dict[str, Any], work: Path) -> Task:
    limits = (options.seconds, options.memory_bytes, options.file_bytes)
    writes = tuple(map(str, options.writes))
    return Task((*options.command, *words), json.dumps(told), str(work), *limits, writes)


def answer_of(item_id: str, ended: Ended) -> Answer:
    """Return what the end of a program means for its item.

    >>> answer_of("x", Ended(0, said="stored as 17\\n")).said
    'stored as 17'
    >>> answer_of("x", Ended(65, complained="no animals")).outcome
    'failed'
    """
    if ended.is_late:
        return Answer(item_id, "later", "The program took longer than it may, and was ended.")
    if ended.status < 0:
        return Answer(item_id, "later", f"The program was ended by {_signal_name(-ended.status)}.{_last(ended)}")
    if ended.status == 0:
        return Answer(item_id, "delivered", _last_line(ended.said) or "The program has taken it.")
    meaning = {NEVER: "The program refuses it for good.", LATER: "The program cannot take it now."}
    said = meaning.get(ended.status, f"The program ended with exit status {ended.status}.") + _last(ended)
    return Answer(item_id, "failed" if ended.status == NEVER else "later", said)


def _last(ended: Ended) -> str:
    line = _last_line(ended.complained) or _last_line(ended.said)
    return f" It says: {line}" if line else ""


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return one_line(lines[-1].strip(), 300) if lines else ""


def _signal_name(number: int) -> str:
    try:
        return Signals(number).name
    except ValueError:
        return f"signal {number}"
