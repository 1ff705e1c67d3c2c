#include "include/scalar.h"

#include "exponential.h"

#include <math.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/// erf(x) for |x| < 1
INLINE double_double series(double x) {
  double z = x * x;
  double_double first = two_product(x, TWO_BY_ROOT_PI.high);
  double_double sum = ordered_sum(first.high, x * (z * polynomial(ERF, COUNT(ERF), z)));
  return (double_double){sum.high, sum.low + (first.low + x * TWO_BY_ROOT_PI.low)};
}

/// exp(x^2) erfc(x) for x >= 1/2
INLINE double scaled_complement(double x) {
  if (x >= 8) {
    double w = 1.0 / (x * x), first = 0.5 * TWO_BY_ROOT_PI.high / x;
    return first + first * (w * polynomial(SCALED_ERFC_TAIL, COUNT(SCALED_ERFC_TAIL), w));
  }
  // Eight intervals in each octave: by the exponent and three bits after it.
  uint64_t bits = bits_of_f64(x);
  double center = f64_of_bits(((bits >> 49) << 49) | (1ull << 48));
  const double *coefficients = SCALED_ERFC[(bits >> 49) - (0x3fe0000000000000u >> 49)];
  return polynomial(coefficients, COUNT(SCALED_ERFC[0]), x - center);
}

/// erfc(x) for x >= 1/2: exp(-x^2) times its scaled form, x^2 without rounding
INLINE double complement(double x) {
  if (!(x < 27.5)) return 0;
  scaled_pair exp = exponential(negative(two_product(x, x)));
  double scale = scaled_complement(x);
  return scaled(exp.value.high * scale + exp.value.low * scale, exp.exponent);
}

double tf_erf(double x) {
  double size = absolute_f64_inline(x), value;
  if (size < 0x1p-900) return x * TWO_BY_ROOT_PI.high;
  if (size < 1) {
    double_double erf = series(x);
    return erf.high + erf.low;
  }
  if (size != size) return x;
  value = size > 6 ? 1.0 : 1.0 - complement(size);
  return x < 0 ? -value : value;
}

double tf_erfc(double x) {
  if (x != x) return x;
  if (x >= 0.5) return complement(x);
  if (x <= -6) return 2.0;
  if (x <= -0.5) return 2.0 - complement(-x);
  double_double erf = series(x);
  double_double difference = two_sum(1.0, -erf.high);
  return difference.high + (difference.low - erf.low);
}
