#pragma once

// exp, tanh, sigmoid, log1p and the tail of the normal distribution as straight-line code that the compiler turns into
// vector loops.
//
// exp(t) = 2^n exp(r) with n = round(t / ln 2) and |r| <= ln(2) / 2; exp(r) - 1 = r + r^2 P(r), where P is a weighted
// minimax polynomial (float) or the Taylor polynomial to r^13 / 13! (double), both within 0.1 ulp of exp(r) - 1.

#include "fused.h"
#include "kernel_macros.h"
#include "scalar_tables.h"

#include <float.h>
#include <stdint.h>
#include <string.h>

INLINE uint32_t bits_of_f32(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE float f32_of_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

INLINE uint64_t bits_of_f64(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE double f64_of_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

INLINE float absolute_f32_inline(float x) { return f32_of_bits(bits_of_f32(x) & 0x7fffffffu); }

INLINE double absolute_f64_inline(double x) { return f64_of_bits(bits_of_f64(x) & 0x7fffffffffffffffu); }

// Adding it rounds to an integer, which then stands in the low bits.
#define ROUNDER_F32 0x1.8p23f
#define ROUNDER_F64 0x1.8p52

/// exp(r) - 1 for |r| <= 0.35
INLINE float reduced_expm1_f32(float r) {
  float p = 0x1.a032ccp-13f;
  p = FUSED_F32(p, r, 0x1.6d7242p-10f);
  p = FUSED_F32(p, r, 0x1.11118ap-7f);
  p = FUSED_F32(p, r, 0x1.5554b0p-5f);
  p = FUSED_F32(p, r, 0x1.555554p-3f);
  p = FUSED_F32(p, r, 0.5f);
  return FUSED_F32(r * r, p, r);
}

/// exp(r) - 1 for |r| <= 0.35
INLINE double reduced_expm1_f64(double r) {
  double p = 1.0 / 6227020800.0;
  p = FUSED_F64(p, r, 1.0 / 479001600.0);
  p = FUSED_F64(p, r, 1.0 / 39916800.0);
  p = FUSED_F64(p, r, 1.0 / 3628800.0);
  p = FUSED_F64(p, r, 1.0 / 362880.0);
  p = FUSED_F64(p, r, 1.0 / 40320.0);
  p = FUSED_F64(p, r, 1.0 / 5040.0);
  p = FUSED_F64(p, r, 1.0 / 720.0);
  p = FUSED_F64(p, r, 1.0 / 120.0);
  p = FUSED_F64(p, r, 1.0 / 24.0);
  p = FUSED_F64(p, r, 1.0 / 6.0);
  p = FUSED_F64(p, r, 0.5);
  return FUSED_F64(r * r, p, r);
}

/// exp(-x) for x >= 0, down to the subnormal numbers
INLINE float negative_exp_f32_inline(float x) {
  float t = -(x > 104.0f ? 104.0f : x);
  float n = FUSED_F32(t, 0x1.715476p0f, ROUNDER_F32) - ROUNDER_F32;
  float r = FUSED_F32(n, -0x1.62e43p-1f, t);
  r = FUSED_F32(n, 0x1.05c61p-29f, r);
  float half = FUSED_F32(n, 0.5f, ROUNDER_F32);
  uint32_t first = bits_of_f32(half);
  uint32_t second = bits_of_f32(n - (half - ROUNDER_F32) + ROUNDER_F32);
  float exp = 1.0f + reduced_expm1_f32(r);
  // The rounder's low bits shifted into the exponent: 2^k for an integer k.
  return exp * f32_of_bits((first << 23) + 0x3f800000u) * f32_of_bits((second << 23) + 0x3f800000u);
}

/// exp(-x) for x >= 0, down to the subnormal numbers
INLINE double negative_exp_f64_inline(double x) {
  double t = -(x > 746.0 ? 746.0 : x);
  double n = FUSED_F64(t, 0x1.71547652b82fep0, ROUNDER_F64) - ROUNDER_F64;
  double r = FUSED_F64(n, -0x1.62e42fefa39efp-1, t);
  r = FUSED_F64(n, -0x1.abc9e3b39803fp-56, r);
  double half = FUSED_F64(n, 0.5, ROUNDER_F64);
  uint64_t first = bits_of_f64(half);
  uint64_t second = bits_of_f64(n - (half - ROUNDER_F64) + ROUNDER_F64);
  double exp = 1.0 + reduced_expm1_f64(r);
  return exp * f64_of_bits((first << 52) + 0x3ff0000000000000u) * f64_of_bits((second << 52) + 0x3ff0000000000000u);
}

/// (exp(2|x|) - 1) / (exp(2|x|) + 1) with the sign of x
INLINE float tanh_f32_inline(float x) {
  float size = absolute_f32_inline(x);
  float t = 2.0f * (size > 9.1f ? 9.1f : size);
  float rounded = FUSED_F32(t, 0x1.715476p0f, ROUNDER_F32);
  float n = rounded - ROUNDER_F32;
  float r = FUSED_F32(n, -0x1.62e43p-1f, t);
  float power = f32_of_bits((bits_of_f32(rounded) << 23) + 0x3f800000u);
  float expm1 = FUSED_F32(power, reduced_expm1_f32(r), power - 1.0f);
  float y = expm1 / (expm1 + 2.0f);
  return f32_of_bits(bits_of_f32(y) | (bits_of_f32(x) & 0x80000000u));
}

/// (exp(2|x|) - 1) / (exp(2|x|) + 1) with the sign of x
INLINE double tanh_f64_inline(double x) {
  double size = absolute_f64_inline(x);
  double t = 2.0 * (size > 19.1 ? 19.1 : size);
  double rounded = FUSED_F64(t, 0x1.71547652b82fep0, ROUNDER_F64);
  double n = rounded - ROUNDER_F64;
  double r = FUSED_F64(n, -0x1.62e42fefa39efp-1, t);
  r = FUSED_F64(n, -0x1.abc9e3b39803fp-56, r);
  double power = f64_of_bits((bits_of_f64(rounded) << 52) + 0x3ff0000000000000u);
  double expm1 = FUSED_F64(power, reduced_expm1_f64(r), power - 1.0);
  double y = expm1 / (expm1 + 2.0);
  return f64_of_bits(bits_of_f64(y) | (bits_of_f64(x) & 0x8000000000000000u));
}

/// 1 / (1 + z) for x >= 0, else z / (1 + z), with z = exp(-|x|)
INLINE float sigmoid_f32_inline(float x) {
  float z = negative_exp_f32_inline(absolute_f32_inline(x));
  return (x < 0.0f ? z : 1.0f) / (1.0f + z);
}

/// 1 / (1 + z) for x >= 0, else z / (1 + z), with z = exp(-|x|)
INLINE double sigmoid_f64_inline(double x) {
  double z = negative_exp_f64_inline(absolute_f64_inline(x));
  return (x < 0.0 ? z : 1.0) / (1.0 + z);
}

/// log(1 + x) for x >= 0: with 1 + x = u + c = 2^k (1 + f) + c and s = f / (2 + f),
/// log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)). R is the minimax polynomial of fdlibm (Sun Microsystems, 1993).
INLINE double log1p_inline(double x) {
  const uint64_t offset = 0x3ff0000000000000u - 0x3fe6a09e00000000u;
  double u = 1.0 + x;
  double c = (x < 1.0 ? x - (u - 1.0) : 1.0 - (u - x)) / u;
  uint64_t shifted = bits_of_f64(u) + offset;
  double k = f64_of_bits((shifted >> 52) | 0x4330000000000000u) - (0x1p52 + 1023.0);
  double f = f64_of_bits((shifted & 0xfffffffffffffu) + 0x3fe6a09e00000000u) - 1.0;
  double s = f / (2.0 + f);
  double z = s * s;
  double p = 1.479819860511658591e-01;
  p = FUSED_F64(p, z, 1.531383769920937332e-01);
  p = FUSED_F64(p, z, 1.818357216161805012e-01);
  p = FUSED_F64(p, z, 2.222219843214978396e-01);
  p = FUSED_F64(p, z, 2.857142874366239149e-01);
  p = FUSED_F64(p, z, 3.999999999940941908e-01);
  p = FUSED_F64(p, z, 6.666666666666735130e-01);
  double halfSquare = 0.5 * f * f;
  double low = FUSED_F64(s, FUSED_F64(z, p, halfSquare), FUSED_F64(k, 1.90821492927058770002e-10, c));
  double y = FUSED_F64(k, 6.93147180369123816490e-01, f - (halfSquare - low));
  return x > DBL_MAX ? x : y;
}

/// A function q of a >= 0 with q(0) = 1/2 that falls to 0, its derivative with the sign changed, and the second one.
typedef struct {
  float value, fall, second;
} tail_f32;

typedef struct {
  double value, fall, second;
} tail_f64;

/// The upper tail of the standard normal distribution, for 0 <= a <= 15: exp(-a^2 / 2) P(t) / (a + 4) with
/// t = (a - 4) / (a + 4), where P is a polynomial. The square keeps its rounding error.
INLINE tail_f32 normal_tail_f32_inline(float a) {
  float inverse = 1.0f / (a + 4.0f);
  float t = (a - 4.0f) * inverse;
  float p = NORMAL_TAIL_FLOAT[10];
  UNROLLED for (int i = 9; i >= 0; i--) p = FUSED_F32(p, t, NORMAL_TAIL_FLOAT[i]);
  float half = 0.5f * a;
  float square = half * a;
  float exp = negative_exp_f32_inline(square) * (1.0f - FUSED_F32(half, a, -square));
  float density = exp * 0x1.9884540000000p-2f;
  return (tail_f32){exp * (p * inverse), density, -a * density};
}

/// As the tail in float, for 0 <= a <= 39.
INLINE tail_f64 normal_tail_f64_inline(double a) {
  double inverse = 1.0 / (a + 4.0);
  double t = (a - 4.0) * inverse;
  double p = NORMAL_TAIL[23];
  UNROLLED for (int i = 22; i >= 0; i--) p = FUSED_F64(p, t, NORMAL_TAIL[i]);
  double half = 0.5 * a;
  double square = half * a;
  double exp = negative_exp_f64_inline(square) * (1.0 - FUSED_F64(half, a, -square));
  double density = exp * 0x1.9884533d43651p-2;
  return (tail_f64){exp * (p * inverse), density, -a * density};
}

/// 1 / (1 + exp(v)) with v = 2 sqrt(2 / pi) (a + 0.044715 a^3), for 0 <= a <= 39.
INLINE tail_f32 tanh_tail_f32_inline(float a) {
  const float first = 0x1.9884540000000p+0f, cubic = 0x1.2444f20000000p-4f;
  float square = a * a;
  float z = negative_exp_f32_inline(a * (first + cubic * square));
  float q = z / (1.0f + z);
  float slope = first + 3.0f * cubic * square;
  float spread = q / (1.0f + z);
  float fall = spread * slope;
  return (tail_f32){q, fall, spread * (6.0f * cubic * a) - fall * slope * (1.0f - 2.0f * q)};
}

/// As the tail in float.
INLINE tail_f64 tanh_tail_f64_inline(double a) {
  const double first = 0x1.9884533d43651p+0, cubic = 0x1.2444f2a4d8b4bp-4;
  double square = a * a;
  double z = negative_exp_f64_inline(a * (first + cubic * square));
  double q = z / (1.0 + z);
  double slope = first + 3.0 * cubic * square;
  double spread = q / (1.0 + z);
  double fall = spread * slope;
  return (tail_f64){q, fall, spread * (6.0 * cubic * a) - fall * slope * (1.0 - 2.0 * q)};
}
