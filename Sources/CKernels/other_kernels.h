#pragma once

// The kernels of other_functions.h.

#include "kernel_macros.h"

KERNEL void here_tf_agreement_add(size_t rows, size_t words, size_t cols, const uint64_t *bits, int64_t *kernel) {
  for (size_t i = 0; i < rows; i++) {
    const uint64_t *left = bits + i * words;
    kernel[i * rows + i] += (int64_t)cols;
    for (size_t j = i + 1; j < rows; j++) {
      const uint64_t *right = bits + j * words;
      int64_t different = 0;
      for (size_t word = 0; word < words; word++) different += __builtin_popcountll(left[word] ^ right[word]);
      kernel[i * rows + j] += (int64_t)cols - different;
      kernel[j * rows + i] += (int64_t)cols - different;
    }
  }
}
