#pragma once

// a b + c, rounded once: FUSED_F32 and FUSED_F64 of numbers, FUSED_VECTOR of the vectors that products are made of.
//
// With IS_EMULATED the instruction set has no such operation, and it is done in several: the exact product and sum as
// unevaluated pairs of numbers (Dekker 1971, Knuth 1969), the last addition rounded to odd, so that the second rounding
// gives what one would (Boldo and Melquiond 2008).

#include "kernel_macros.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#ifndef IS_EMULATED

#define FUSED_F32(a, b, c) __builtin_fmaf(a, b, c)
#define FUSED_F64(a, b, c) __builtin_fma(a, b, c)
#define FUSED_VECTOR_F32(a, b, c) __builtin_elementwise_fma(a, b, c)
#define FUSED_VECTOR_F64(a, b, c) __builtin_elementwise_fma(a, b, c)

#else

typedef float fused_floats __attribute__((ext_vector_type(4)));
typedef double fused_wide __attribute__((ext_vector_type(4)));
typedef long fused_wide_bits __attribute__((ext_vector_type(4)));
typedef double fused_doubles __attribute__((ext_vector_type(2)));
typedef long fused_double_bits __attribute__((ext_vector_type(2)));

/// sum + error, the error of a sum, as the number that is odd in its last bit when the error is not zero: the sum, or
/// its neighbour on the error's side.
#define ROUNDED_TO_ODD(FLOATS, BITS, sum, error)                                                                       \
  ({                                                                                                                   \
    BITS bits;                                                                                                         \
    memcpy(&bits, &(sum), sizeof bits);                                                                                \
    BITS differs = ((error) < 0) ^ ((sum) < 0);                                                                        \
    /* Neither for a zero error nor for one that is not a number. */                                                   \
    BITS isInexact = ((error) < 0) | ((error) > 0);                                                                    \
    bits += (differs | 1) & isInexact & ((bits & 1) - 1);                                                              \
    FLOATS odd;                                                                                                        \
    memcpy(&odd, &bits, sizeof odd);                                                                                   \
    odd;                                                                                                               \
  })

/// The product of floats is exact in double.
INLINE fused_floats fused_vector_f32(fused_floats a, fused_floats b, fused_floats c) {
  fused_wide product = __builtin_convertvector(a, fused_wide) * __builtin_convertvector(b, fused_wide);
  fused_wide addend = __builtin_convertvector(c, fused_wide);
  fused_wide sum = product + addend, rest = sum - product;
  fused_wide error = (product - (sum - rest)) + (addend - rest);
  fused_wide odd = ROUNDED_TO_ODD(fused_wide, fused_wide_bits, sum, error);
  return __builtin_convertvector(odd, fused_floats);
}

INLINE float fused_f32_inline(float a, float b, float c) {
  double product = (double)a * (double)b, addend = c;
  double sum = product + addend, rest = sum - product;
  double error = (product - (sum - rest)) + (addend - rest);
  int64_t bits;
  memcpy(&bits, &sum, sizeof bits);
  int64_t step = (error < 0) != (sum < 0) ? -1 : 1;
  int64_t isInexact = -(int64_t)((error < 0) | (error > 0));
  bits += step & isInexact & ((bits & 1) - 1);
  memcpy(&sum, &bits, sizeof sum);
  return (float)sum;
}

// Splits a number into halves of 26 bits.
#define SPLITTER 0x1.0000002p27

/// For factors of magnitudes 2^-400 to 2^400 or zero, and an addend below 2^900.
INLINE fused_doubles moderate_fused_vector_f64(fused_doubles a, fused_doubles b, fused_doubles c) {
  fused_doubles scaledA = SPLITTER * a, scaledB = SPLITTER * b;
  fused_doubles highA = scaledA - (scaledA - a), highB = scaledB - (scaledB - b);
  fused_doubles lowA = a - highA, lowB = b - highB;
  fused_doubles product = a * b;
  fused_doubles low = lowA * lowB - (((product - highA * highB) - lowA * highB) - highA * lowB);
  fused_doubles inner = low + c, rest = inner - low;
  fused_doubles innerError = (low - (inner - rest)) + (c - rest);
  fused_doubles outer = product + inner;
  rest = outer - product;
  fused_doubles outerError = (product - (outer - rest)) + (inner - rest);
  fused_doubles tail = innerError + outerError;
  rest = tail - innerError;
  fused_doubles tailError = (innerError - (tail - rest)) + (outerError - rest);
  return outer + ROUNDED_TO_ODD(fused_doubles, fused_double_bits, tail, tailError);
}

/// Whether a number is zero or of a magnitude from 2^-400 to 2^400.
INLINE int is_moderate_f64(double x) {
  double size = __builtin_fabs(x);
  return size == 0 || (size >= 0x1p-400 && size <= 0x1p400);
}

INLINE double fused_f64_inline(double a, double b, double c) {
  if (!is_moderate_f64(a) || !is_moderate_f64(b) || !(__builtin_fabs(c) < 0x1p900)) return fma(a, b, c);
  // A product of zero adds without rounding twice, and keeps the sign that the rules give a sum of zeros.
  if (a == 0 || b == 0) return a * b + c;
  fused_doubles result = moderate_fused_vector_f64((fused_doubles){a, a}, (fused_doubles){b, b}, (fused_doubles){c, c});
  return result[0];
}

#define FUSED_F32(a, b, c) fused_f32_inline(a, b, c)
#define FUSED_F64(a, b, c) fused_f64_inline(a, b, c)
#define FUSED_VECTOR_F32(a, b, c) fused_vector_f32(a, b, c)
#define FUSED_VECTOR_F64(a, b, c) moderate_fused_vector_f64(a, b, c)

#endif
