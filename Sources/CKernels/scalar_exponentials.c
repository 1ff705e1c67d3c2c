#include "include/scalar.h"

#include "exponential.h"

#include <math.h>

double tf_exp(double x) {
  if (!(x >= -746.0)) return x != x ? x : 0.0;
  if (x > 710.0) return INFINITY;
  scaled_pair exp = exponential((double_double){x, 0});
  return scaled(exp.value.high + exp.value.low, exp.exponent);
}

/// exp(x) - 1 for |x| < 100, within 2^-60 of its size
INLINE double_double exponential_less_one(double x) {
  reduced_exponent reduced = reduce_exponent((double_double){x, 0});
  if (reduced.steps == 0) return ordered_sum(reduced.rest.high, exponential_rest(reduced.rest));
  scaled_pair exp = exponential((double_double){x, 0});
  double scale = power_of_two(exp.exponent);
  double_double sum = two_sum(exp.value.high * scale, -1.0);
  return ordered_sum(sum.high, sum.low + exp.value.low * scale);
}

double tf_expm1(double x) {
  if (absolute_f64_inline(x) < 0x1p-54) return x;
  if (!(x > -40.0)) return x != x ? x : -1.0;
  if (x > 60.0) return tf_exp(x);
  double_double value = exponential_less_one(x);
  return value.high + value.low;
}

double tf_sinh(double x) {
  double size = absolute_f64_inline(x), value;
  if (!(size > 0x1p-28)) return x;
  if (size > 711.0) {
    value = INFINITY;
  } else if (size > 21.0) {
    scaled_pair exp = exponential((double_double){size, 0});
    value = scaled(exp.value.high + exp.value.low, exp.exponent - 1);
  } else {
    // With e = exp(x) - 1: sinh x = (e + e / (e + 1)) / 2.
    double_double e = exponential_less_one(size);
    double_double sum = sum_of_pairs(e, quotient_of_pairs(e, sum_of_pairs(e, (double_double){1, 0})));
    value = 0.5 * (sum.high + sum.low);
  }
  return x < 0 ? -value : value;
}

double tf_tanh(double x) {
  double size = absolute_f64_inline(x);
  if (!(size > 0x1p-28)) return x;
  double value = 1;
  if (size < 20.0) {
    // With e = exp(2x) - 1: tanh x = e / (e + 2).
    double_double e = exponential_less_one(2 * size);
    double_double quotient = quotient_of_pairs(e, sum_of_pairs(e, (double_double){2, 0}));
    value = quotient.high + quotient.low;
  } else if (size != size) {
    return x;
  }
  return x < 0 ? -value : value;
}
