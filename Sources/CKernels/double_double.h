#pragma once

// Numbers as unevaluated sums of two doubles, about 106 bits, by Dekker's and Knuth's exact transformations.
//
// Only additions, subtractions, multiplications and divisions of doubles, each rounded by itself: the bits are the same on
// every processor, with or without fused operations.

#include "kernel_macros.h"

/// high + low, where |low| is at most half an ulp of high, or a few of them.
typedef struct {
  double high, low;
} double_double;

/// a + b, exactly
INLINE double_double two_sum(double a, double b) {
  double sum = a + b;
  double shareOfB = sum - a;
  return (double_double){sum, (a - (sum - shareOfB)) + (b - shareOfB)};
}

/// a + b, exactly, where a is zero or |a| >= |b|
INLINE double_double ordered_sum(double a, double b) {
  double sum = a + b;
  return (double_double){sum, b - (sum - a)};
}

/// x as a sum of two numbers of 26 bits, for |x| < 2^995
INLINE double_double halves(double x) {
  double scaled = 0x1.0000002p27 * x;
  double high = scaled - (scaled - x);
  return (double_double){high, x - high};
}

/// a b, exactly when neither the product nor its rest overflows or underflows, for |a|, |b| < 2^995
INLINE double_double two_product(double a, double b) {
  double product = a * b;
  double_double x = halves(a), y = halves(b);
  double low = ((x.high * y.high - product) + x.high * y.low + x.low * y.high) + x.low * y.low;
  return (double_double){product, low};
}

/// a + b, when they do not cancel
INLINE double_double sum_of_pairs(double_double a, double_double b) {
  double_double sum = two_sum(a.high, b.high);
  return ordered_sum(sum.high, sum.low + (a.low + b.low));
}

INLINE double_double product_of_pairs(double_double a, double_double b) {
  double_double product = two_product(a.high, b.high);
  return ordered_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

INLINE double_double quotient_of_pairs(double_double a, double_double b) {
  double quotient = a.high / b.high;
  double_double back = two_product(quotient, b.high);
  double rest = ((a.high - back.high) - back.low) + (a.low - quotient * b.low);
  return ordered_sum(quotient, rest / b.high);
}

INLINE double_double negative(double_double a) { return (double_double){-a.high, -a.low}; }

/// The value of a polynomial by Horner's rule, the constant coefficient first.
INLINE double polynomial(const double *coefficients, int count, double x) {
  double value = coefficients[count - 1];
  for (int i = count - 2; i >= 0; i--) value = value * x + coefficients[i];
  return value;
}
