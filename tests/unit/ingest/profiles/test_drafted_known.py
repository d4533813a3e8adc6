"""By what photos are known is a choice for every source, and never nothing at all."""

from ingest.profiles.drafted_known import decide_known, shown_source
from ingest.profiles.drafts import Answers, Find
from ingest.profiles.sources import Subject

BUSHNELL = [
    Subject("image", f"0626000{n}.JPG", "ridge", {"Make": "BUSHNELL", "Software": f"BS686BWPM0{n}"}) for n in (1, 2)
]
BARE = [Subject("image", f"gate/{n}.jpg", comment=b"SN=7 x") for n in (1, 2)]


def known(answers: Answers | None = None, **own: object) -> tuple[dict[str, str], tuple[str, ...]]:
    made = decide_known(BUSHNELL, None, [], answers or {}, {f"known.exif.{tag}": rule for tag, rule in own.items()})
    return dict(made.match), made.absent


def test_what_tells_first_can_be_loosened_tightened_and_replaced() -> None:
    assert known() == ({"exif.Make": "^BUSHNELL$", "exif.Software": "^BS686"}, ("exif.Model",))
    answers = {"image.known.exif.Software": "ignored", "image.known.exif.Model": "ignored"}
    assert known(answers) == ({"exif.Make": "^BUSHNELL$"}, ())
    answers |= {"image.known.exif.Make": "begins:BUSH", "image.known.account": "exactly", "image.known.path": "form"}
    assert known(answers)[0]["account"] == "^ridge$"
    assert known(answers)[0]["path"] == r"^[0-9]+\.JPG$"


def test_without_any_condition_the_form_of_the_path_is_one_and_a_person_is_asked() -> None:
    answers = {f"image.known.exif.{tag}": "ignored" for tag in ("Make", "Software")}
    made = decide_known(BUSHNELL, None, [], answers, {})
    assert dict(made.match) == {"path": r"^[0-9]+\.JPG$"}
    assert [one.question for one in made.decisions if one.question] != []
    assert made.words == ("Model is empty or missing", "the upload path has the form of these")


def test_where_the_path_alone_tells_the_text_that_holds_the_id_does_too_unless_it_is_not_wanted() -> None:
    find = Find("comment", "SN=(?P<id>[0-9])")
    assert "comment" in decide_known(BARE, find, [find], {}, {}).match
    assert "comment" not in decide_known(BARE, find, [find], {"image.known.comment": "ignored"}, {}).match
    assert decide_known(BARE, find, [find], {"image.known.path": "ignored"}, {}).match != {}


def test_a_condition_of_the_profiles_own_is_a_choice_that_shows_whom_it_knows() -> None:
    assert known(Make="^Bush")[0]["exif.Make"] == "^Bush"
    assert known({"image.known.exif.Make": "exactly"}, Make="^Bush")[0]["exif.Make"] == "^BUSHNELL$"
    assert known(Artist=False)[1] == ("exif.Model", "exif.Artist")
    assert known(Make="(", Artist=7)[0]["exif.Make"] == "^BUSHNELL$"


def test_sources_have_names_that_people_say() -> None:
    assert [shown_source(one) for one in ("path", "makernote.Model")] == ["the upload path", "makernote.Model"]
