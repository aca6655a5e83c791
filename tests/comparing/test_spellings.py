"""Spellings of names from other scripts, and words that answer to each other in two languages."""

import pytest

from ondit.comparing.spellings import given, parts, roles, spelling, table


@pytest.mark.parametrize(
    "names",
    [
        ("Prigojine", "Prigozhin", "Пригожин"),
        ("Choïgou", "Shoigu", "Шойгу"),
        ("Chevtchenko", "Shevchenko", "Шевченко"),
        ("Poutine", "Putin", "Путин"),
        ("Khodorkovski", "Khodorkovsky", "Ходорковский"),
        ("Smirnoff", "Smirnov"),
        ("Zaloujny", "Zaluzhny", "Залужний"),
        ("Joukov", "Zhukov", "Жуков"),
        ("Lavrow", "Lavrov", "Лавров"),
    ],
)
def test_spellings_of_one_name_meet(names):
    assert len({spelling(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ivanov", "Ivanova"), ("Ivanov", "Ivanenko"), ("Martin", "Morton"), ("Orlov", "Orlovski")],
)
def test_names_of_different_people_do_not(one, other):
    assert spelling(one, loose=True) != spelling(other, loose=True)


def test_given_names_and_roles_answer_to_each_other_as_the_table_shows():
    for entry in table().given:
        for example in entry.examples:
            one, other = example.split(" = ")
            assert given(one) == given(other)
    for entry in table().role:
        for example in entry.examples:
            one, other = example.split(" = ")
            assert roles([one]) & roles([other])


def test_a_name_is_cut_into_given_names_and_surname_without_particles():
    assert parts("Omar al-Sayed") == (("Omar",), "Sayed")
    assert parts("Tarn") == ((), "Tarn")
    assert parts("42") == ((), "42")
