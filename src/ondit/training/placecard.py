"""The card of the model of places: what it is, what it was fitted on, how far to trust it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_CARD = """\
# places

Says which bearer of a name a report means: Paris in Texas, in Tennessee, in France, or none that
the gazetteer knows. Its probability is that of the place that a record names.

- **Kind**: two small networks (one hidden layer, {numbers} numbers in all that describe a
  candidate); the second also sees what the first makes of the other names. The numbers are listed,
  by name, in `ondit.reading.resolving`; no word of a text is among them, so it serves any language.
- **File**: `places.npz`, numbers alone, SHA-256 `{digest}`.
- **Made by**: `ondit train places`.

## Fitted on

| data | use | licence |
|---|---|---|
| Local-Global Lexicon: 588 articles of small papers, ids | fitting | GPL-3, texts: newspaper copy |
| GeoVirus: 229 WikiNews articles, coordinates | fitting | GPL-3, texts CC BY 2.5 |

Michael D. Lieberman, Hanan Samet and Jagan Sankaranarayanan, "Geotagging with Local Lexicons to
Build Indexes for Textually-Specified Spatial Data"; Milan Gritta, Mohammad Taher Pilehvar and Nigel
Collier, "Which Melbourne? Augmenting Geocoding with Maps". No sentence, name or id of the texts is
in the file. Licences of annotations do not speak of weights; whoever must avoid the question can
train anew on other texts.

## How far to trust it

Of the names that ondit finds and whose place is among the candidates, right by id (LGL) or by
point (GeoVirus):

| corpus | names | among candidates | right, ten folds | right, fitted on the other corpus |
|---|---|---|---|---|
{corpora}

Probability against what is right, on documents that the model had not seen, names outside the
gazetteer counted as wrong:

| probability | names | right |
|---|---|---|
{reliability}

Naming a place only from some probability on:

| from | LGL: named | of these right | GeoVirus: named | of these right |
|---|---|---|---|---|
{curve}

LGL is US local news, much of it without a word on the state it plays in. French texts were never
fitted on, nor historical ones. It cannot know the home of an outlet that the text does not name.
"""

STEPS = (0.0, 0.2, 0.3, 0.5, 0.7, 0.9)


@dataclass(frozen=True)
class Answer:
    """What a model said of one mention."""

    corpus: str
    probability: float
    right: bool
    known: bool
    """Whether what annotators meant was among the candidates."""


def card(*, digest: str, folded: Sequence[Answer], crossed: Sequence[Answer], numbers: int) -> str:
    """Return the model card as Markdown.

    Args:
        digest: SHA-256 of the weights file.
        folded: answers on documents that the model had not seen.
        crossed: answers of a model fitted on the other corpus alone.
        numbers: how many describe a candidate.
    """
    corpora = sorted({answer.corpus for answer in folded})
    return _CARD.format(
        digest=digest,
        numbers=numbers,
        corpora="\n".join(_corpus(corpus, folded, crossed) for corpus in reversed(corpora)),
        reliability="\n".join(_reliability(folded)),
        curve="\n".join(_step(step, folded) for step in STEPS),
    )


def share(found: Iterable[bool]) -> float:
    """Return the share of what is true, in percent."""
    listed = list(found)
    return 100 * sum(listed) / max(1, len(listed))


def _corpus(corpus: str, folded: Sequence[Answer], crossed: Sequence[Answer]) -> str:
    of_it = [a for a in folded if a.corpus == corpus]
    known = share(a.known for a in of_it)
    seen, unseen = (
        share(a.right for a in part if a.corpus == corpus and a.known) for part in (folded, crossed)
    )
    return f"| {corpus} | {len(of_it)} | {known:.1f} % | {seen:.1f} % | {unseen:.1f} % |"


def _reliability(folded: Sequence[Answer]) -> Iterator[str]:
    for low in (0.0, 0.2, 0.4, 0.6, 0.8, 0.95):
        high = {0.8: 0.95, 0.95: 1.01}.get(low, low + 0.2)
        inside = [a for a in folded if low <= a.probability < high]
        right = share(a.right for a in inside)
        yield f"| {low:.2f} to {min(high, 1):.2f} | {len(inside)} | {right:.0f} % |"


def _step(least: float, folded: Sequence[Answer]) -> str:
    cells = [f"| {least:.1f}"]
    for corpus in ("lgl.jsonl", "geovirus.jsonl"):
        of_it = [a for a in folded if a.corpus == corpus]
        named = [a for a in of_it if a.probability >= least]
        cells.append(f"{100 * len(named) / max(1, len(of_it)):.1f} %")
        cells.append(f"{share(a.right for a in named):.1f} %")
    return " | ".join(cells) + " |"
