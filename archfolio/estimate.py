"""Scale estimates that are computed: inputs with a unit and a source, formulas over their names, units checked.

    Estimate(
        users=assume("Daily active users", 50e6, "user"),
        visits=assume("Visits per user", 4, "visit/user/day"),
        rate=derive("Average visit rate", "users * visits", "visit/s"),
    )

What is counted (user, visit, item, ...) is a unit too: a formula that forgets to multiply by items per visit does not
check. A count is any word that an input's unit uses. Texts and edge labels quote a quantity as `{rate}` ("2.31 k/s")
or, without its unit, as `{rate:n}` ("2.31 k"), so that one changed input moves every figure that hangs on it.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pint

from archfolio.author_error import Mistake, suggest, where
from archfolio.figures import number, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

ASSUMPTION = "assumption"

_TIME_AND_DATA = """
    milli- = 1e-3 = m-
    micro- = 1e-6 = u-
    kilo- = 1e3 = k-
    mega- = 1e6 = M-
    giga- = 1e9 = G-
    tera- = 1e12 = T-
    peta- = 1e15 = P-
    second = [time] = s
    minute = 60 * second = min
    hour = 60 * minute = h
    day = 24 * hour
    week = 7 * day
    month = 30 * day
    year = 365 * day
    byte = [information] = B
    bit = byte / 8
    percent = 0.01
    dollar = [money] = USD
    metre = [length] = m_
    joule = [energy] = J
    watt = joule / second = W
"""
_WORD = re.compile(r"[A-Za-z_]+")
_QUOTE = re.compile(r"\{(\w+)(:n)?\}")


@dataclass(frozen=True, slots=True)
class Input:
    """A figure that is put in: a value in a unit, and where it comes from."""

    label: str
    value: float
    unit: str
    source: str
    note: str
    at: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Formula:
    """A figure that is computed from others: `+ - * / **`, `ceil`, `min` and `max` over their names."""

    label: str
    formula: str
    unit: str
    note: str
    at: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its value in its unit, and, where it is computed, the formula."""

    name: str
    label: str
    value: float
    unit: str
    factor: float  # value * factor is the value in seconds, bytes, counts and their products
    formula: str  # empty for an input
    source: str  # empty for a formula
    note: str
    line: int

    @property
    def number(self) -> str:
        """The value with three significant digits and a scale, without its unit: "34.7 k"."""
        return number(self.value, self.unit)

    @property
    def shown(self) -> str:
        """The value as labels quote it; what is counted goes without saying: "34.7 k/s", "76.8 GB"."""
        return shown(self.value, self.unit)


def assume(label: str, value: float, unit: str = "", *, note: str = "") -> Input:
    """Put in a figure that nobody published: it is shown as an assumption."""
    return Input(label, value, unit, ASSUMPTION, note, where())


def cite(label: str, value: float, unit: str = "", *, source: str, note: str = "") -> Input:
    """Put in a figure that a source gives; `source` says which."""
    return Input(label, value, unit, source, note, where())


def derive(label: str, formula: str, unit: str = "", *, note: str = "") -> Formula:
    """Compute a figure from others by name; `unit` is checked, and is the unit in which it is shown."""
    return Formula(label, formula, unit, note, where())


class Estimate(Mapping[str, Quantity]):
    """Figures by name, in the order in which they are given. Formulas may use the names above them.

    Raises Mistake, at the line of the figure, for a name that is not above, a formula that is not arithmetic,
    or a unit that does not come out.
    """

    def __init__(self, **figures: Input | Formula) -> None:
        """Compute every figure."""
        self._registry = _registry(figures)
        self._values: dict[str, Any] = {}  # pint quantities
        self._quantities: dict[str, Quantity] = {}
        for name, figure in figures.items():
            value = self._put(figure) if isinstance(figure, Input) else self._compute(figure)
            self._values[name] = value
            self._quantities[name] = _quantity(name, figure, value)

    def __getitem__(self, name: str) -> Quantity:
        """Return the figure of that name."""
        return self._quantities[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names in the order given."""
        return iter(self._quantities)

    def __len__(self) -> int:
        """Count the figures."""
        return len(self._quantities)

    def __reduce__(self) -> tuple[Callable[..., Estimate], tuple[dict[str, Quantity]]]:
        """Travel between processes as results; units were checked where it was made."""
        return _restore, (self._quantities,)

    def _unit(self, figure: Input | Formula) -> Any:
        try:
            return self._registry.Unit(figure.unit)
        except (pint.UndefinedUnitError, ValueError, AttributeError) as error:
            word = getattr(error, "unit_names", "")
            unknown = word if isinstance(word, str) else ", ".join(word)
            hint = suggest(unknown, dir(self._registry))
            message = f"the unit '{figure.unit}' has a word that no input's unit uses: '{unknown}'{hint}"
            raise Mistake(message, figure.at) from None

    def _put(self, figure: Input) -> Any:
        return self._registry.Quantity(figure.value, self._unit(figure))

    def _compute(self, figure: Formula) -> Any:
        try:
            tree = ast.parse(figure.formula, mode="eval").body
            value = self._registry.Quantity(_evaluate(tree, self._values, figure.at))
            return value.to(self._unit(figure))
        except pint.DimensionalityError as error:
            got = f"{error.units1} where {error.units2} is needed"
            message = f"'{figure.formula}' gives {got}: correct the formula or the unit '{figure.unit}'"
            raise Mistake(message, figure.at) from None
        except SyntaxError:
            raise Mistake(f"'{figure.formula}' is not arithmetic over names", figure.at) from None
        except ZeroDivisionError:
            raise Mistake(f"'{figure.formula}' divides by zero", figure.at) from None


def _restore(quantities: dict[str, Quantity]) -> Estimate:
    estimate = Estimate.__new__(Estimate)  # without units, of which nothing more is asked
    estimate._quantities = quantities
    return estimate


def _registry(figures: Mapping[str, Input | Formula]) -> pint.UnitRegistry[Any]:
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(None)
    for line in _TIME_AND_DATA.strip().splitlines():
        registry.define(line.strip())
    for figure in figures.values():
        for word in _WORD.findall(figure.unit) if isinstance(figure, Input) else ():
            if word not in registry:
                registry.define(f"{word} = [{word}]")
    return registry


def _quantity(name: str, figure: Input | Formula, value: Any) -> Quantity:
    return Quantity(
        name=name,
        label=figure.label,
        value=float(value.magnitude),
        unit=figure.unit,
        factor=float((1 * value.units).to_base_units().magnitude),
        formula=figure.formula if isinstance(figure, Formula) else "",
        source=figure.source if isinstance(figure, Input) else "",
        note=figure.note,
        line=figure.at[1],
    )


def _ceil(value: Any) -> Any:
    """Round up in seconds, bytes and counts. A hair is taken off first: 0.1 + 0.2 must not need one more host."""
    base = value.to_base_units() if hasattr(value, "to_base_units") else value
    magnitude = getattr(base, "magnitude", base)
    rounded = math.ceil(magnitude * (1 - 1e-12))
    return base.__class__(rounded, base.units) if hasattr(base, "units") else rounded


_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {"ceil": _ceil, "min": min, "max": max}


def _evaluate(tree: ast.expr, values: Mapping[str, Any], at: tuple[str, int]) -> Any:
    match tree:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.Name(id=name):
            if name not in values:
                message = f"'{name}' is not a figure above this one{suggest(name, values)}"
                raise Mistake(message, at)
            return values[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_evaluate(left, values, at), _evaluate(right, values, at))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluate(operand, values, at)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_evaluate(argument, values, at) for argument in arguments))
    message = f"'{ast.unparse(tree)}' is more than + - * / ** ceil min max over names and numbers"
    raise Mistake(message, at)


def quoted(text: str) -> tuple[str, ...]:
    """List the names that a text quotes as `{name}`, each once, in order."""
    return tuple(dict.fromkeys(name for name, _ in _QUOTE.findall(text)))


def fill(text: str, estimate: Mapping[str, Quantity], at: tuple[str, int] | None = None) -> str:
    """Put the figures that a text quotes into it. Raises Mistake for a name that the estimate does not have."""

    def figure(match: re.Match[str]) -> str:
        name, bare = match.groups()
        if name not in estimate:
            message = f"'{{{name}}}' quotes a figure that the estimate does not have{suggest(name, estimate)}"
            raise Mistake(message, at)
        return estimate[name].number if bare else estimate[name].shown

    return _QUOTE.sub(figure, text)
