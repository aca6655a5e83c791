"""Stories: which names show that two reports tell of one matter."""

from pathlib import Path

import pytest

from ondit import read
from ondit.comparing.account import Account, account_of
from ondit.comparing.stories import in_common


def account(folder: Path, id: str, text: str) -> Account:
    path = folder / f"{id}.txt"
    path.write_text(f"{text}\n", encoding="utf-8")
    return account_of(id, read(path, plain=True))


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("Workers left Halvard in May.", "Halvard closed. The gate is shut.", {"halvard"}),
        ("Halvard closed. The gate is shut.", "The Halvard gate is shut.", {"halvard"}),
        ("The gate closed. Rain fell.", "Rain fell on the gate. The road is wet.", set()),
        ("The mayor met Friday in Paris.", "It rained Friday over Paris.", set()),
        ("It shed 1,340 posts in 2031.", "The 1,340 posts were cut in 2031.", {"1340"}),
        ("They saw the Rose.", "They saw a Rose, and a rose.", set()),
    ],
)
def test_what_two_reports_have_in_common(tmp_path: Path, one, other, shared):
    ends = account(tmp_path, "one", one), account(tmp_path, "other", other)
    assert in_common(*ends) == shared
    assert in_common(*reversed(ends)) == shared
