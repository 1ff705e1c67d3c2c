#pragma once
#include <stddef.h>

/// Panels of `width` columns of x [rows, cols], each [rows, width] without gaps; the last is filled up with zeros.
void tf_pack_columns_f32(size_t rows, size_t cols, const float *x, ptrdiff_t xs, size_t width, float *y);
void tf_pack_columns_f64(size_t rows, size_t cols, const double *x, ptrdiff_t xs, size_t width, double *y);

/// The panels of the transpose of x [rows, cols]: panels of `width` rows, each [cols, width].
void tf_pack_rows_f32(size_t rows, size_t cols, const float *x, ptrdiff_t xs, size_t width, float *y);
void tf_pack_rows_f64(size_t rows, size_t cols, const double *x, ptrdiff_t xs, size_t width, double *y);
