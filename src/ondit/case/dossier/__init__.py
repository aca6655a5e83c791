"""The dossier: what a case says, as one page that opens anywhere and prints."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ondit.case.corrections import Correction
from ondit.case.dossier.filed import file
from ondit.case.dossier.page import Cover, now, render
from ondit.model import Record
from ondit.model.comparison import Corroboration

__all__ = ["render_dossier", "write_dossier"]


def render_dossier(  # noqa: PLR0913 - options of one page, by keyword only
    records: Iterable[Record],
    *,
    title: str,
    generated_at: str | None = None,
    log_head: str | None = None,
    decisions: Iterable[Correction] = (),
    lang: str = "en",
    corroboration: Corroboration | None = None,
) -> str:
    """Return one self-contained HTML page that shows the records.

    Args:
        records: the reports as read, with people's decisions already laid over them.
        title: what the dossier is about, in the words of whoever hands it over.
        generated_at: RFC 3339 instant to print on it; None means this second.
        log_head: hash of the last entry of the case's log, so that the page names its state.
        decisions: what people decided; shown beside what they decided on.
        lang: language of the page's own words, ``en`` or ``fr``; reports keep theirs.
        corroboration: what these reports share, for the chapter on origins; with None there is no
            such chapter, and the cover says that the reports were not compared.

    Raises:
        ValueError: when the page is not written in `lang`.
    """
    decisions = tuple(decisions)
    cover = Cover(title=title, generated_at=generated_at or now(), log_head=log_head, lang=lang)
    return render(file(records, decisions), decisions, cover, corroboration)


def write_dossier(  # noqa: PLR0913 - options of one page, by keyword only
    records: Iterable[Record],
    *,
    title: str,
    out: str | Path,
    generated_at: str | None = None,
    log_head: str | None = None,
    decisions: Iterable[Correction] = (),
    lang: str = "en",
    corroboration: Corroboration | None = None,
) -> Path:
    """Return the path of the page written to `out`; see `render_dossier` for the rest."""
    page = render_dossier(
        records,
        title=title,
        generated_at=generated_at,
        log_head=log_head,
        decisions=decisions,
        lang=lang,
        corroboration=corroboration,
    )
    path = Path(out)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path
