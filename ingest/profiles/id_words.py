"""Words that stand in the names of files and folders and never name one camera, and the makes of cameras."""

_OF_ALL = (
    "a access alarm alarms archive area audio auto b backup c cam camera cameras capture captured card ch chan "
    "channel clip clips continuous csv d data date dav day dcim default detect detected detection device dvr e event "
    "events face file files ftp hd hdd home http human imag image images img imgs incoming intrusion io ipc ipcam "
    "ipcamera jpeg jpg line main manual md mdalarm media misc month motion mov movie mp4 night none null nvr object "
    "person photo photos pic pics pict picture pictures pir preview public pvr r rec record recording recordings s "
    "sample schedule scheduled sd sdcard sensor shot snap snaps snapshot snapshots spool still stills stream sub "
    "tamper temp test thumb thumbnail time timed timelapse timer timing tmp trap trigger triggered tripwire unknown "
    "untitled upload uploads user vehicle video videos vmd web www x year"
)
_MAKERS = (
    "acorn amcrest apeman axis blazevideo boly bolyguard bolymedia bresser browning bushnell campark canon ceyomur "
    "covert cuddeback dahua dorr dsc foscam gardepro gopro hikvision huntforce icatch instar keepguard ltl ltlacorn "
    "minox moultrie nikon numaxes olympus panasonic primos prometheus reconyx reolink scoutguard seissiger sony "
    "spromise spypoint stealthcam suntek swann swift tactacam uniview uovision victure vikeri wildgame willfine zeiss"
)

OF_ALL_CAMERAS = frozenset(_OF_ALL.split())
"""What cameras and people call the folders of all cameras, kinds of files, and what set a camera off."""

MAKES = frozenset(_MAKERS.split())
"""Makes of camera traps and of cameras for houses, as letters and digits only."""

NUMBERED_CAMERAS = frozenset({"cam", "camera", "trap", "device"})
"""Words that name one camera when a number follows."""
