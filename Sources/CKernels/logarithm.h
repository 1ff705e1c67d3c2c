#pragma once

// Logarithms as double_double, about 2^-68 of their size from the truth.

#include "elementary.h"
#include "scalar_tables.h"

/// value + exponent ln 2
typedef struct {
  double_double value;
  double exponent;
} split_logarithm;

/// ln(x.high + x.low) for a positive, finite x.high; |value| <= ln(2) / 2 and a bit.
///
/// With x = 2^k m and c the multiple of 1/128 next to m: ln m = ln c + ln(1 + f), f = m / c - 1, where 1 / c is rounded to
/// 12 bits, so that f is exact. Where c is 1, f is all there is, and the relative error stays small up to x = 1.
INLINE split_logarithm logarithm(double_double x) {
  double exponent = 0;
  if (x.high < 0x1p-1022) {
    x.high *= 0x1p54;
    x.low *= 0x1p54;
    exponent = -54;
  }
  const uint64_t half = 0x3fe6a09e00000000u, offset = 0x3ff0000000000000u - half;
  uint64_t shifted = bits_of_f64(x.high) + offset;
  int k = (int)(shifted >> 52) - 1023;
  double m = f64_of_bits((shifted & 0xfffffffffffffu) + half);
  // 2^-k; a low part that it would lift is zero or far too small to count.
  double low = x.low == 0 ? 0 : x.low * f64_of_bits((uint64_t)(k < 1000 ? 1023 - k : 23) << 52);
  int index = (int)(m * 128.0 + 0.5) - 90;
  double inverse = LOGARITHMS[index].inverse;
  double_double start = LOGARITHMS[index].log;
  double upper = f64_of_bits(bits_of_f64(m) & 0xfffffffff8000000u);
  double_double f = two_sum(upper * inverse - 1.0, (m - upper) * inverse);
  f = two_sum(f.high, f.low + low * inverse);
  // ln(1 + f) = f - f^2 / 2 + f^3 P(f)
  double z = f.high;
  double p = 1.0 / 9.0 - z * (1.0 / 10.0);
  p = 1.0 / 8.0 - z * p;
  p = 1.0 / 7.0 - z * p;
  p = 1.0 / 6.0 - z * p;
  p = 1.0 / 5.0 - z * p;
  p = 1.0 / 4.0 - z * p;
  p = 1.0 / 3.0 - z * p;
  double_double square = two_product(z, z);
  double_double sum = two_sum(start.high, z);
  double_double total = two_sum(sum.high, -0.5 * square.high);
  double rest = start.low + (f.low * (1.0 - z * (1.0 - z)) + (square.high * z * p - 0.5 * square.low));
  return (split_logarithm){ordered_sum(total.high, (sum.low + total.low) + rest), exponent + k};
}

INLINE double_double whole(split_logarithm x) {
  double_double sum = two_sum(x.exponent * LN2.high, x.value.high);
  return ordered_sum(sum.high, sum.low + (x.exponent * LN2.low + x.value.low));
}

/// ln(1 + x) for -1 < x.high and finite
INLINE double_double logarithm_of_one_plus(double_double x) {
  double_double sum = two_sum(1.0, x.high);
  return whole(logarithm((double_double){sum.high, sum.low + x.low}));
}
