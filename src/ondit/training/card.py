"""Model cards: what a shipped model is, what it was trained on, how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence

from ondit.training.calibration import Judged, outer_sample, reliability

_CARD = """\
# attribution-en

Finds attributions in English news: the words that signal a statement (cue), who it is laid to
(source), what is laid to them (content). One half of ondit's attribution; the rules are the other,
and what both find is weighed together.

- **Kind**: two bidirectional LSTM layers over hashed words, parse relations and quotation state, a
  third as seen from each cue.
- **Files**: `attribution-en.npz` (numbers alone, {size:.1f} MB, SHA-256
  `{digest}`), `attribution-en.toml` (coefficients of the confidence, thresholds of the presets).
- **Meanings of words**: a frozen table of {words} words, each the mean over PolNeAR's training part
  of its state in the middle of multilingual-e5-small (MIT licence), brought down to 64 numbers,
  looked up by a hash. No other text went into it.
- **Taught**: in the first fit, by a network that also read that encoder's states of every word in
  its place; it is not shipped.
- **Made by**: `ondit train attribution`, seeds {seeds}.

## Trained on

| data | use | licence |
|---|---|---|
| PolNeAR v1.0, training part ({polnear} texts) | first fit | none: newspaper copy |
| 21 English articles (NTREX-128), annotated by us | tuning | texts CC BY-SA 4.0 |

No sentence of these texts is in the files: words are hashed into tables that many words share. The
licence of newspaper copy does not speak of weights trained on it; whoever must avoid the question
can delete the two files, and ondit reads by rules alone, or train anew on other texts.

## How far to trust it

Confidence against what annotators marked, on documents that neither the network nor the
coefficients had seen ({judged} candidates: PolNeAR's development part, and the English gold by
cross-validation):

| confidence | candidates | right |
|---|---|---|
{rows}

Tuned for news. Speech in novels, transcripts and social media was never looked at. Outside US
politics expect the rules to carry more of the work. It has no opinion on whether a statement is
true.
"""


def card(
    *,
    content: bytes,
    digest: str,
    found: Sequence[Judged],
    seeds: tuple[int, int],
    articles: int,
    words: int,
) -> str:
    """Return the model card as Markdown.

    Args:
        content: of the weights file.
        digest: SHA-256 of that.
        found: judged candidates of documents that the model had not seen.
        seeds: of the first fit and of the tuning.
        articles: of PolNeAR's training part.
        words: that have a meaning in the table.
    """
    sample = outer_sample(found)
    rows = "\n".join(
        f"| {confident:.2f} | {count} | {right:.2f} |"
        for confident, right, count in reliability(sample)
    )
    return _CARD.format(
        size=len(content) / 1e6, digest=digest, seeds=" and ".join(map(str, seeds)),
        polnear=articles, judged=len(sample), words=words,
        rows=rows,
    )  # fmt: skip


_SIDE, _EDGE = 320, 40


def diagram(found: Sequence[Judged]) -> str:
    """Return the reliability diagram as SVG: share right over confidence, areas by number."""
    rows = reliability(outer_sample(found))
    most = max(count for _, _, count in rows)
    dots = "\n".join(
        f'<circle cx="{_EDGE + confident * _SIDE:.1f}" cy="{_EDGE + (1 - right) * _SIDE:.1f}" '
        f'r="{3 + 9 * (count / most) ** 0.5:.1f}" fill="#2b5f8a" fill-opacity="0.75"/>'
        for confident, right, count in rows
    )
    size, far = _SIDE + 2 * _EDGE, _EDGE + _SIDE
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" \
font-size="12" role="img" aria-label="Share of attributions that are right, over confidence">
<rect width="{size}" height="{size}" fill="#fff"/>
<path d="M{_EDGE} {_EDGE}V{far}H{far}" fill="none" stroke="#333"/>
<path d="M{_EDGE} {far}L{far} {_EDGE}" stroke="#999" stroke-dasharray="4 4"/>
{dots}
<text x="{size / 2}" y="{size - 8}" text-anchor="middle">confidence, 0 to 1</text>
<text transform="translate(14 {size / 2}) rotate(-90)" text-anchor="middle">share right</text>
</svg>
"""
