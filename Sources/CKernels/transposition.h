#pragma once

// Tiles of transposition.

#include "kernel_macros.h"

#include <string.h>

typedef float float8 __attribute__((vector_size(32)));
typedef double double4 __attribute__((vector_size(32)));

#define LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define HIGH(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define EVEN_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define ODD_PAIRS(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define FIRST_HALVES(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define SECOND_HALVES(a, b) __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15)

/// Transposes 8 x 8 elements.
INLINE void here_transpose_tile_f32(const float *x, ptrdiff_t xs, float *y, ptrdiff_t ys) {
  float8 row[8], pair[8], quad[8], out[8];
  for (int i = 0; i < 8; i++) memcpy(&row[i], x + i * xs, sizeof row[i]);
  for (int i = 0; i < 8; i += 2) {
    pair[i] = LOW(row[i], row[i + 1]);
    pair[i + 1] = HIGH(row[i], row[i + 1]);
  }
  for (int i = 0; i < 8; i += 4) {
    quad[i] = EVEN_PAIRS(pair[i], pair[i + 2]);
    quad[i + 1] = ODD_PAIRS(pair[i], pair[i + 2]);
    quad[i + 2] = EVEN_PAIRS(pair[i + 1], pair[i + 3]);
    quad[i + 3] = ODD_PAIRS(pair[i + 1], pair[i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    out[i] = FIRST_HALVES(quad[i], quad[i + 4]);
    out[i + 4] = SECOND_HALVES(quad[i], quad[i + 4]);
  }
  for (int i = 0; i < 8; i++) memcpy(y + i * ys, &out[i], sizeof out[i]);
}

/// Transposes 4 x 4 elements.
INLINE void transpose_small_tile_f64(const double *x, ptrdiff_t xs, double *y, ptrdiff_t ys) {
  double4 row[4], pair[4], out[4];
  for (int i = 0; i < 4; i++) memcpy(&row[i], x + i * xs, sizeof row[i]);
  for (int i = 0; i < 4; i += 2) {
    pair[i] = __builtin_shufflevector(row[i], row[i + 1], 0, 4, 2, 6);
    pair[i + 1] = __builtin_shufflevector(row[i], row[i + 1], 1, 5, 3, 7);
  }
  for (int i = 0; i < 2; i++) {
    out[i] = __builtin_shufflevector(pair[i], pair[i + 2], 0, 1, 4, 5);
    out[i + 2] = __builtin_shufflevector(pair[i], pair[i + 2], 2, 3, 6, 7);
  }
  for (int i = 0; i < 4; i++) memcpy(y + i * ys, &out[i], sizeof out[i]);
}

/// Transposes 8 x 8 elements.
INLINE void here_transpose_tile_f64(const double *x, ptrdiff_t xs, double *y, ptrdiff_t ys) {
  transpose_small_tile_f64(x, xs, y, ys);
  transpose_small_tile_f64(x + 4, xs, y + 4 * ys, ys);
  transpose_small_tile_f64(x + 4 * xs, xs, y + 4, ys);
  transpose_small_tile_f64(x + 4 * xs + 4, xs, y + 4 * ys + 4, ys);
}
