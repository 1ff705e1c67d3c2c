#include "panels.h"

#define TF_PANELS(TYPE, SUFFIX)                                                                                        \
  void tf_pack_columns_##SUFFIX(size_t rows, size_t cols, const TYPE *x, ptrdiff_t xs, size_t width, TYPE *y) {        \
    for (size_t start = 0; start < cols; start += width) {                                                             \
      size_t count = cols - start < width ? cols - start : width;                                                      \
      for (size_t row = 0; row < rows; row++) {                                                                        \
        const TYPE *source = x + (ptrdiff_t)row * xs + start;                                                          \
        for (size_t column = 0; column < count; column++) y[column] = source[column];                                  \
        for (size_t column = count; column < width; column++) y[column] = 0;                                           \
        y += width;                                                                                                    \
      }                                                                                                                \
    }                                                                                                                  \
  }                                                                                                                    \
  void tf_pack_rows_##SUFFIX(size_t rows, size_t cols, const TYPE *x, ptrdiff_t xs, size_t width, TYPE *y) {           \
    for (size_t start = 0; start < rows; start += width) {                                                             \
      size_t count = rows - start < width ? rows - start : width;                                                      \
      for (size_t block = 0; block < cols; block += 16) {                                                              \
        size_t end = block + 16 < cols ? block + 16 : cols;                                                            \
        for (size_t row = 0; row < count; row++) {                                                                     \
          const TYPE *source = x + (ptrdiff_t)(start + row) * xs;                                                      \
          for (size_t column = block; column < end; column++) y[column * width + row] = source[column];                \
        }                                                                                                              \
        for (size_t row = count; row < width; row++)                                                                   \
          for (size_t column = block; column < end; column++) y[column * width + row] = 0;                             \
      }                                                                                                                \
      y += cols * width;                                                                                               \
    }                                                                                                                  \
  }

TF_PANELS(float, f32)
TF_PANELS(double, f64)
