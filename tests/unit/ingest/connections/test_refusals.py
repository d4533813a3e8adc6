"""Each refusal is a sentence that says what to change, unless what followed shows that it did no harm."""

import pytest

from ingest.connections import refusal_rules
from ingest.connections.record import Transfer
from ingest.connections.refusals import Refused, judge, tells_before_login

DENIED = "550 Permission denied."
NOT_CREATED = "553 Could not create file."


def came(name: str) -> Transfer:
    """Return a transfer that went well."""
    return Transfer(name, 9, "complete", "2026-01-01T00:00:00Z")


def failed(name: str) -> Transfer:
    """Return one that was refused."""
    return Transfer(name, None, "failed", "2026-01-01T00:00:00Z")


@pytest.mark.parametrize(
    ("verb", "argument", "reply", "words"),
    [
        ("PORT", "1,2,3,4,5,6", DENIED, "Switch the camera to passive mode"),
        ("EPRT", "|1|1.2.3.4|5|", DENIED, "Switch the camera to passive mode"),
        ("STOR", "a.jpg", "425 Use PORT or PASV first.", "Switch the camera to passive mode"),
        ("STOR", "a.jpg", "425 Security: Bad IP connecting.", "the camera's address changed in between"),
        ("STOR", "a.jpg", "425 Failed to establish connection.", "Check passive ports and firewall."),
        ("LIST", "", "425 of a newer version", "Check passive ports and firewall."),
        ("STOR", "a.jpg", "522 Data connections must be encrypted.", "encrypts data as well"),
        ("CWD", "DCIM/100MEDIA", "550 Failed to change directory.", "no folder “DCIM/100MEDIA” here"),
        ("MKD", "2026/11", "550 Create directory operation failed.", "“2026/11” in one step"),
        ("MKD", "/2026/", "550 Create directory operation failed.", "there is one already"),
        ("RNFR", "a.tmp", DENIED, "(RNFR a.tmp), which was refused. Switch “temporary name”"),
        ("RNTO", "a.jpg", DENIED, "or the photo may come twice"),
        ("APPE", "a.jpg", DENIED, "Switch “append” or “resume” off"),
        ("REST", "100", DENIED, "at byte 100"),
        ("REST", "0", DENIED, "asked for “REST 0”"),
        ("DELE", "test.txt", DENIED, "may show “failed” although uploads work"),
        ("RMD", "DVRWorkDirectory", DENIED, "may show “failed” although uploads work"),
        ("SIZE", "a.jpg", "550 Could not get file size.", "the size of “a.jpg”"),
        ("RETR", "a.jpg", DENIED, "read “a.jpg” back"),
        ("STOU", "", DENIED, "Let the camera name its files"),
        ("CCC", "", DENIED, "“clear command channel” off"),
        ("SITE", "UTIME x", DENIED, "asked for “SITE UTIME x”"),
        ("XYZ", "", "500 Unknown command.", "asked for “XYZ”"),
        ("AUTH", "GSSAPI", "504 Unknown AUTH type.", "FTPS with explicit TLS"),
        ("USER", "x", "530 Non-anonymous sessions must use encryption.", "without TLS"),
        ("USER", "anonymous", "530 Anonymous sessions must use encryption.", "without TLS"),
    ],
)
def test_where_a_camera_gives_up_the_refusal_says_what_to_change(
    verb: str, argument: str, reply: str, words: str
) -> None:
    (sentence,), harmless = judge([Refused(verb, argument, reply, 0)], [])
    assert words in sentence
    assert harmless == ""


@pytest.mark.parametrize(
    ("name", "logged", "words"),
    [
        ("a.jpg", "/a.jpg", "“a.jpg” came in this connection already"),
        ("b.jpg", "/b.jpg", "“b.jpg” could not be created"),
        ("x/b.jpg", "/x/b.jpg", "no folder for “x/b.jpg” here"),
        ("", "/", "a file without a name"),
        ("y" * 256, "/" + "y" * 256, "longer than 255 bytes"),
    ],
)
def test_a_file_that_could_not_be_created_says_why(name: str, logged: str, words: str) -> None:
    (sentence,), _ = judge([Refused("STOR", name, NOT_CREATED, 1)], [came("/a.jpg"), failed(logged)])
    assert words in sentence


@pytest.mark.parametrize("verb", ["CWD", "MKD", "APPE", "DELE", "SIZE", "STOU", "CCC"])
def test_a_refusal_is_harmless_if_a_file_followed_and_only_then(verb: str) -> None:
    refused = Refused(verb, "x", DENIED, 1)
    assert judge([refused], [came("/a"), came("/b")]) == ([], f"Refused without harm: {verb} x.")
    (sentence,), harmless = judge([refused], [came("/a"), failed("/b")])
    assert sentence and not harmless


@pytest.mark.parametrize("verb", ["SITE", "MDTM", "MFMT", "OPTS", "CLNT", "RETR", "MLSD", "MODE"])
def test_what_clients_ask_beside_their_files_is_harmless_before_and_after(verb: str) -> None:
    for before in (0, 1):
        assert judge([Refused(verb, "x", DENIED, before)], [came("/a")]) == ([], f"Refused without harm: {verb} x.")


@pytest.mark.parametrize(("verb", "argument"), [("RNFR", "a.tmp"), ("RNTO", "a"), ("REST", "7")])
def test_what_spoils_the_files_themselves_is_never_harmless(verb: str, argument: str) -> None:
    (sentence,), harmless = judge([Refused(verb, argument, DENIED, 0)], [came("/a"), came("/b")])
    assert sentence and not harmless


def test_a_refused_file_is_made_good_by_itself_and_by_no_other() -> None:
    refused = Refused("STOR", "a.jpg", "425 Security: Bad IP connecting.", 0)
    assert judge([refused], [failed("/a.jpg"), came("/d/a.jpg")]) == ([], "")
    assert len(judge([refused], [failed("/a.jpg"), came("/b.jpg")])[0]) == 1


def test_many_of_a_kind_are_one_sentence_with_the_last_of_them() -> None:
    refused = [Refused("RNFR", f"{number}.tmp", DENIED, number) for number in range(50)]
    (sentence,), _ = judge(refused, [])
    assert "RNFR 49.tmp" in sentence
    assert sentence.endswith("(49 more like it.)")
    both = [Refused("PORT", "1", DENIED, 0), Refused("STOR", "a", "425 Use PORT or PASV first.", 0)]
    assert judge(both, [failed("a")])[0] == [refusal_rules.BY_VERB["PORT"].sentence]


def test_what_was_harmless_is_told_in_a_few_words() -> None:
    refused = [Refused("SITE", str(number), DENIED, 0) for number in range(6)]
    assert judge(refused, [came("/a")])[1] == "Refused without harm: SITE 0, SITE 1, SITE 2, SITE 3 and 2 more."


def test_what_a_stranger_typed_is_one_short_line_and_no_pattern() -> None:
    (sentence,), _ = judge([Refused("CWD", "{verb}\x1b[2J\u2028" + "x" * 999, DENIED, 0)], [])
    assert "“{verb}�[2J�x" in sentence
    assert len(sentence) < 200


@pytest.mark.parametrize(
    ("verb", "argument"), [("PORT", "100,64,1,7,3,4"), ("EPRT", "|1|100.64.1.7|3|"), ("ACCT", "x")]
)
def test_addresses_and_secrets_are_not_said(verb: str, argument: str) -> None:
    refused = Refused(verb, argument, DENIED, 0)
    assert judge([refused], [came("/a")]) == ([], f"Refused without harm: {verb}.")
    assert argument not in judge([refused], [])[0][0].replace("“ACCT”", "")


def test_before_the_log_in_only_some_refusals_tell_anything() -> None:
    assert tells_before_login("504 Unknown AUTH type.")
    assert not tells_before_login("530 Please login with USER and PASS.")


def test_every_sentence_of_the_table_ends_as_one_and_fits_a_line_of_a_page() -> None:
    for rule in {*refusal_rules.BY_REPLY.values(), *refusal_rules.BY_VERB.values()}:
        assert rule.sentence.endswith(".")
        assert len(rule.sentence.format(argument="", command="")) < 350
