#pragma once

// Sixteen values side by side: the fixed shape in which reductions add up, whatever the registers of the processor.

#include "kernel_macros.h"

typedef float float_lanes __attribute__((vector_size(64)));
typedef double double_lanes __attribute__((vector_size(128)));

/// What a row is normalised by: its mean, and what its differences from the mean are multiplied with.
typedef struct {
  double mean, inverse;
} row_scale;

/// The sum of the sixteen lanes, by halves.
INLINE double sum_of_lanes(const double_lanes *lanes) {
  double sums[16];
  __builtin_memcpy(sums, lanes, sizeof sums);
  for (int half = 8; half > 0; half /= 2) {
    for (int lane = 0; lane < half; lane++) sums[lane] += sums[lane + half];
  }
  return sums[0];
}
