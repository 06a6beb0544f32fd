"""Tuples with named fields: those of ``typing.NamedTuple``, made in a sixth of the time.

A daily command defines about fifty. Those of ``typing`` take a tenth of its time, for each compiles
a constructor of its own and looks at every annotation; here all share one. To type checkers they
are those of ``typing``.
"""

from typing import TYPE_CHECKING, Any, Self

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import NamedTuple
else:
    from collections import _tuplegetter

    class _Maker(type):
        """Makes a class of tuples; the annotations in its body are the fields."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            made = super().__new__(cls, name, bases, {"__slots__": (), **body})
            fields = tuple(made.__annotations__)
            if fields:
                made._fields = made.__match_args__ = fields
                made._field_defaults = {each: body[each] for each in fields if each in body}
            for at, field in enumerate(fields):
                setattr(made, field, _tuplegetter(at, None))
            return made

        @property
        def __signature__(cls) -> Any:
            """What is asked for the parameters: the fields in their order."""
            from inspect import Parameter, Signature  # noqa: PLC0415 - slow, and rarely asked

            kind = Parameter.POSITIONAL_OR_KEYWORD
            defaults, types = cls._field_defaults, cls.__annotations__
            return Signature(
                Parameter(it, kind, default=defaults.get(it, Parameter.empty), annotation=types[it])
                for it in cls._fields
            )

    class NamedTuple(tuple, metaclass=_Maker):
        """A tuple whose items have the names that its class annotates, in that order."""

        _fields = ()
        _field_defaults = {}  # noqa: RUF012 - as in typing

        def __new__(cls, /, *values: Any, **named: Any) -> Self:
            """Take the items in order or by name, all but those that have a default."""
            if named or len(values) != len(cls._fields):
                values = cls._completed(values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _completed(cls, values: "Sequence[Any]", named: dict[str, Any]) -> "Sequence[Any]":
            """Return all items where some are named or left out. Raises TypeError."""
            others, defaults = cls._fields[len(values) :], cls._field_defaults
            try:
                all_ = *values, *[named.pop(it) if it in named else defaults[it] for it in others]
            except KeyError as error:
                raise TypeError(f"{cls.__name__} lacks {error}") from None
            if named or len(all_) > len(cls._fields):
                raise TypeError(f"{cls.__name__} takes {', '.join(cls._fields)}, each once")
            return all_

        @classmethod
        def _make(cls, values: "Iterable[Any]") -> Self:
            """Return a tuple of these items. Raises TypeError unless there is one for each name."""
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} takes {len(cls._fields)} items, not {len(made)}")
            return made

        def _replace(self, /, **named: Any) -> Self:
            """Return a tuple with other items of these names. Raises ValueError for other names."""
            made = self._make(map(named.pop, self._fields, self))
            if named:
                raise ValueError(f"{type(self).__name__} has no {', '.join(named)}")
            return made

        def _asdict(self) -> dict[str, Any]:
            """Return the items by their names."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            items = (f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({', '.join(items)})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)
