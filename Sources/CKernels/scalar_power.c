#include "include/scalar.h"

#include "exponential.h"
#include "logarithm.h"

#include <math.h>

/// 0 when y is no whole number, 1 when it is odd, 2 when it is even
static int wholeness(double y) {
  double size = absolute_f64_inline(y);
  if (size >= 0x1p53) return 2;
  int64_t number = (int64_t)size;
  if ((double)number != size) return 0;
  return number % 2 == 0 ? 2 : 1;
}

/// |x|^y for x that is neither 0, infinite nor of size 1, and a finite y that is not 0: exp(y ln |x|).
static double power_of_size(double size, double y) {
  int isLarge = (size > 1) == (y > 0);
  // |ln |x|| is in 2^-54 ... 745.
  if (absolute_f64_inline(y) > 0x1p65) return isLarge ? INFINITY : 0.0;
  if (absolute_f64_inline(y) < 0x1p-70) return 1.0;
  double_double log = whole(logarithm((double_double){size, 0}));
  double_double product = two_product(log.high, y);
  product = ordered_sum(product.high, product.low + log.low * y);
  if (product.high > 710.0) return INFINITY;
  if (product.high < -746.0) return 0.0;
  scaled_pair exp = exponential(product);
  return scaled(exp.value.high + exp.value.low, exp.exponent);
}

double tf_pow(double x, double y) {
  if (y == 0 || x == 1) return 1.0;
  if (x != x || y != y) return x + y;
  double size = absolute_f64_inline(x), value;
  int whole = wholeness(y);
  int isFinite = size < INFINITY && absolute_f64_inline(y) < INFINITY;
  if (size == 1) {
    value = 1.0;
  } else if (size == 0 || !isFinite) {
    value = (size > 1) == (y > 0) ? INFINITY : 0.0;
  } else {
    value = power_of_size(size, y);
  }
  if (!(bits_of_f64(x) >> 63)) return value;
  if (whole == 1) return -value;
  return whole == 2 || size == 0 || !isFinite ? value : NAN;
}
