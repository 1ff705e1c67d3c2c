#pragma once

// Elementwise kernels, reductions and packing over row-major matrices, for float (suffix _f32) and double (_f64).
//
// The functions are declared in elementwise_functions.h, which is read once per element type.

#include <stddef.h>
#include <stdint.h>

/// y = x
#define TF_ACTIVATION_IDENTITY 0
/// y = tanh(x)
#define TF_ACTIVATION_TANH 1
/// y = 1 / (1 + exp(-x))
#define TF_ACTIVATION_SIGMOID 2
/// y = x for x > 0, else 0.01 x
#define TF_ACTIVATION_LEAKY_RELU 3

#define TF_ELEMENT float
#define TF_NAME(name) name##_f32
#include "elementwise_functions.h"
#undef TF_ELEMENT
#undef TF_NAME

#define TF_ELEMENT double
#define TF_NAME(name) name##_f64
#include "elementwise_functions.h"
#undef TF_ELEMENT
#undef TF_NAME

/// y = (double)x
void tf_to_f64_f32(size_t rows, size_t cols, const float *x, ptrdiff_t xs, double *y, ptrdiff_t ys);

/// kernel[i][j] += cols - popcount(bits[i] xor bits[j]): on how many of `cols` columns two rows of signs agree.
///
/// `bits` is [rows, words], `kernel` [rows, rows], both without gaps; both triangles and the diagonal are written.
void tf_agreement_add(size_t rows, size_t words, size_t cols, const uint64_t *bits, int64_t *kernel);
