"""What cameras and strangers send during the soak."""

import ftplib
import random
import time
from contextlib import suppress

from ingest.ftps.sender import FtpsServer, UploadError, upload
from tests.faults.corpus import corpus
from tests.faults.scene import picture
from tests.integration.test_ftps_cut import begin, cut
from tests.soak.disturbances import Soak


def send(soak: Soak, sender: int, step: int) -> None:
    """Upload photos, hostile files and halves of photos until the soak ends; numbers go up by `step`."""
    dice = random.Random(sender)
    number = sender
    while not soak.stopping:
        number += step
        server = dice.choice([soak.gateway.explicit, soak.gateway.implicit])
        with suppress(UploadError, ftplib.Error, OSError, EOFError):
            soak.seen[_send_one(soak, server, number, dice.randrange(10))] += 1
        time.sleep(dice.random() * 0.2)


def _send_one(soak: Soak, server: FtpsServer, number: int, kind: int) -> str:
    """Send something; return what it was."""
    match kind:
        case 0:
            cut(*begin(server, f"{number}.jpg", picture(number)[:500]))
            return "uploads cut"
        case 1:
            (hostile,) = corpus(1, str(number))
            upload(server, hostile.name.replace(b"\n", b"_").replace(b"/", b"_"), hostile.content)
            return "hostile files"
        case _:
            name = f"E1{number:06d}.JPG"
            upload(server, name, picture(number, f"camera-{number % 7}"))
            soak.acknowledged.add(name)
            return "photos"
