"""What a connection needs is looked for, and what is missing is named with its Debian package."""

from pathlib import Path

from ingest.ftps.programs import missing_programs


def _made(folder: Path, mode: int = 0o755) -> tuple[Path, list[Path]]:
    module = folder / "lib/x86_64-linux-gnu/security/pam_pwdfile.so"
    module.parent.mkdir(parents=True)
    module.touch()
    vsftpd = folder / "vsftpd"
    vsftpd.touch(mode)
    return vsftpd, [folder / "lib"]


def test_nothing_is_missing_where_all_is_installed(tmp_path: Path) -> None:
    assert missing_programs(*_made(tmp_path)) == ()
    assert missing_programs() == ()


def test_what_another_package_removed_is_named(tmp_path: Path) -> None:
    vsftpd, libraries = _made(tmp_path)
    vsftpd.unlink()
    assert missing_programs(vsftpd, libraries) == (f"{vsftpd} is missing or cannot be run: apt install vsftpd.",)
    (sentence,) = missing_programs(Path("/bin/true"), [tmp_path / "empty"])
    assert sentence.endswith("apt install libpam-pwdfile.")


def test_a_program_that_cannot_be_run_counts_as_missing(tmp_path: Path) -> None:
    vsftpd, libraries = _made(tmp_path, 0o644)
    assert len(missing_programs(vsftpd, libraries)) == 1
    vsftpd.unlink()
    vsftpd.mkdir()
    assert len(missing_programs(vsftpd, libraries)) == 1
