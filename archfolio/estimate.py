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
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError, suggest, where
from archfolio.figures import number, shown
from archfolio.units import WORD, Amount, MismatchError, Unit, UnknownWordError, is_known, parse_unit, unit_words

if TYPE_CHECKING:
    from collections.abc import Iterator

ASSUMPTION = "assumption"
_QUOTE = re.compile(r"\{\{|\}\}|\{(\w+)(:n)?\}")


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
    """A figure that is computed from others: `+ - * / **`, `ceil`, `min` and `max` over their names.

    `log` (natural), `exp` and `sqrt` take plain numbers.
    """

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
    amount: Amount
    unit: str  # as its author writes it
    formula: str  # empty for an input
    source: str  # empty for a formula
    note: str
    line: int

    @property
    def value(self) -> float:
        """The value in its unit."""
        return self.amount.value

    @property
    def factor(self) -> float:
        """What turns the value into one in seconds, bytes, counts and their products."""
        return self.amount.unit.factor

    @property
    def number(self) -> str:
        """The value with three significant digits and a scale, without its unit: "34.7 k"."""
        return number(self.value, self.amount.unit)

    @property
    def shown(self) -> str:
        """The value as labels quote it; what is counted goes without saying: "34.7 k/s", "76.8 GB"."""
        return shown(self.value, self.amount.unit)


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

    Raises AuthorError, at the line of the figure, for a name that is not above, a formula that is not arithmetic,
    or a unit that does not come out.
    """

    def __init__(self, **figures: Input | Formula) -> None:
        """Compute every figure."""
        self._counted = _counted(figures)
        self._amounts: dict[str, Amount] = {}
        self._quantities: dict[str, Quantity] = {}
        for name, figure in figures.items():
            if not isinstance(figure, Input | Formula):
                message = f'\'{name}\' of the estimate is {figure!r:.60}: write {name}=assume("Label", value, "unit")'
                raise AuthorError(message)
            unit = self._unit(figure.unit, figure.at)
            if isinstance(figure, Input):
                amount = Amount(_finite(figure.value, figure), unit)
            else:
                amount = self.compute(figure.formula, figure.unit, figure.at)
            self._amounts[name] = amount
            self._quantities[name] = _quantity(name, figure, amount)

    def __getitem__(self, name: str) -> Quantity:
        """Return the figure of that name."""
        return self._quantities[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names in the order given."""
        return iter(self._quantities)

    def __len__(self) -> int:
        """Count the figures."""
        return len(self._quantities)

    def __reduce__(self) -> tuple[Callable[..., Estimate], tuple[dict[str, Quantity], tuple[str, ...]]]:
        """Travel between processes as results: what was computed is not computed again."""
        return _restore, (self._quantities, self._counted)

    def compute(self, formula: str, unit: str, at: tuple[str, int]) -> Amount:
        """Compute a formula over the figures, in a unit that is checked.

        Raises AuthorError, at the line of `at`.
        """
        wanted = self._unit(unit, at)
        if not isinstance(formula, str):
            message = f'the formula {formula!r:.60} is no text: write names and signs, "users * 2"'
            raise AuthorError(message, at)
        try:
            amount = _evaluate(_parse(formula), self._amounts, at).to(wanted)
            if math.isfinite(amount.value):
                return amount
            message = f"'{formula}' comes to more than a number can hold"
        except MismatchError as error:
            got, needed = error.args
            message = f"'{formula}' gives {got} where {needed} is needed: correct the formula or the unit '{unit}'"
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            message = f"'{formula}' is not arithmetic over names"
        except ZeroDivisionError:
            message = f"'{formula}' divides by zero"
        except OverflowError:
            message = f"'{formula}' comes to more than a number can hold"
        except ArithmeticError:
            message = f"'{formula}' takes a root of a number below 0"
        raise AuthorError(message, at)

    def _unit(self, text: str, at: tuple[str, int]) -> Unit:
        if not isinstance(text, str):
            message = f'the unit {text!r:.60} is no text: write it as in "item/request"'
            raise AuthorError(message, at)
        try:
            return _parse_unit(text, self._counted)
        except UnknownWordError as error:
            word = error.args[0]
            hint = suggest(word, (*self._counted, *unit_words()))
            message = f"the unit '{text}' has a word that no input's unit uses: '{word}'{hint}"
        except ValueError as error:
            message = f"{error}: write a unit as in 'item/request'"
        raise AuthorError(message, at)


_parse_unit = cache(parse_unit)  # figures share their units, and an estimate that is revised has the same formulas


@cache
def _parse(formula: str) -> ast.expr:
    return ast.parse(formula.strip(), mode="eval").body


def _restore(quantities: dict[str, Quantity], counted: tuple[str, ...]) -> Estimate:
    estimate = Estimate()
    estimate._counted, estimate._quantities = counted, quantities
    estimate._amounts = {name: one.amount for name, one in quantities.items()}
    return estimate


def _counted(figures: Mapping[str, Input | Formula]) -> tuple[str, ...]:
    """List the words that the units of inputs bring in: what is counted."""
    units = (one.unit for one in figures.values() if isinstance(one, Input) and isinstance(one.unit, str))
    words = (word for unit in units for word in WORD.findall(unit))
    return tuple(dict.fromkeys(word for word in words if not is_known(word)))


def _finite(value: float, figure: Input) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= sys.float_info.max:
        message = f"the value of '{figure.label}' is {value!r:.40}: write a number"
        raise AuthorError(message, figure.at)
    return float(value)


def _quantity(name: str, figure: Input | Formula, amount: Amount) -> Quantity:
    return Quantity(
        name=name,
        label=figure.label,
        amount=amount,
        unit=figure.unit,
        formula=figure.formula if isinstance(figure, Formula) else "",
        source=figure.source if isinstance(figure, Input) else "",
        note=figure.note,
        line=figure.at[1],
    )


_OPERATORS: dict[type[ast.AST], Callable[[Amount, Amount], Amount]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_FUNCTIONS: dict[str, Callable[..., Amount]] = {"min": Amount.least, "max": Amount.greatest}
_OF_PLAIN: dict[str, Callable[[float], float]] = {"log": math.log, "exp": math.exp, "sqrt": math.sqrt}


def _evaluate(tree: ast.expr, amounts: Mapping[str, Amount], at: tuple[str, int]) -> Amount:
    match tree:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Amount(float(value))
        case ast.Name(id=name):
            if name not in amounts:
                hint = suggest(name, amounts) or f": put '{name}' in above it, or correct the name"
                message = f"'{name}' is not a figure above this one{hint}"
                raise AuthorError(message, at)
            return amounts[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_evaluate(left, amounts, at), _evaluate(right, amounts, at))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluate(operand, amounts, at)
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=[_, *_] as arguments, keywords=[]):
            return _FUNCTIONS[name](*(_evaluate(argument, amounts, at) for argument in arguments))
        case ast.Call(func=ast.Name(id="ceil" | "log" | "exp" | "sqrt" as name), args=[argument], keywords=[]):
            return _of_one(name, _evaluate(argument, amounts, at), tree, at)
        case ast.Call(func=ast.Name(id="ceil" | "log" | "exp" | "sqrt" as name)):
            message = f"'{ast.unparse(tree)}' is of one figure, in '{name}(...)' stands one argument"
            raise AuthorError(message, at)
    message = f"'{ast.unparse(tree)}' is more than + - * / ** ceil min max log exp sqrt over names and numbers"
    raise AuthorError(message, at)


def _of_one(name: str, argument: Amount, tree: ast.expr, at: tuple[str, int]) -> Amount:
    """Compute a function of one figure; all but `ceil` are of plain numbers."""
    try:
        return argument.ceil() if name == "ceil" else argument.through(_OF_PLAIN[name])
    except MismatchError as error:
        got = error.args[0]
        message = f"'{ast.unparse(tree)}' takes a plain number, and gets one of {got}: divide it by one of that unit"
    except ValueError:
        value = f"{argument.value:g}"
        least = "above 0" if name == "log" else "of 0 or more"
        message = f"'{ast.unparse(tree)}' takes a number {least}, and gets {value}"
    raise AuthorError(message, at) from None


def interpolate(text: str, estimate: Mapping[str, Quantity], at: tuple[str, int] | None = None) -> str:
    """Return a text with the figures that it quotes as `{name}`; `{{` and `}}` are braces.

    Raises AuthorError for a name that the estimate does not have.
    """
    if "{" not in text and "}" not in text:
        return text[:]  # plain: a member of an enumeration of texts could not be written down
    check_quotes(text, estimate, at)

    def figure(match: re.Match[str]) -> str:
        name, bare = match.groups()
        if name is None:
            return match[0][0]
        return estimate[name].number if bare else estimate[name].shown

    return _QUOTE.sub(figure, text)


def check_quotes(text: str, estimate: Mapping[str, Quantity], at: tuple[str, int] | None = None) -> None:
    """Raise AuthorError for a name that a text quotes as `{name}` and the estimate does not have."""
    for name, _ in _QUOTE.findall(text) if "{" in text else ():
        if name and name not in estimate:
            hint = suggest(name, estimate) or f"; for braces write '{{{{{name}}}}}'"
            message = f"'{{{name}}}' quotes a figure that the estimate does not have{hint}"
            raise AuthorError(message, at)
