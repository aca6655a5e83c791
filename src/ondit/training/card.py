"""Model cards: what a shipped model is, what it was trained on, how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence

from ondit.training.calibration import Judged, outer_sample, reliability

_CARD = """\
# {name}

Finds attributions in {language} news: the words that signal a statement (cue), who it is laid to
(source), what is laid to them (content). One half of ondit's attribution; the rules are the other,
and what both find is weighed together.

- **Kind**: two bidirectional LSTM layers over hashed words, parse relations and quotation state, a
  third as seen from each cue. {words}
- **Files**: `{name}.npz` (numbers alone, {size:.1f} MB, SHA-256 `{digest}`), `{name}.toml`
  (coefficients of the confidence, thresholds of the presets).
- **Made by**: `ondit train attribution`, seed {seed}; the same corpora on the same kind of
  processor give the same file.

## Trained on

| data | use | licence |
|---|---|---|
| PolNeAR v1.0, training part ({polnear} US articles) | first fit | none stated: newspaper copy |
| 21 English articles (NTREX-128), annotated by us | tuning | texts CC BY-SA 4.0 |
| 34 French articles (NTREX-128, French TimeBank), ours | tuning | CC BY-SA 4.0, LGPL-LR |

No sentence of these texts is in the files: words are hashed into tables that many words share. The
licence of newspaper copy does not speak of weights trained on it; whoever must avoid the question
can delete the two files, and ondit reads by rules alone, or train anew on other texts.

## How far to trust it

Confidence against what annotators marked, on documents that neither the network nor the
coefficients had seen ({judged} candidates: {held}):

| confidence | candidates | right |
|---|---|---|
{rows}

Tuned for news. Speech in novels, transcripts and social media was never looked at. Outside US
politics expect the rules to carry more of the work. It has no opinion on whether a statement is
true.
"""


def card(
    *, name: str, content: bytes, digest: str, found: Sequence[Judged], seed: int, articles: int
) -> str:
    """Return the model card of one language as Markdown.

    Args:
        name: of the model, "attribution-en".
        content: of its weights file.
        digest: SHA-256 of that.
        found: judged candidates of documents that the model had not seen.
        seed: of the first fit.
        articles: of PolNeAR's training part.
    """
    english = name.endswith("-en")
    sample = outer_sample(found)
    rows = "\n".join(
        f"| {confident:.2f} | {count} | {right:.2f} |"
        for confident, right, count in reliability(sample)
    )
    return _CARD.format(
        name=name,
        language="English" if english else "French",
        words="Words count." if english else "Words do not count: the gold is too small for that.",
        size=len(content) / 1e6,
        digest=digest,
        seed=seed,
        polnear=articles,
        judged=len(sample),
        held=(
            "PolNeAR's development part, and the English gold by cross-validation"
            if english
            else "the French gold, by cross-validation"
        ),
        rows=rows,
    )
