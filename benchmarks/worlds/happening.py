"""An event that happened in a world: its kind, its place, its people, its numbers."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.worlds.tables import Language, Schema, names, schemas, topics

KM_PER_MILE = 1.609344
"""International mile."""


@dataclass(frozen=True)
class Distance:
    """A length in kilometres."""

    km: int


@dataclass(frozen=True)
class Money:
    """An amount in millions of euros."""

    millions: int


@dataclass(frozen=True)
class Month:
    """A month of the lists of names."""

    index: int


Value = int | str | Distance | Money | Month


@dataclass(frozen=True)
class Event:
    """What happened."""

    id: str
    kind: str
    town: str
    town2: str
    began: datetime
    values: tuple[tuple[str, Value], ...]

    @property
    def schema(self) -> Schema:
        """The kind of event, with its wordings."""
        return schemas()[self.kind]

    def value(self, slot: str) -> Value:
        """Return what fills a slot."""
        return dict(self.values)[slot]


@dataclass(frozen=True)
class Manner:
    """How an outlet writes numbers and lengths."""

    grouped: bool = True
    """"1 250" or "1,250" rather than 1250."""
    spelled: bool = False
    """Numbers up to sixteen in words."""
    foreign_units: bool = False
    """Lengths in the unit of the other language: what careless translators leave."""


def happen(rng: random.Random, id: str, *, kind: str, towns: list[str], people: list[str]) -> Event:
    """Return an event of `kind`; its town and people are taken off the lists."""
    schema = schemas()[kind]
    began = datetime(2026, 3, 2, 5) + timedelta(hours=rng.randrange(24 * 200))  # noqa: DTZ001  invented
    return Event(
        id=id,
        kind=kind,
        town=towns.pop(),
        town2=towns.pop(),
        began=began,
        values=tuple((slot, _filled(rng, spec, people)) for slot, spec in schema.slots.items()),
    )


def _filled(rng: random.Random, spec: object, people: list[str]) -> Value:
    if isinstance(spec, list):
        return str(rng.choice(spec))
    if spec == "month":
        return Month(rng.randrange(len(names().months_fr)))
    if isinstance(spec, str):
        first = rng.choice(names().women if spec == "f" else names().men)
        return f"{first} {people.pop()}"
    return _numbered(rng, _bounds(spec))


def _bounds(spec: object) -> dict[str, int]:
    if not isinstance(spec, dict):
        raise TypeError(f"a slot is a list, 'f', 'm', 'month' or bounds, not {spec!r}")
    return {str(name): int(value) for name, value in spec.items()}


def _numbered(rng: random.Random, bounds: Mapping[str, int]) -> Value:
    low, high = bounds.values()
    number = rng.randint(low, high)
    if "km_low" in bounds:
        return Distance(number)
    return Money(number) if "millions_low" in bounds else number


_WORDS: dict[Language, tuple[str, ...]] = {
    "fr": ("onze", "douze", "treize", "quatorze", "quinze", "seize"),
    "en": ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
}


def shown(value: Value, language: Language, manner: Manner) -> str:
    """Return a value as a report writes it."""
    match value:
        case str():
            return value
        case int():
            return _number(value, language, manner)
        case Month():
            months = names().months_fr if language == "fr" else names().months_en
            return months[value.index]
        case Money():
            unit = "millions d’euros" if language == "fr" else "million euros"
            return f"{value.millions} {unit}"
        case Distance():
            return _length(value, language, manner)


def _number(value: int, language: Language, manner: Manner) -> str:
    if manner.spelled and 11 <= value <= 16:
        return _WORDS[language][value - 11]
    if not manner.grouped or value < 1000:
        return str(value)
    return f"{value:,}".replace(",", "\u202f") if language == "fr" else f"{value:,}"


def _length(value: Distance, language: Language, manner: Manner) -> str:
    metric = (language == "fr") != manner.foreign_units
    if metric:
        return f"{value.km} {'kilomètres' if language == 'fr' else 'kilometres'}"
    return f"{round(value.km / KM_PER_MILE)} {'milles' if language == 'fr' else 'miles'}"


def weekday(event: Event, language: Language) -> str:
    """Return the day on which the event happened."""
    days = names().days_fr if language == "fr" else names().days_en
    return days[event.began.weekday()]


def filled(
    template: str,
    event: Event,
    language: Language,
    *,
    manner: Manner,
    instead: Mapping[str, Value] | None = None,
) -> str:
    """Return a wording with its slots filled; `instead` replaces values of the event."""
    values = {**dict(event.values), **(instead or {})}
    words = {slot: shown(value, language, manner) for slot, value in values.items()}
    words |= {"town": event.town, "town2": event.town2, "day": weekday(event, language)}
    topic = topics()[event.kind][language][len(event.town) % 2]
    words |= {"topic": topic}
    words |= {f"{slot}_cap": capitalised(word) for slot, word in words.items()}
    return template.format_map(words)


def capitalised(text: str) -> str:
    """Return `text` with its first letter a capital, quotation marks passed over."""
    return re.sub(r"^(\W*)(\w)", lambda found: found[1] + found[2].upper(), text, count=1)


_FUNCTION = {
    "In",
    "At",
    "On",
    "The",
    "A",
    "À",
    "En",
    "Dans",
    "Le",
    "La",
    "Les",
    "Un",
    "Une",
    "Chez",
}
"""Words that stand before names and are none."""


def lowered(text: str, event: Event) -> str:
    """Return `text` with its first letter small, unless a name stands there."""
    proper = [
        event.town,
        event.town2,
        *(value for _, value in event.values if isinstance(value, str)),
    ]
    if any(text.startswith(capitalised(name)) for name in proper) or not text[:1].isalpha():
        return text
    if (
        re.match(r"[A-ZÀ-Ý]{2}|[A-Z]\w*[ -][A-Z]", text)
        and text.split(maxsplit=1)[0] not in _FUNCTION
    ):
        return text
    return text[:1].lower() + text[1:]
