#include "include/scalar.h"

#include "logarithm.h"

#include <float.h>
#include <math.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/// ln Gamma(2 + z) for |z| <= 1/2
INLINE double_double near_two(double z) {
  double_double first = two_product(z, ONE_LESS_GAMMA.high);
  double rest = z * ONE_LESS_GAMMA.low + z * z * polynomial(LOG_GAMMA, COUNT(LOG_GAMMA), z);
  return ordered_sum(first.high, first.low + rest);
}

/// (x - 1/2) ln x - x + ln(2 pi) / 2 + 1 / (12 x) - ..., for x >= 10
INLINE double stirling(double x) {
  double_double log = whole(logarithm((double_double){x, 0}));
  if (x > 0x1p60) {
    // The rest is below half an ulp; x ln x may be infinite.
    return x * (log.high - 1.0);
  }
  double_double product = product_of_pairs(two_sum(x, -0.5), log);
  double inverse = 1.0 / x;
  double rest = inverse * polynomial(STIRLING, COUNT(STIRLING), inverse * inverse);
  double_double sum = two_sum(product.high, -x), total = two_sum(sum.high, HALF_LOG_2PI.high);
  return total.high + (total.low + (sum.low + (product.low + (HALF_LOG_2PI.low + rest))));
}

double tf_log_gamma(double x) {
  if (!(x > 0)) return x == 0 ? INFINITY : NAN;
  if (x > DBL_MAX) return x;
  if (x >= 10) return stirling(x);
  double_double value;
  if (x >= 1.5) {
    // Gamma(x) = (x - 1) (x - 2) ... (x - n) Gamma(x - n), with x - n in 1.5 ..< 2.5, each without rounding.
    double_double product = {1, 0};
    while (x >= 2.5) {
      x -= 1;
      product = product_of_pairs(product, (double_double){x, 0});
    }
    value = near_two(x - 2);
    if (product.high > 1) value = sum_of_pairs(whole(logarithm(product)), value);
  } else if (x >= 0.5) {
    // Gamma(x) = Gamma(x + 1) / x
    value = sum_of_pairs(near_two(x - 1), negative(whole(logarithm((double_double){x, 0}))));
  } else {
    // Gamma(x) = Gamma(x + 2) / (x (x + 1))
    double_double logs = sum_of_pairs(
        whole(logarithm((double_double){x, 0})), logarithm_of_one_plus((double_double){x, 0}));
    value = sum_of_pairs(near_two(x), negative(logs));
  }
  return value.high + value.low;
}
