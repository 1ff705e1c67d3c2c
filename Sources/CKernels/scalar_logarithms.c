#include "include/scalar.h"

#include "logarithm.h"

#include <float.h>
#include <math.h>

/// The logarithm of what is no positive finite number.
static double extreme(double x) {
  if (x == 0) return -INFINITY;
  return x > 0 ? x : NAN;
}

double tf_log(double x) {
  if (!(x > 0 && x <= DBL_MAX)) return extreme(x);
  double_double log = whole(logarithm((double_double){x, 0}));
  return log.high + log.low;
}

double tf_log1p(double x) {
  if (!(x > -1 && x <= DBL_MAX)) return extreme(1 + x);
  if (absolute_f64_inline(x) < 0x1p-54) return x;
  double_double log = logarithm_of_one_plus((double_double){x, 0});
  return log.high + log.low;
}

double tf_log2(double x) {
  if (!(x > 0 && x <= DBL_MAX)) return extreme(x);
  split_logarithm log = logarithm((double_double){x, 0});
  double_double value = sum_of_pairs((double_double){log.exponent, 0}, product_of_pairs(log.value, ONE_BY_LN2));
  return value.high + value.low;
}

double tf_log10(double x) {
  if (!(x > 0 && x <= DBL_MAX)) return extreme(x);
  double_double value = product_of_pairs(whole(logarithm((double_double){x, 0})), ONE_BY_LN10);
  return value.high + value.low;
}

double tf_asinh(double x) {
  double size = absolute_f64_inline(x);
  if (!(size > 0x1p-28 && size <= DBL_MAX)) return x;
  double_double log;
  if (size > 0x1p28) {
    split_logarithm of_size = logarithm((double_double){size, 0});
    of_size.exponent += 1;
    log = whole(of_size);
  } else {
    double square = size * size;
    log = logarithm_of_one_plus(two_sum(size, square / (1.0 + __builtin_elementwise_sqrt(1.0 + square))));
  }
  double value = log.high + log.low;
  return x < 0 ? -value : value;
}

double tf_atanh(double x) {
  double size = absolute_f64_inline(x);
  if (!(size > 0x1p-28)) return x;
  if (!(size < 1)) return size == 1 ? x * INFINITY : NAN;
  double_double upper = logarithm_of_one_plus((double_double){size, 0});
  double_double sum = sum_of_pairs(upper, negative(logarithm_of_one_plus((double_double){-size, 0})));
  double value = 0.5 * (sum.high + sum.low);
  return x < 0 ? -value : value;
}
