"""The beta distribution: what is believed of a rate after k of n.

Owns the numbers only, no meaning. Every probability stays within 0..1, and the
same arguments always give the same float, so that a verdict can be told again.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, inf, isnan, lgamma, log, log1p, sqrt

TINY = 1e-300
"""Stands for a zero in a denominator of the continued fraction."""
CLOSE = 1e-15
MOST_TERMS = 10_000
Z_95 = 1.959963984540054
"""The standard normal distribution holds 95 % within so many deviations."""


@lru_cache(maxsize=16_384)
def below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b): the probability of a rate up to `x`.

    `a` and `b` are positive; outside 0..1 the answer is 0 or 1. Raises ValueError otherwise.
    """
    _check(a, b)
    if isnan(x):
        raise ValueError("no rate")
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    # The fraction converges fast only on its own side of the mean.
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _lower_tail(1 - x, b, a, log1p(-x), log(x))
    return _lower_tail(x, a, b, log(x), log1p(-x))


def above(x: float, a: float, b: float) -> float:
    """The probability of a rate over `x`."""
    return 1.0 - below(x, a, b)


@lru_cache(maxsize=4_096)
def quantile(p: float, a: float, b: float) -> float:
    """The rate below which the share `p` of the belief lies, by bisection, to 1e-10.

    Raises ValueError for a `p` outside 0..1, or for parameters that are not positive.
    """
    _check(a, b)
    if not 0 <= p <= 1:
        raise ValueError(f"{p} is no probability")
    low, high = 0.0, 1.0
    while high - low > 1e-10 * max(high, 1e-6):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if below(middle, a, b) < p else (low, middle)
    return (low + high) / 2


@lru_cache(maxsize=4_096)
def interval(k: int, n: int) -> tuple[float, float]:
    """The Wilson interval of 95 % for the rate behind `k` of `n`; it always holds k/n.

    Chosen over the textbook interval, whose true coverage falls far below 95 %
    for the small rates and few sends of a desk. (0, 1) when nothing was sent.
    Raises ValueError unless 0 <= k <= n.
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n}")
    if n == 0:
        return 0.0, 1.0
    rate, z2 = k / n, Z_95 * Z_95
    middle = (rate + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 * sqrt(rate * (1 - rate) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    # Rounding must not push the ends beyond the rate at 0 of n and n of n.
    low = 0.0 if k == 0 else min(max(middle - half, 0.0), rate)
    high = 1.0 if k == n else max(min(middle + half, 1.0), rate)
    return low, high


@lru_cache(maxsize=4_096)
def beats(k: int, n: int, other_k: int, other_n: int) -> float:
    """The probability that the rate behind `k` of `n` is higher than that behind the other.

    Both start from a flat belief. Exact: a finite sum over the counts.
    Raises ValueError unless the counts lie within their numbers.
    """
    if not (0 <= k <= n and 0 <= other_k <= other_n):
        raise ValueError(f"{k} of {n}, {other_k} of {other_n}")
    if k > other_k:
        # The sum has as many terms as the first count: the shorter one serves both.
        return 1.0 - beats(other_k, other_n, k, n)
    a, b = k + 1, n - k + 1
    other_a, other_b = other_k + 1, other_n - other_k + 1
    log_term = _log_beta(other_a, other_b + b) - _log_beta(other_a, other_b)
    total = 0.0
    for i in range(a):
        total += exp(log_term)
        log_term += log(other_a + i) + log(b + i) - log(other_a + other_b + b + i) - log(i + 1)
    return min(total, 1.0)


def _check(a: float, b: float) -> None:
    if not (0 < a < inf and 0 < b < inf):
        raise ValueError(f"no beta distribution has the parameters {a} and {b}")


def _lower_tail(x: float, a: float, b: float, log_x: float, log_rest: float) -> float:
    front = exp(a * log_x + b * log_rest - _log_beta(a, b)) / a
    return min(max(front * _fraction(x, a, b), 0.0), 1.0)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _fraction(x: float, a: float, b: float) -> float:
    """The reciprocal of 1 + d1/(1 + d2/(1 + ...)), by Lentz's way: each step a factor near 1.

    d(2m) = m(b-m)x / ((a+2m-1)(a+2m)), d(2m+1) = -(a+m)(a+b+m)x / ((a+2m)(a+2m+1)).
    """
    c, d, found = 1.0, 0.0, 1.0
    for step in range(1, MOST_TERMS):
        m, odd = divmod(step, 2)
        at = a + 2 * m
        if odd:
            term = -(a + m) * (a + b + m) * x / (at * (at + 1))
        else:
            term = m * (b - m) * x / ((at - 1) * at)
        d = 1 / (1 + term * d or TINY)
        c = 1 + term / c or TINY
        found *= c * d
        if abs(1 - c * d) < CLOSE:
            break
    return 1 / found
