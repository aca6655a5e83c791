"""Cards of the models of events: what they are, what they were fitted on, how far to trust them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ondit.training.eventfit import Numbers

if TYPE_CHECKING:
    from ondit.training.events import Example

_IRREALIS = """\
# irrealis-fr

Says how likely a French verb is told as not real: wished, possible, depending on something, still
to come. A probability for `ondit.reading.events`; statuses of claims are left to rules.

- **Kind**: logistic regression over traits of the verb, the words around it and its claim; one
  number a trait, found by a hash. A verb whose own form is a future or a conditional counts as not
  real by that form, whatever the regression says, and taught it nothing.
- **File**: `irrealis-fr.npz`, numbers alone, SHA-256 of its contents `{digest}`.
- **Made by**: `ondit train events`.

## Fitted on

French TimeBank, development part: {documents} documents of regional press, 1999 to 2003,
{verbs} verbs, of which {unreal} are not real: target of a MODAL or CONDITIONAL link, or
with modality, mood or future.
Licence LGPL-LR, and so is this file: André Bittar, Pascal Amsili, Pascal Denis and Laurence
Danlos, "French TimeBank: An
ISO-TimeML Annotated Reference Corpus". No sentence of it is in the file.

## How far to trust it

Ten folds by document: precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}.
Fifty documents are few, and one genre: expect less elsewhere.
"""

_FACTUALITY = """\
# factuality-en

Says how sure an English text is that what a verb says happened: -3 did not, 3 did. For
`ondit.reading.events`; statuses of claims are left to rules.

- **Kind**: ridge regression over traits of the verb, the words around it and its claim; one number
  a trait, found by a hash, stretched because a ridge shrinks.
- **File**: `factuality-en.npz`, numbers alone, SHA-256 of its contents `{digest}`.
- **Made by**: `ondit train events`.

## Fitted on

UDS-IH2, training part: {train} judged words of the English Web Treebank, several judges each
(Rachel Rudinger, Aaron Steven White and Benjamin Van Durme, "Neural Models of Factuality").
Licence CC BY-SA 4.0, and so is this file. No sentence of it is in the file.

## How far to trust it

Development part, {dev} words, not fitted on: mean absolute error {error:.3f}, correlation
{correlation:.3f}. Blogs, mail, reviews and news of the web.
"""


def irrealis_card(digest: str, found: Sequence[tuple[Example, bool]]) -> str:
    """Return the card of the model of irrealis.

    Args:
        digest: SHA-256 of its numbers.
        found: verbs with what a model that had not seen their documents calls them.
    """
    right = sum(e.wanted > 0 and said for e, said in found)
    precision = right / max(1, sum(said for _, said in found))
    recall = right / max(1, sum(e.wanted > 0 for e, _ in found))
    return _IRREALIS.format(
        digest=digest,
        documents=len({e.document for e, _ in found}),
        verbs=len(found),
        unreal=sum(e.wanted > 0 for e, _ in found),
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / max(1e-9, precision + recall),
    )


def factuality_card(digest: str, wanted: Numbers, said: Numbers, sizes: tuple[int, int]) -> str:
    """Return the card of the model of factuality.

    Args:
        digest: SHA-256 of its numbers.
        wanted: what judges said of the words of the development part.
        said: what the model says of them.
        sizes: words of the training part and of the development part.
    """
    return _FACTUALITY.format(
        digest=digest,
        train=sizes[0],
        dev=sizes[1],
        error=float(np.abs(wanted - said).mean()),
        correlation=float(np.corrcoef(wanted, said)[0, 1]),
    )
