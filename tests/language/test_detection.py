"""The language of a text, or an honest None."""

import pytest

from ondit.language.detection import detect, detect_supported


@pytest.mark.parametrize(
    ("string", "tag"),
    [
        ("Le capitaine du port a déclaré que le bac était parti en avance.", "fr"),
        ("The harbour master said that the ferry had left early on Monday.", "en"),
        ("Der Hafenmeister teilte mit, dass die Fähre zu früh abgefahren sei.", "de"),
    ],
)
def test_it_tells_languages_apart(string, tag):
    assert detect(string) == tag


def test_it_says_nothing_about_too_little_text():
    assert detect("Ada Holm, 12") is None
    assert detect_supported("12, 13 — 14") is None
    assert detect_supported("Le pont est fermé") == "fr"


def test_a_short_text_in_another_script_is_not_taken_for_one_of_ours():
    assert detect_supported("你好，世界。市长说大桥已经关闭了。") is None
    assert detect_supported("Мост закрыт до утра.") is None
