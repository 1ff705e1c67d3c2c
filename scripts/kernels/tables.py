#!/usr/bin/env python3
"""Writes the constants of CKernels' scalar functions: Sources/CKernels/scalar_tables.h, from mpmath at 60 digits.

Every constant is a value of a function, a coefficient of a power series, or of the polynomial through a function's values at
the Chebyshev points of an interval.
"""

import pathlib
import struct

import mpmath
from mpmath import mp, mpf

mp.dps = 60
HEADER = pathlib.Path(__file__).resolve().parents[2] / "Sources/CKernels/scalar_tables.h"
lines = []


def split(value, bits=53):
    """The nearest number of so many bits, and what is left as a double."""
    high = mp.mpf(0)
    if value:
        scale = mpf(2) ** (bits - 1 - mp.floor(mp.log(abs(value), 2)))
        high = mp.nint(value * scale) / scale
    return float(high), float(value - high)


def text(value):
    return float(value).hex()


def single(value):
    """The nearest number of single precision."""
    return struct.unpack("f", struct.pack("f", float(value)))[0]


def rows(values):
    row = "   "
    for value in values:
        if len(row) + len(value) + 2 > 118:
            lines.append(row)
            row = "   "
        row += f" {value},"
    lines.append(row)


def pair(name, comment, value, bits=53):
    high, low = split(value, bits)
    lines.extend([f"/// {comment}", f"static const double_double {name} = {{{text(high)}, {text(low)}}};", ""])


def array(name, comment, values, element="double"):
    lines.extend([f"/// {comment}", f"static const {element} {name}[{len(values)}] = {{"])
    rows([text(value) if element == "double" else text(single(value)) + "f" for value in values])
    lines.extend(["};", ""])


def fitted(function, lower, upper, degree, center=0):
    """The coefficients, in x - center, of the polynomial through the values at the Chebyshev points."""
    middle, half = (mpf(lower) + upper) / 2, (mpf(upper) - lower) / 2
    points = [mp.cos(mp.pi * (2 * k + 1) / (2 * degree + 2)) for k in range(degree + 1)]
    matrix = mp.matrix(degree + 1)
    for row, point in enumerate(points):
        for column in range(degree + 1):
            matrix[row, column] = (middle + half * point - center) ** column
    solution = mp.lu_solve(matrix, mp.matrix([function(middle + half * point) for point in points]))
    return [solution[k] for k in range(degree + 1)]


def scaled_erfc(x):
    return mp.exp(x * x) * mp.erfc(x)


lines.append("// Written by scripts/kernels/tables.py with mpmath " + mpmath.__version__ + ".")
lines.extend(["", "#pragma once", "", '#include "double_double.h"', ""])
pair("LN2", "ln 2, of 40 bits and the rest: whole multiples of the first are exact", mp.log(2), 40)
pair("LN2_BY_64", "ln 2 / 64, of 34 bits and the rest", mp.log(2) / 64, 34)
pair("ONE_BY_LN2", "1 / ln 2", 1 / mp.log(2))
pair("ONE_BY_LN10", "1 / ln 10", 1 / mp.log(10))
pair("PI", "pi", mp.pi)
pair("HALF_PI", "pi / 2", mp.pi / 2)
pair("TWO_BY_ROOT_PI", "2 / sqrt(pi)", 2 / mp.sqrt(mp.pi))
pair("HALF_LOG_2PI", "ln(2 pi) / 2", mp.log(2 * mp.pi) / 2)
pair("ONE_LESS_GAMMA", "1 - gamma, Euler's constant", 1 - mp.euler)

lines.extend(["/// 2^(i / 64)", "static const double_double POWERS[64] = {"])
rows(["{%s, %s}" % tuple(map(text, split(mpf(2) ** (mpf(i) / 64)))) for i in range(64)])
lines.extend(["};", "", "/// 1 / c, of 12 bits, and ln of its inverse, for c = 90 / 128, 91 / 128, ... 182 / 128"])
lines.extend(["static const struct {", "  double inverse;", "  double_double log;", "} LOGARITHMS[93] = {"])
entries = []
for j in range(90, 183):
    inverse, _ = split(mpf(128) / j, 12)
    high, low = split(-mp.log(mpf(inverse)))
    entries.append("{%s, {%s, %s}}" % (text(inverse), text(high), text(low)))
rows(entries)
lines.extend(["};", ""])

array("ERF", "erf(x) = x (2 / sqrt(pi) + x^2 (sum of ERF[n] x^2n))",
      [2 / mp.sqrt(mp.pi) * (-1) ** n / (mp.factorial(n) * (2 * n + 1)) for n in range(1, 20)])
DEGREE = 11
lines.append("/// exp(x^2) erfc(x) in powers of x - c, for x within 1 / 16 of c (1 + i / 8 + 1 / 16), c = 1/2, 1, 2, 4: row by row")
lines.append(f"static const double SCALED_ERFC[32][{DEGREE + 1}] = {{")
for octave in (mpf(1) / 2, mpf(1), mpf(2), mpf(4)):
    for i in range(8):
        lower, upper = octave * (1 + mpf(i) / 8), octave * (1 + mpf(i + 1) / 8)
        center = (lower + upper) / 2
        coefficients = fitted(scaled_erfc, lower, upper, DEGREE, center)
        worst = max(
            abs(sum(mpf(float(c)) * (x - center) ** k for k, c in enumerate(coefficients) if k) + coefficients[0]
                - scaled_erfc(x)) / scaled_erfc(x)
            for x in [lower + (upper - lower) * mpf(s) / 40 for s in range(41)])
        assert worst < mpf(2) ** -56, (center, mp.nstr(worst))
        lines.append("    {")
        rows([text(c) for c in coefficients])
        lines.append("    },")
lines.extend(["};", ""])
array("SCALED_ERFC_TAIL", "x sqrt(pi) exp(x^2) erfc(x) = 1 + sum of SCALED_ERFC_TAIL[n] x^-2(n + 1), for x >= 8",
      [(-1) ** n * mp.fac2(2 * n - 1) / mpf(2) ** n for n in range(1, 18)])
array("LOG_GAMMA", "ln Gamma(2 + z) = (1 - gamma) z + z^2 sum of LOG_GAMMA[n] z^n",
      [(-1) ** k * (mp.zeta(k) - 1) / k for k in range(2, 32)])
array("STIRLING", "ln Gamma(x) - (x - 1/2) ln x + x - ln(2 pi) / 2 = sum of STIRLING[n] x^-(2n + 1)",
      [mp.bernoulli(2 * k) / (2 * k * (2 * k - 1)) for k in range(1, 12)])
array("SINE", "sin(pi x) = x (pi + x^2 sum of SINE[n] x^2n)",
      [(-1) ** n * mp.pi ** (2 * n + 1) / mp.factorial(2 * n + 1) for n in range(1, 10)])
array("COSINE", "cos(pi x) = 1 + x^2 sum of COSINE[n] x^2n",
      [(-1) ** n * mp.pi ** (2 * n) / mp.factorial(2 * n) for n in range(1, 10)])


def arcsine_rest(z):
    root = mp.sqrt(z)
    return (mp.asin(root) / root - 1) / z


array("ARCSINE", "asin(x) = x + x^3 sum of ARCSINE[n] x^2n, for |x| <= 1/2", fitted(arcsine_rest, mpf(0), mpf(1) / 4, 15))


def normal_tail(t):
    a = 4 * (1 + t) / (1 - t)
    return mp.exp(a * a / 2) * mp.erfc(a / mp.sqrt(2)) / 2 * (a + 4)


for name, element, largest, degree, bits in (
        ("NORMAL_TAIL", "double", mpf("38.8"), 23, 57), ("NORMAL_TAIL_FLOAT", "float", mpf("14.6"), 10, 28)):
    end = (largest - 4) / (largest + 4)
    coefficients = fitted(normal_tail, mpf(-1), end, degree)
    worst = max(abs(mp.polyval(coefficients[::-1], t) / normal_tail(t) - 1)
                for t in [-1 + (end + 1) * mpf(s) / 200 for s in range(201)])
    assert worst < mpf(2) ** -bits, (name, mp.nstr(worst))
    array(name, "(a + 4) exp(a^2 / 2) (1 - Phi(a)) in powers of t = (a - 4) / (a + 4), for 0 <= a <= " + mp.nstr(largest),
          coefficients, element)
HEADER.write_text("\n".join(lines).rstrip() + "\n")
