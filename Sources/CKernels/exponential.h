#pragma once

// The exponential as a double_double, about 2^-68 from the truth.

#include "elementary.h"
#include "scalar_tables.h"

/// value 2^exponent
typedef struct {
  double_double value;
  int exponent;
} scaled_pair;

/// n and r of x = n ln(2) / 64 + r, |r| < 0.0055
typedef struct {
  int steps;
  double_double rest;
} reduced_exponent;

/// For |x| < 800 and x.low below an ulp of x.high.
INLINE reduced_exponent reduce_exponent(double_double x) {
  double n = (x.high * 0x1.71547652b82fep6 + ROUNDER_F64) - ROUNDER_F64;
  double_double rest = two_sum(x.high - n * LN2_BY_64.high, x.low - n * LN2_BY_64.low);
  return (reduced_exponent){(int)n, rest};
}

/// exp(r) - 1 - r.high for |r| < 0.0055, within 2^-68
INLINE double exponential_rest(double_double r) {
  double x = r.high;
  double p = 1.0 / 5040.0 + x * (1.0 / 40320.0);
  p = 1.0 / 720.0 + x * p;
  p = 1.0 / 120.0 + x * p;
  p = 1.0 / 24.0 + x * p;
  p = 1.0 / 6.0 + x * p;
  return x * x * (0.5 + x * p) + (r.low + r.low * x);
}

/// exp(x) = 2^(n div 64) 2^((n mod 64) / 64) exp(r), for |x| < 800
INLINE scaled_pair exponential(double_double x) {
  reduced_exponent reduced = reduce_exponent(x);
  double_double power = POWERS[reduced.steps & 63], r = reduced.rest;
  double rest = exponential_rest(r);
  double_double product = two_product(power.high, r.high);
  double_double sum = ordered_sum(power.high, product.high);
  double low = sum.low + (product.low + (power.high * rest + power.low * (1.0 + r.high)));
  return (scaled_pair){ordered_sum(sum.high, low), (reduced.steps - (reduced.steps & 63)) / 64};
}

/// 2^exponent, for exponents of normal numbers
INLINE double power_of_two(int exponent) { return f64_of_bits((uint64_t)(exponent + 1023) << 52); }

/// x 2^exponent, rounded once, for 2^-10 < |x| < 2^10 and |exponent| < 1400
INLINE double scaled(double x, int exponent) {
  if (exponent > 1000) return x * 0x1p1000 * power_of_two(exponent - 1000);
  if (exponent < -1000) return x * power_of_two(exponent + 500) * 0x1p-500;
  return x * power_of_two(exponent);
}
