#include "include/scalar.h"

#include "elementary.h"
#include "scalar_tables.h"

#include <math.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

double tf_asin(double x) {
  double size = absolute_f64_inline(x);
  if (!(size <= 1)) return x != x ? x : NAN;
  if (size <= 0.5) {
    if (size < 0x1p-27) return x;
    double z = x * x;
    return x + x * (z * polynomial(ARCSINE, COUNT(ARCSINE), z));
  }
  // asin x = pi / 2 - 2 asin(s) with s^2 = (1 - x) / 2.
  double z = 0.5 * (1.0 - size), root = __builtin_elementwise_sqrt(z);
  double_double square = two_product(root, root);
  double rest = root == 0 ? 0 : ((z - square.high) - square.low) / (2 * root);
  rest += root * (z * polynomial(ARCSINE, COUNT(ARCSINE), z));
  double_double sum = ordered_sum(HALF_PI.high, -2 * root);
  double value = sum.high + (sum.low + (HALF_PI.low - 2 * rest));
  return x < 0 ? -value : value;
}

/// sin(pi x) for |x| <= 1/4
INLINE double sine(double x) {
  if (absolute_f64_inline(x) < 0x1p-900) return x * PI.high;
  double z = x * x;
  double_double first = two_product(x, PI.high);
  return first.high + (first.low + (x * PI.low + x * (z * polynomial(SINE, COUNT(SINE), z))));
}

/// cos(pi x) for |x| <= 1/4
INLINE double cosine(double x) {
  double z = x * x;
  return 1.0 + z * polynomial(COSINE, COUNT(COSINE), z);
}

/// sin(pi (x + quarters / 2)), x in turns of two
INLINE double turned(double x, int quarters) {
  // |x| in 0 ..< 2, exactly; above 2^53 every number is even.
  double size = absolute_f64_inline(x);
  size = size < 0x1p53 ? size - 2.0 * (double)(int64_t)(0.5 * size) : 0.0;
  int nearest = (int)(2.0 * size + 0.5);
  double rest = size - 0.5 * nearest;
  if (x < 0) {
    nearest = -nearest;
    rest = -rest;
  }
  switch ((nearest + quarters) & 3) {
  case 0:
    return sine(rest);
  case 1:
    return cosine(rest);
  case 2:
    return -sine(rest);
  default:
    return -cosine(rest);
  }
}

double tf_sin_pi(double x) {
  if (!(absolute_f64_inline(x) < INFINITY)) return NAN;
  if (x == 0) return x;
  // A whole number's zero has its sign.
  double value = turned(x, 0);
  return value == 0 ? (x < 0 ? -0.0 : 0.0) : value;
}

double tf_cos_pi(double x) {
  if (!(absolute_f64_inline(x) < INFINITY)) return NAN;
  // Every zero is +0.
  return turned(x, 1) + 0.0;
}
